// reversal: takes a settlement's live documents back with BAPI_ACC_DOCUMENT_REV_POST. Guarded like
// a post; its identity is the original's company code, number and year.
#include <algorithm>

#include "base/digest.h"
#include "flow/errors.h"
#include "flow/holder.h"
#include "flow/posting_guard.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"
#include "flow/step_table.h"

namespace mlc::flow {
namespace {

constexpr std::string_view kRequested = "requested";
constexpr std::string_view kReversing = "reversing";
constexpr std::string_view kInDoubtState = "in_doubt";
constexpr std::string_view kDeferredState = "deferred";
constexpr std::string_view kRejectedState = "rejected";
constexpr std::string_view kDone = "done";
constexpr std::string_view kDiscarded = "discarded";

WorkId settlement_of(const ports::WorkRecord& reversal) {
  return WorkId(reversal.subject.substr(0, reversal.subject.find('/')));
}

// The settlement's posting subject, loaded under the reversal's work.
Result<PostingSubject> load(StepInput& input) {
  StepInput settlement{input.world, input.work, input.now};
  settlement.work.id = settlement_of(input.work);
  return load_posting_subject(settlement);
}

std::vector<ports::PostedPart> live_parts(const ledger::Judgement& judgement) {
  std::vector<ports::PostedPart> out;
  for (const auto& part : judgement.parts) {
    if (part.state == ledger::PartState::kLive && part.document) {
      out.push_back({part.part, part.document->number});
    }
  }
  return out;
}

Result<ledger::Judgement> look(const PostingSubject& subject) {
  MLC_TRY(const auto found, subject.connection->sap->look_up(make_look_up(subject, false)));
  return judge_found(subject, found).judgement;
}

Decision done(const StepInput& input) {
  Decision decision = wait_for_person(std::string(kDone));
  const ports::Request request{"confirm", std::string(kOurReversal), input.world.worker, input.now};
  decision.writes = [tenant = input.work.tenant, work = settlement_of(input.work),
                     request](ports::StoreTransaction& transaction) {
    return transaction.request_work(tenant, work, request);
  };
  return decision;
}

Result<Decision> prepare_step(StepInput& input) {
  MLC_TRY(const auto subject, load(input));
  MLC_TRY(const auto holder, take_holder(input, subject.settings()));
  if (holder.owner != input.world.worker) return wait_for_holder(input, subject.settings(), holder);
  const auto judgement = look(subject);
  if (!judgement) return try_later(input.work, input.now, judgement.error());
  if (live_parts(*judgement).empty()) return done(input);
  Decision decision = go_on(std::string(kReversing), input.now);
  decision.attempts = Attempts::kKeep;
  const UnitId unit(to_hex(sha256("reverse|" + input.work.id.str() + "|" +
                                  std::to_string(input.work.fence.epoch) + "." +
                                  std::to_string(input.work.fence.counter))));
  ports::IntentRecord intent{input.work.tenant,
                             unit,
                             input.work.id,
                             "reverse",
                             subject.settings().sap,
                             subject.settings().company_code,
                             subject.manifest.content_hash,
                             input.now};
  decision.facts = {{"unit", unit.str()}};
  decision.writes = [intent = std::move(intent)](ports::StoreTransaction& transaction) {
    return transaction.put_intent(intent);
  };
  return decision;
}

Decision after(const StepInput& input, const ports::ReverseResult& result) {
  switch (result.outcome) {
    case ports::Outcome::kPosted:
    case ports::Outcome::kAlreadyPosted:
    case ports::Outcome::kReversed: return done(input);
    case ports::Outcome::kDeferred:
      return try_later_in(std::string(kDeferredState), input.work, input.now,
                          result.error.value_or(Error(kInDoubt)));
    case ports::Outcome::kInDoubt:
      return wait_until(std::string(kInDoubtState), input.now + std::chrono::minutes(1),
                        result.error.value_or(Error(kInDoubt).with_written(Written::kPerhaps)));
    default: return wait_for_person(std::string(kRejectedState), result.error);
  }
}

Result<UnitId> unit_of(StepInput& input) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const auto intent, transaction->latest_intent(input.work.tenant, input.work.id));
  return intent ? intent->unit : UnitId();
}

Result<Decision> reverse_step(StepInput& input) {
  MLC_TRY(const auto subject, load(input));
  MLC_TRY(const auto holder, take_holder(input, subject.settings()));
  if (holder.owner != input.world.worker) {
    Decision decision = wait_for_holder(input, subject.settings(), holder);
    decision.next = kDeferredState;
    return decision;
  }
  const auto judgement = look(subject);
  if (!judgement) {
    return try_later_in(std::string(kDeferredState), input.work, input.now, judgement.error());
  }
  ports::ReverseUnit unit;
  MLC_TRY(unit.id, unit_of(input));
  unit.expected = subject.settings().sap;
  unit.parts = live_parts(*judgement);
  unit.reason = input.work.memory;
  unit.posting_date = subject.manifest.documents.front().posting_date;
  unit.deadline = std::min(input.now + subject.settings().times.unit_deadline, holder.lease_until);
  unit.fence = holder.fence;
  input.world.guard.enter({input.work.tenant, input.work.id, input.work.fence,
                           subject.settings().sap, subject.settings().company_code,
                           input.world.worker, input.now, holder.lease_until});
  const ports::ReverseResult result = subject.connection->sap->reverse(unit);
  input.world.guard.leave();
  input.now = input.world.clock.now();
  return after(input, result);
}

// Reads only. SAP refuses to reverse a reversed document, so once nothing can be on its way any
// more the rest is asked for again.
Result<Decision> read_step(StepInput& input) {
  MLC_TRY(const auto subject, load(input));
  const auto judgement = look(subject);
  if (!judgement) return try_later(input.work, input.now, judgement.error());
  if (live_parts(*judgement).empty()) return done(input);
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const auto intent, transaction->latest_intent(input.work.tenant, input.work.id));
  const auto& times = subject.settings().times;
  const Instant settled = intent ? intent->at + times.longest_run + times.clock_skew : input.now;
  if (input.now >= settled) return go_on(std::string(kRequested), input.now);
  return wait_until(std::string(kInDoubtState), settled,
                    Error(kInDoubt).with_written(Written::kPerhaps));
}

Result<Decision> again(StepInput& input) { return go_on(std::string(kRequested), input.now); }
Result<Decision> read_now(StepInput& input) { return go_on(std::string(kInDoubtState), input.now); }
Result<Decision> discard(StepInput& /*input*/) { return wait_for_person(std::string(kDiscarded)); }

std::vector<StateRow> rows() {
  const std::vector<std::string_view> answers{kDone, kDeferredState, kInDoubtState, kRejectedState};
  return {
      {kRequested,
       "the documents to reverse are being read",
       Waits::kStep,
       &prepare_step,
       Effect::kRepeatable,
       "",
       {kReversing, kDone},
       {{"retry", &again, {kRequested}}}},
      {kReversing,
       "on its way to SAP",
       Waits::kStep,
       &reverse_step,
       Effect::kGuarded,
       kInDoubtState,
       answers,
       {{"retry", &read_now, {kInDoubtState}}}},
      {kInDoubtState,
       "perhaps reversed: SAP is read",
       Waits::kStep,
       &read_step,
       Effect::kRepeatable,
       "",
       {kDone, kRequested},
       {{"retry", &read_now, {kInDoubtState}}}},
      {kDeferredState,
       "not reversed; tried again by itself",
       Waits::kStep,
       &again,
       Effect::kNone,
       "",
       {kRequested},
       {{"retry", &again, {kRequested}}}},
      {kRejectedState,
       "SAP refused; correct the cause, then retry",
       Waits::kPerson,
       nullptr,
       Effect::kNone,
       "",
       {},
       {{"retry", &again, {kRequested}}, {"resolve", &discard, {kDiscarded}}}},
      {kDone, "reversed", Waits::kTerminal, nullptr, Effect::kNone, "", {}, {}},
      {kDiscarded, "given up by a person", Waits::kTerminal, nullptr, Effect::kNone, "", {}, {}},
  };
}

}  // namespace

const KindTable& reversal_table() {
  static const KindTable table{"reversal", kRequested, rows()};
  return table;
}

}  // namespace mlc::flow
