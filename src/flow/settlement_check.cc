// planned -> awaiting_approval or posting: what SAP says before anything is written.
#include "flow/errors.h"
#include "flow/hold.h"
#include "flow/holder.h"
#include "flow/settlement_adopt.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"
#include "flow/settlement_suspense.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

bool approved(const PostingSubject& subject) {
  return subject.settings().post_mode == PostMode::kAuto ||
         subject.settlement.approved_hash == subject.settlement.manifest_hash;
}

Decision ask_for_approval(const PostingSubject& subject) {
  const auto& settlement = subject.settlement;
  if (settlement.approved_hash.empty()) return wait_for_person(word(State::kAwaitingApproval));
  return wait_for_person(
      word(State::kAwaitingApproval),
      Error(kApprovalOutdated, {{"approved", settlement.approved_hash.substr(0, 8)},
                                {"planned", settlement.manifest_hash.substr(0, 8)},
                                {"settlement", command_name(settlement)}}));
}

Decision send(const StepInput& input, const PostingSubject& subject, const ports::PostUnit& unit) {
  Decision decision = go_on(word(State::kPosting), input.now);
  decision.attempts = Attempts::kKeep;
  decision.facts = {{"unit", unit.id.str()}, {"manifest", subject.manifest.content_hash}};
  ports::IntentRecord intent{input.work.tenant,
                             unit.id,
                             input.work.id,
                             "post",
                             subject.settings().sap,
                             subject.settings().company_code,
                             subject.manifest.content_hash,
                             input.now};
  decision.writes = [intent = std::move(intent), settlement = subject.settlement,
                     bases = subject.base.works](ports::StoreTransaction& transaction) -> Status {
    // A person may have said so while SAP was asked.
    MLC_TRY(const auto moved, suspense_moved(transaction, settlement, bases));
    if (moved) return failure(*moved);
    return transaction.put_intent(intent);
  };
  return decision;
}

// A settlement that the hub's life before its restore may have sent without this life knowing.
bool may_be_forgotten(const PostingSubject& subject, Instant restored) {
  return subject.settlement.header->end < restored;
}

// After a restore: until SAP's longest run is over something may still be on its way, and as long
// as SAP keeps updates of our user it may carry them out (SM13). Nothing when the way is free.
Result<std::optional<Decision>> quiet_after_restore(StepInput& input,
                                                    const PostingSubject& subject) {
  MLC_TRY(const auto restored, restored_at(input.world.store));
  if (!restored || !may_be_forgotten(subject, *restored)) return std::optional<Decision>{};
  const auto& times = subject.settings().times;
  const Instant until = *restored + times.longest_run + times.clock_skew;
  if (input.now < until) {
    return wait_until(word(State::kDeferred), until,
                      Error(kQuietAfterRestore, {{"until", format_instant(until)}}));
  }
  const auto found = subject.connection->sap->look_up(make_look_up(subject, true));
  if (!found) return try_later_in(word(State::kDeferred), input.work, input.now, found.error());
  if (found->update_records.empty()) return std::optional<Decision>{};
  return wait_until(
      word(State::kDeferred), input.now + std::chrono::hours(1),
      Error(kUpdatesAfterRestore, {{"count", std::to_string(found->update_records.size())},
                                   {"user", found->update_records.front().user}}));
}

Result<Decision> ready(StepInput& input, const PostingSubject& subject,
                       const ports::PostUnit& unit) {
  if (!approved(subject)) return ask_for_approval(subject);
  MLC_TRY(const auto quiet, quiet_after_restore(input, subject));
  if (quiet) return *quiet;
  return send(input, subject, unit);
}

Decision nothing_to_post(const StepInput& input) {
  Decision decision = wait_for_person(word(State::kPosted));
  decision.facts = {{"documents", "0"}};
  decision.memory = format_instant(input.now);
  return decision;
}

// Somebody may have moved by hand, while the difference was planned or waited for its approval,
// what it moves.
Result<std::optional<Decision>> moved_meanwhile(StepInput& input, const PostingSubject& subject) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto moved, suspense_moved(*transaction, subject.settlement, subject.base.works));
  if (!moved) return std::optional<Decision>{};
  return wait_for_person(word(State::kRejected), std::move(*moved));
}

}  // namespace

Result<Decision> check_step(StepInput& input) {
  MLC_TRY(const auto subject, load_posting_subject(input));
  if (subject.manifest.documents.empty()) return nothing_to_post(input);
  MLC_TRY(auto moved, moved_meanwhile(input, subject));
  if (moved) return std::move(*moved);
  MLC_TRY(const auto stop, stop_of(input.world.store, input.work.tenant, subject.settings()));
  if (stop) return defer_under_stop(input, stop->company_code, stop->error.text);
  if (approved(subject)) {
    // Before SAP is asked: what would not be sent anyway need not be checked again and again.
    MLC_TRY(auto held, hold_sending(input, subject.settings(), word(State::kDeferred)));
    if (held) return std::move(*held);
  }
  MLC_TRY(const auto holder, take_holder(input, subject.settings()));
  if (holder.owner != input.world.worker) return wait_for_holder(input, subject.settings(), holder);
  const ports::PostUnit unit = make_unit(input, subject, holder);
  ports::CheckResult check = subject.connection->sap->check(unit);
  if (check.outcome == ports::Outcome::kPosted) return ready(input, subject, unit);
  const bool stops = check.error && stops_company_code(*check.error);
  if (!stops) {
    MLC_TRY(auto adopted, adopt(input, subject, check.judgement));
    if (adopted) return std::move(*adopted);
    return settle(input, subject, {check.outcome, check.judgement, check.messages, check.error});
  }
  Decision decision = defer_under_stop(input, subject.settings().company_code, check.error->text());
  add_stop(decision, input, subject, *check.error);
  return decision;
}

}  // namespace mlc::flow
