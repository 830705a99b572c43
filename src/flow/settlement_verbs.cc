// What an operator's verbs do to a settlement.
#include <algorithm>
#include <array>

#include "base/digest.h"
#include "flow/errors.h"
#include "flow/reversal_order.h"
#include "flow/settlement_difference.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_planning.h"
#include "flow/settlement_steps.h"
#include "ledger/derive.h"
#include "ledger/manifest.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

Result<ports::SettlementRecord> load(StepInput& input) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  return transaction->settlement(input.work.tenant, input.work.id);
}

Writes save(ports::SettlementRecord settlement) {
  return [settlement = std::move(settlement)](ports::StoreTransaction& transaction) {
    return transaction.put_settlement(settlement);
  };
}

Decision unknown_argument(const StepInput& input, std::string possible) {
  return refuse_request(input.work,
                        Error(kWrongArgument, {{"state", input.work.state},
                                               {"argument", input.work.request->argument},
                                               {"possible", std::move(possible)}}));
}

// Whether the stored lines must stay: SAP has or had a document of the present revision, or still
// has one of an earlier revision whose set is being completed.
Result<bool> keeps_its_lines(StepInput& input, const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto documents, documents_of(input, settlement));
  return std::ranges::any_of(documents, [&](const ports::DocumentRecord& document) {
    const bool numbered = document.revision == settlement.revision && document.number.has_value();
    return numbered || is_live(document);
  });
}

Decision fresh(std::string next, Instant now) {
  Decision decision = go_on(std::move(next), now);
  decision.memory = "";
  return decision;
}

// What SAP once numbered is never derived anew: the same manifest, keys and revision run again.
Result<Decision> from_file(StepInput& input, const ports::SettlementRecord& settlement) {
  MLC_TRY(const bool keeps, keeps_its_lines(input, settlement));
  if (keeps) return go_on(word(State::kPlanned), input.now);
  return fresh(word(settlement.object ? State::kDownloaded : State::kFound), input.now);
}

Error still_posted(const ports::SettlementRecord& settlement,
                   const std::vector<ports::DocumentRecord>& live) {
  return Error(kStillPosted,
               {{"settlement", settlement.header->id.str()}, {"documents", numbers_text(live)}});
}

}  // namespace

Result<Decision> retry_here(StepInput& input) { return go_on(input.work.state, input.now); }

Result<Decision> retry_posting(StepInput& input) { return go_on(word(State::kInDoubt), input.now); }

Result<Decision> resume_step(StepInput& input) {
  Decision decision = go_on(word(State::kPlanned), input.now);
  decision.attempts = Attempts::kKeep;
  return decision;
}

Result<Decision> retry_from_file(StepInput& input) {
  MLC_TRY(const auto settlement, load(input));
  return from_file(input, settlement);
}

Result<Decision> retry_from_plan(StepInput& input) {
  return go_on(word(State::kPlanned), input.now);
}

Result<Decision> approve_verb(StepInput& input) {
  MLC_TRY(auto settlement, load(input));
  const std::string& wanted = input.work.request->argument;
  if (wanted.size() < 8 || !settlement.manifest_hash.starts_with(wanted)) {
    return refuse_request(
        input.work, Error(kApprovalOutdated, {{"approved", wanted.substr(0, 8)},
                                              {"planned", settlement.manifest_hash.substr(0, 8)},
                                              {"settlement", settlement.header->id.str()}}));
  }
  settlement.approved_hash = settlement.manifest_hash;
  settlement.approved_by = input.work.request->actor;
  settlement.approved_at = input.now;
  Decision decision = go_on(word(State::kPlanned), input.now);
  decision.facts = {{"manifest", settlement.manifest_hash}};
  decision.writes = save(std::move(settlement));
  return decision;
}

namespace {

// Only one at a time, and nothing is posted beside it.
Result<std::optional<Decision>> behind_reversal(StepInput& input,
                                                const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto open, open_reversal(input));
  if (!open) return std::optional<Decision>{};
  return refuse_request(input.work,
                        Error(kReversalOpen, {{"reversal", open->id.str()},
                                              {"settlement", settlement.header->id.str()},
                                              {"state", open->state}}));
}

}  // namespace

Result<Decision> reverse_verb(StepInput& input) {
  MLC_TRY(const auto settlement, load(input));
  MLC_TRY(const auto behind, behind_reversal(input, settlement));
  if (behind) return *behind;
  MLC_TRY(const auto documents, documents_of(input, settlement));
  ReversalOrder order{input.work.request->argument, {}};
  for (const auto& document : live_of(documents)) {
    order.parts.push_back({document.part, *document.number});
  }
  if (order.parts.empty()) {
    return refuse_request(input.work,
                          Error(kNothingToReverse, {{"settlement", settlement.header->id.str()}}));
  }
  ports::WorkRecord reversal;
  reversal.tenant = input.work.tenant;
  reversal.kind = "reversal";
  reversal.subject = input.work.id.str() + "/" + format_instant(input.now);
  reversal.id =
      WorkId(to_hex(sha256(reversal.tenant.str() + "|" + reversal.subject)).substr(0, 16));
  reversal.lane = input.work.lane;
  reversal.state = "requested";
  reversal.due_at = input.now;
  reversal.memory = write_order(order);
  Decision decision = wait_until(input.work.state, input.work.due_at);
  decision.facts = {{"reversal", reversal.id.str()}};
  decision.writes = [reversal](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY(const bool added, transaction.add_work(reversal));
    static_cast<void>(added);  // asked twice in one millisecond: one reversal serves both
    return {};
  };
  return decision;
}

namespace {

Result<ledger::Manifest> stored_manifest(StepInput& input,
                                         const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const auto text,
          transaction->manifest(settlement.tenant, settlement.work, settlement.revision));
  return ledger::read_manifest(text.value_or(""));
}

// Some parts are still live: the stored lines are repeated for the others under the next letter.
Result<Decision> repeat_stored_lines(StepInput& input, ports::SettlementRecord settlement) {
  MLC_TRY(const auto manifest, stored_manifest(input, settlement));
  MLC_TRY(const auto next,
          ledger::next_revision(manifest, manifest.documents.front().posting_date));
  settlement.revision = next.revision;
  settlement.manifest_hash = next.content_hash;
  Decision decision = go_on(word(State::kPlanned), input.now);
  decision.memory = "complete";
  decision.facts = {{"revision", std::string(1, next.revision)}, {"manifest", next.content_hash}};
  decision.writes = [settlement = std::move(settlement),
                     next](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    MLC_TRY_STATUS(keep_revision(transaction, settlement, next.revision));
    return transaction.put_manifest(settlement.tenant, settlement.work, next.revision,
                                    ledger::write_manifest(next));
  };
  return decision;
}

}  // namespace

Result<Decision> repost_verb(StepInput& input) {
  MLC_TRY(auto settlement, load(input));
  MLC_TRY(const auto behind, behind_reversal(input, settlement));
  if (behind) return *behind;
  if (settlement.revision >= 'Z') {
    return refuse_request(input.work,
                          Error(kNoMoreRevisions, {{"settlement", settlement.header->id.str()}}));
  }
  if (input.work.state == word(State::kPartlyReversed)) {
    return repeat_stored_lines(input, std::move(settlement));
  }
  // All parts are reversed: today's rules apply, under the next letter.
  settlement.revision = static_cast<char>(settlement.revision + 1);
  settlement.approved_hash.clear();
  Decision decision = fresh(word(State::kDownloaded), input.now);
  decision.facts = {{"revision", std::string(1, settlement.revision)}};
  decision.writes = save(std::move(settlement));
  return decision;
}

Result<Decision> resolve_in_doubt_verb(StepInput& input) {
  if (input.work.request->argument != "absent") return unknown_argument(input, "absent");
  return declare_absent(input);
}

Result<Decision> resolve_incomplete_verb(StepInput& input) {
  if (input.work.request->argument != "complete") return unknown_argument(input, "complete");
  Decision decision = go_on(word(State::kPlanned), input.now);
  decision.memory = "complete";
  return decision;
}

Result<Decision> resolve_rejected_verb(StepInput& input) {
  if (input.work.request->argument != "discard") return unknown_argument(input, "discard");
  MLC_TRY(auto settlement, load(input));
  MLC_TRY(const auto documents, documents_of(input, settlement));
  const auto live = live_of(documents);
  if (!live.empty()) return refuse_request(input.work, still_posted(settlement, live));
  settlement.holds_id = false;
  Decision decision = wait_for_person(word(State::kSuperseded));
  decision.writes = [settlement =
                         std::move(settlement)](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    return leave_family(transaction, settlement);
  };
  return decision;
}

namespace {

// States in which nothing of a settlement may be on its way to SAP.
bool is_at_rest(const std::string& state) {
  const std::array<State, 8> kFree{State::kProved,   State::kNeedsRules,   State::kPlanned,
                                   State::kRejected, State::kDeferred,     State::kAwaitingApproval,
                                   State::kReversed, State::kBeforeCutover};
  for (const State candidate : kFree) {
    if (state == word(candidate)) return true;
  }
  return false;
}

// The first file's letters are used up, whoever posts next.
Writes take_over(const StepInput& input, ports::SettlementRecord mine,
                 ports::SettlementRecord first, ports::WorkRecord first_work) {
  first.holds_id = false;
  mine.holds_id = true;
  ports::AuditEntry entry{
      input.now,
      input.work.request->actor,
      "state",
      first_work.kind + " " + first_work.subject,
      {{"from", first_work.state}, {"to", word(State::kSuperseded)}, {"by", mine.work.str()}}};
  first_work.state = word(State::kSuperseded);
  first_work.due_at = ports::kNever;
  first_work.error.reset();
  first_work.owner.clear();
  return [mine = std::move(mine), first = std::move(first), first_work = std::move(first_work),
          entry = std::move(entry)](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.save_work(first_work));
    MLC_TRY_STATUS(transaction.put_settlement(first));
    MLC_TRY_STATUS(transaction.put_settlement(mine));
    return transaction.append_audit(first.tenant, entry);
  };
}

Result<Decision> supersede(StepInput& input) {
  MLC_TRY(auto mine, load(input));
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto first,
          transaction->settlement_holder(mine.tenant, mine.selling_account, mine.header->id));
  if (!first) {
    mine.holds_id = true;
    Decision decision = fresh(word(State::kDownloaded), input.now);
    decision.writes = save(std::move(mine));
    return decision;
  }
  MLC_TRY(auto first_work, transaction->work(first->tenant, first->work));
  MLC_TRY(const auto documents, transaction->documents(first->tenant, first->work));
  const auto live = live_of(documents);
  if (!is_at_rest(first_work.state) || !live.empty()) {
    return refuse_request(input.work, still_posted(mine, live));
  }
  mine.revision = next_letter(documents, first->revision);
  Decision decision = fresh(word(State::kDownloaded), input.now);
  decision.facts = {{"replaces", first->work.str()}};
  decision.writes = take_over(input, std::move(mine), std::move(*first), std::move(first_work));
  return decision;
}

}  // namespace

Result<Decision> resolve_reissued_verb(StepInput& input) {
  const std::string& argument = input.work.request->argument;
  if (argument == "discard") return wait_for_person(word(State::kSuperseded));
  if (argument == "supersede") return supersede(input);
  if (argument == "difference") return begin_difference(input);
  return unknown_argument(input, "discard, supersede, difference");
}

Result<Decision> resolve_superseded_verb(StepInput& input) {
  if (input.work.request->argument != "reinstate") return unknown_argument(input, "reinstate");
  MLC_TRY(auto mine, load(input));
  if (mine.header) {
    MLC_TRY(const auto transaction, input.world.store.begin());
    MLC_TRY(const auto holder,
            transaction->settlement_holder(mine.tenant, mine.selling_account, mine.header->id));
    if (holder)
      return refuse_request(input.work, Error(kIdHeld, {{"settlement", mine.header->id.str()}}));
  }
  return from_file(input, mine);
}

}  // namespace mlc::flow
