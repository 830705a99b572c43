// reversal: takes a settlement's live documents back with BAPI_ACC_DOCUMENT_REV_POST. Guarded like
// a post; its identity is the original's company code, number and year.
#include <algorithm>

#include "base/digest.h"
#include "flow/errors.h"
#include "flow/hold.h"
#include "flow/holder.h"
#include "flow/posting_guard.h"
#include "flow/reversal_order.h"
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

// The settlement's posting subject, loaded under the reversal's work.
Result<PostingSubject> load(StepInput& input) {
  StepInput settlement{input.world, input.work, input.now};
  settlement.work.id = reversed_work(input.work.subject);
  return load_posting_subject(settlement);
}

// The documents of the order as SAP has them now; what SAP lacks is missing here.
struct Sight {
  std::vector<ledger::PostedDocument> documents;
  std::vector<ports::UpdateRecord> update_records;
};

bool is_ordered(const ReversalOrder& order, const ledger::PostedDocument& document) {
  return std::ranges::any_of(order.parts,
                             [&](const auto& part) { return part.number == document.number; });
}

Result<Sight> look(const PostingSubject& subject, const ReversalOrder& order) {
  ports::LookUpUnit unit = make_look_up(subject, true);
  for (const auto& part : order.parts) unit.numbers.push_back(part.number);
  MLC_TRY(auto found, subject.connection->sap->look_up(unit));
  Sight sight{{}, std::move(found.update_records)};
  for (auto* list : {&found.documents, &found.by_number}) {
    std::ranges::copy_if(*list, std::back_inserter(sight.documents),
                         [&](const auto& document) { return is_ordered(order, document); });
  }
  return sight;
}

bool all_reversed(const ReversalOrder& order, const Sight& sight) {
  return std::ranges::all_of(order.parts, [&](const auto& part) {
    return std::ranges::any_of(sight.documents, [&](const auto& document) {
      return document.number == part.number && document.reversed_by.has_value();
    });
  });
}

Decision done(const StepInput& input) {
  Decision decision = wait_for_person(std::string(kDone));
  const ports::Request request{"confirm", std::string(kOurReversal), input.world.worker, input.now};
  decision.writes = [tenant = input.work.tenant, work = reversed_work(input.work.subject),
                     request](ports::StoreTransaction& transaction) {
    return transaction.request_work(tenant, work, request);
  };
  return decision;
}

Result<Decision> prepare_step(StepInput& input) {
  MLC_TRY(const auto subject, load(input));
  MLC_TRY(const auto holder, take_holder(input, subject.settings()));
  if (holder.owner != input.world.worker) return wait_for_holder(input, subject.settings(), holder);
  MLC_TRY(const auto order, read_order(input.work.memory));
  const auto sight = look(subject, order);
  if (!sight) return try_later(input.work, input.now, sight.error());
  if (all_reversed(order, *sight)) return done(input);
  MLC_TRY(auto held, hold_sending(input, subject.settings(), kRequested));
  if (held) return std::move(*held);
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
  MLC_TRY(auto order, read_order(input.work.memory));
  ports::ReverseUnit unit;
  MLC_TRY(unit.id, unit_of(input));
  unit.expected = subject.settings().sap;
  unit.parts = std::move(order.parts);
  unit.reason = std::move(order.reason);
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

// When nothing of the unit can be on its way any more.
Result<Instant> settled_at(StepInput& input, const PostingTimes& times) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const auto intent, transaction->latest_intent(input.work.tenant, input.work.id));
  if (!intent) return input.now;
  return intent->at + times.unit_deadline + times.longest_run + times.clock_skew;
}

// Reads only. The rest is asked for again once the first request has surely ended: SAP refuses to
// reverse a document twice, but an update that Basis repeats is not known to.
Result<Decision> read_step(StepInput& input) {
  MLC_TRY(const auto subject, load(input));
  MLC_TRY(const auto order, read_order(input.work.memory));
  const auto sight = look(subject, order);
  if (!sight) return try_later(input.work, input.now, sight.error());
  if (all_reversed(order, *sight)) return done(input);
  MLC_TRY(const Instant settled, settled_at(input, subject.settings().times));
  if (input.now < settled) {
    return wait_until(std::string(kInDoubtState), settled,
                      Error(kInDoubt).with_written(Written::kPerhaps));
  }
  if (sight->update_records.empty()) return go_on(std::string(kRequested), input.now);
  return wait_until(
      std::string(kInDoubtState), input.now + std::chrono::hours(1),
      Error(kReversalUpdates, {{"count", std::to_string(sight->update_records.size())},
                               {"user", sight->update_records.front().user}})
          .with_written(Written::kPerhaps));
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
