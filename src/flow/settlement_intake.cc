// found -> downloaded -> proved.
#include "flow/errors.h"
#include "flow/hold.h"
#include "flow/settlement_classes.h"
#include "flow/settlement_planning.h"
#include "flow/settlement_steps.h"
#include "flow/settlement_supersede.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

struct Subject {
  ports::SettlementRecord settlement;
  const ConnectionPorts* connection;
};

Result<ports::SettlementRecord> load(StepInput& input) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  return transaction->settlement(input.work.tenant, input.work.id);
}

Result<Subject> subject_of(StepInput& input) {
  MLC_TRY(auto settlement, load(input));
  MLC_TRY(const auto* connection,
          find_connection(input.world, settlement.tenant, settlement.connection));
  return Subject{std::move(settlement), connection};
}

std::vector<ports::LineageClass> without_destinations(
    const std::vector<ledger::ClassTotal>& totals) {
  std::vector<ports::LineageClass> out;
  out.reserve(totals.size());
  for (const auto& total : totals) {
    out.push_back({total.row_class, "", "", 0, total.rows, total.sum.decimal()});
  }
  return out;
}

Decision refused(const ports::WorkRecord& work, Instant now, Error error) {
  if (error.again() == Again::kLater) return try_later(work, now, std::move(error));
  return wait_for_person(word(State::kRejected), std::move(error));
}

struct Proof {
  ports::ReadReport report;
  std::vector<ledger::ClassTotal> totals;
  ObjectId lineage;
};

Result<Proof> prove(StepInput& input, const Subject& subject) {
  const Connection& connection = subject.connection->settings;
  MLC_TRY(auto found,
          classify(input.world, subject.settlement, connection, connection.rules, Orders::kLeave));
  MLC_TRY(auto lineage,
          found.lineage->finish(without_destinations(found.totals), ports::LineageMark::kNone));
  return Proof{std::move(found.report), std::move(found.totals), std::move(lineage)};
}

// A file tells its currency only when it is read: what belongs to another connection of the seller
// is handed to it and proved again, under its rules.
Result<Proof> prove_where_it_belongs(StepInput& input, Subject& subject) {
  MLC_TRY(auto proof, prove(input, subject));
  const Connection& finder = subject.connection->settings;
  const ledger::Currency currency = proof.report.header.total.currency();
  if (finder.takes(currency.code())) return proof;
  MLC_TRY(subject.connection, find_by_currency(input.world, finder, currency.code()));
  subject.settlement.connection = subject.connection->settings.id;
  return prove(input, subject);
}

ports::SettlementRecord with_proof(ports::SettlementRecord settlement, const Proof& proof,
                                   const Connection& connection) {
  settlement.header = proof.report.header;
  settlement.rows = proof.report.rows;
  settlement.layout = proof.report.layout;
  settlement.charset = proof.report.charset;
  settlement.unknown_columns = proof.report.unknown_columns;
  settlement.lineage = proof.lineage;
  settlement.rules_digest = connection.rules.digest();
  settlement.company_code = connection.company_code;
  return settlement;
}

// With the rules that classified: what they were then must be known for ever.
Writes save(ports::SettlementRecord settlement, std::vector<ledger::ClassTotal> classes,
            ports::RuleBookRecord rules) {
  return [settlement = std::move(settlement), classes = std::move(classes),
          rules = std::move(rules)](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_rule_book(rules));
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    return transaction.put_classes(settlement.tenant, settlement.work, classes);
  };
}

// Whether another record already stands for this settlement-id.
Result<std::optional<ports::SettlementRecord>> other_holder(StepInput& input,
                                                            const ports::SettlementRecord& mine) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto holder,
          transaction->settlement_holder(mine.tenant, mine.selling_account, mine.header->id));
  if (holder && holder->work == mine.work) holder.reset();
  return holder;
}

Decision known_already(ports::SettlementRecord settlement, const ports::SettlementRecord& first,
                       std::vector<ledger::ClassTotal> classes, ports::RuleBookRecord rules) {
  settlement.holds_id = false;
  const std::vector<Fact> read{{"rule_book", settlement.rules_digest},
                               {"lineage", settlement.lineage.str()}};
  if (first.object && first.object->id == settlement.object->id) {
    Decision decision = wait_for_person(std::string(kSeen));
    decision.facts = {{"settlement", settlement.header->id.str()}, {"as", first.work.str()}};
    decision.facts.insert(decision.facts.end(), read.begin(), read.end());
    decision.writes = save(std::move(settlement), std::move(classes), std::move(rules));
    return decision;
  }
  Decision decision = wait_for_person(word(State::kReissued), reissued_error(settlement, first));
  decision.facts = read;
  decision.writes = save(std::move(settlement), std::move(classes), std::move(rules));
  return decision;
}

}  // namespace

std::string word(State state) { return std::string(ledger::to_word(state)); }

Result<Decision> download_step(StepInput& input) {
  MLC_TRY(auto subject, subject_of(input));
  if (subject.settlement.object) return go_on(word(State::kDownloaded), input.now);
  if (subject.connection->source == nullptr) {
    return wait_for_person(
        input.work.state,
        Error(kNoReportSource, {{"connection", subject.settlement.connection.str()}}));
  }
  MLC_TRY(auto held, hold_paused(input, subject.connection->settings, input.work.state));
  if (held) return std::move(*held);
  auto received = subject.connection->source->download(subject.settlement.report_document_id,
                                                       input.world.vault);
  if (!received) return refused(input.work, input.now, std::move(received).error());
  ports::SettlementRecord settlement = std::move(subject.settlement);
  settlement.object = received->object;
  settlement.received_object = received->received_object;
  settlement.content_type = received->content_type;
  settlement.request_id = received->request_id;
  Decision decision = go_on(word(State::kDownloaded), input.now);
  decision.facts = {{"object", settlement.object->id.str()}, {"request_id", settlement.request_id}};
  if (!settlement.received_object.empty()) {
    decision.facts.push_back({"received", settlement.received_object});
  }
  decision.writes = [settlement = std::move(settlement)](ports::StoreTransaction& transaction) {
    return transaction.put_settlement(settlement);
  };
  return decision;
}

Result<Decision> prove_step(StepInput& input) {
  MLC_TRY(auto subject, subject_of(input));
  auto proof = prove_where_it_belongs(input, subject);
  if (!proof) return refused(input.work, input.now, std::move(proof).error());
  const Connection& connection = subject.connection->settings;
  auto settlement = with_proof(std::move(subject.settlement), *proof, connection);
  MLC_TRY(const auto first, other_holder(input, settlement));
  auto rules = to_record(settlement, connection.rules, input.now);
  if (first) {
    return known_already(std::move(settlement), *first, std::move(proof->totals), std::move(rules));
  }
  settlement.holds_id = true;
  const bool before = connection.home_zone.local_date(settlement.header->end) < connection.cutover;
  Decision decision = before ? wait_for_person(word(State::kBeforeCutover))
                             : go_on(word(State::kProved), input.now);
  decision.facts = {{"settlement", settlement.header->id.str()},
                    {"connection", settlement.connection.str()},
                    {"rows", std::to_string(settlement.rows)},
                    {"total", settlement.header->total.decimal()},
                    {"currency", std::string(settlement.header->total.currency().code())},
                    {"rule_book", connection.rules.digest()},
                    {"lineage", settlement.lineage.str()}};
  decision.writes = save(std::move(settlement), std::move(proof->totals), std::move(rules));
  return decision;
}

}  // namespace mlc::flow
