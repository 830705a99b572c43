// What an operator's verbs do to a settlement.
#include <algorithm>

#include "base/digest.h"
#include "flow/errors.h"
#include "flow/reversal_order.h"
#include "flow/settlement_difference.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_planning.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"
#include "flow/settlement_supersede.h"
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

Result<std::optional<WorkId>> later_file(StepInput& input,
                                         const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  return continued_by(*transaction, settlement);
}

// Whether the stored lines must stay: SAP has or had a document of the present revision, or still
// has one of an earlier revision whose set is being completed; or a later file is a difference to
// them.
Result<bool> keeps_its_lines(StepInput& input, const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto later, later_file(input, settlement));
  if (later) return true;
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
               {{"settlement", command_name(settlement)}, {"documents", numbers_text(live)}});
}

Error stands_on(const ports::SettlementRecord& settlement, const WorkId& later) {
  return Error(kDifferenceStandsOn, {{"work", settlement.work.str()},
                                     {"settlement", settlement.header->id.str()},
                                     {"later", later.str()}});
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
                                              {"settlement", command_name(settlement)}}));
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
  MLC_TRY(const auto open, [&]() -> Result<std::optional<ports::WorkRecord>> {
    MLC_TRY(const auto transaction, input.world.store.begin());
    return open_reversal(*transaction, input.work.tenant, input.work.id);
  }());
  if (!open) return std::optional<Decision>{};
  return refuse_request(input.work, Error(kReversalOpen, {{"reversal", open->id.str()},
                                                          {"settlement", command_name(settlement)},
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
                          Error(kNothingToReverse, {{"settlement", command_name(settlement)}}));
  }
  ports::WorkRecord reversal;
  reversal.tenant = input.work.tenant;
  reversal.kind = "reversal";
  reversal.subject = reversal_subject(input.work.id, input.now);
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

Writes keep_plan(ports::SettlementRecord settlement, ledger::Manifest manifest, bool whole) {
  return [settlement = std::move(settlement), manifest = std::move(manifest),
          whole](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    MLC_TRY_STATUS(keep_revision(transaction, settlement, manifest.revision));
    MLC_TRY_STATUS(transaction.put_manifest(settlement.tenant, settlement.work, manifest.revision,
                                            ledger::write_manifest(manifest)));
    if (!whole) return {};
    for (const auto& document : manifest.documents) {
      MLC_TRY_STATUS(transaction.put_document(planned_document(settlement, document)));
    }
    return {};
  };
}

// The stored lines under the next letter: for the parts that are not live any more, or for all of
// them where a later file is a difference to these lines.
Result<Decision> repeat_stored_lines(StepInput& input, ports::SettlementRecord settlement) {
  MLC_TRY(const auto manifest, stored_manifest(input, settlement));
  MLC_TRY(auto next, ledger::next_revision(manifest, manifest.documents.front().posting_date));
  const bool whole = input.work.state == word(State::kReversed);
  settlement.revision = next.revision;
  settlement.manifest_hash = next.content_hash;
  if (whole) {
    settlement.approved_hash.clear();
    settlement.adoption = ledger::Adoption::kNone;
  }
  Decision decision = go_on(word(State::kPlanned), input.now);
  decision.memory = whole ? std::string_view() : kCompleteMemory;
  decision.facts = {{"revision", std::string(1, next.revision)}, {"manifest", next.content_hash}};
  decision.writes = keep_plan(std::move(settlement), std::move(next), whole);
  return decision;
}

}  // namespace

Result<Decision> repost_verb(StepInput& input) {
  MLC_TRY(auto settlement, load(input));
  MLC_TRY(const auto behind, behind_reversal(input, settlement));
  if (behind) return *behind;
  if (settlement.revision >= 'Z') {
    return refuse_request(input.work,
                          Error(kNoMoreRevisions, {{"settlement", command_name(settlement)}}));
  }
  MLC_TRY(const auto later, later_file(input, settlement));
  if (later || input.work.state == word(State::kPartlyReversed)) {
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

namespace {

// The one before it, where there is one, stands for the settlement again.
Result<Decision> put_file_aside(StepInput& input, ports::SettlementRecord settlement) {
  MLC_TRY(const auto documents, documents_of(input, settlement));
  const auto live = live_of(documents);
  if (!live.empty()) return refuse_request(input.work, still_posted(settlement, live));
  MLC_TRY(const auto later, later_file(input, settlement));
  if (later) return refuse_request(input.work, stands_on(settlement, *later));
  settlement.holds_id = false;
  Decision decision = wait_for_person(word(State::kSuperseded));
  decision.writes = [settlement =
                         std::move(settlement)](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    return leave_family(transaction, settlement);
  };
  return decision;
}

}  // namespace

Result<Decision> resolve_rejected_verb(StepInput& input) {
  if (input.work.request->argument != "discard") return unknown_argument(input, "discard");
  MLC_TRY(auto settlement, load(input));
  return put_file_aside(input, std::move(settlement));
}

Result<Decision> resolve_reversed_verb(StepInput& input) {
  if (input.work.request->argument != "discard") return unknown_argument(input, "discard");
  return put_later_file_aside(input);
}

Result<Decision> put_later_file_aside(StepInput& input) {
  MLC_TRY(auto settlement, load(input));
  MLC_TRY(const auto documents, documents_of(input, settlement));
  const auto live = live_of(documents);
  if (!live.empty()) return refuse_request(input.work, still_posted(settlement, live));
  MLC_TRY(const auto family, [&]() -> Result<std::vector<WorkId>> {
    MLC_TRY(const auto transaction, input.world.store.begin());
    return family_of(*transaction, settlement);
  }());
  if (family.empty() || family.front() == settlement.work) {
    return refuse_request(input.work,
                          Error(kNoFileBefore, {{"settlement", command_name(settlement)}}));
  }
  MLC_TRY(const auto behind, behind_reversal(input, settlement));
  if (behind) return *behind;
  return put_file_aside(input, std::move(settlement));
}

Result<Decision> resolve_reissued_verb(StepInput& input) {
  const std::string& argument = input.work.request->argument;
  if (argument == "discard") return wait_for_person(word(State::kSuperseded));
  if (argument == "supersede") return supersede(input);
  if (argument == "difference") return begin_difference(input);
  return unknown_argument(input, "discard, supersede, difference");
}

// Where another file stands for the settlement, it is decided on as when it came.
Result<Decision> resolve_superseded_verb(StepInput& input) {
  if (input.work.request->argument != "reinstate") return unknown_argument(input, "reinstate");
  MLC_TRY(auto mine, load(input));
  if (!mine.header) return from_file(input, mine);
  MLC_TRY(const auto holder, [&]() -> Result<std::optional<ports::SettlementRecord>> {
    MLC_TRY(const auto transaction, input.world.store.begin());
    return transaction->settlement_holder(mine.tenant, mine.selling_account, mine.header->id);
  }());
  if (holder) return wait_for_person(word(State::kReissued), reissued_error(mine, *holder));
  MLC_TRY(auto decision, from_file(input, mine));
  mine.holds_id = true;
  decision.writes = save(std::move(mine));
  return decision;
}

}  // namespace mlc::flow
