// posting: the guarded effect. It runs once per entry into the state; a restart resolves.
#include "flow/errors.h"
#include "flow/holder.h"
#include "flow/posting_guard.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"

namespace mlc::flow {
namespace {

GuardedUnit guarded(const StepInput& input, const Connection& settings,
                    const ports::HolderRecord& holder) {
  return {input.work.tenant,     input.work.id,      input.work.fence, settings.sap,
          settings.company_code, input.world.worker, input.now,        holder.lease_until};
}

// Where SAP holds something else than was sent, what stands under SAP's numbers is read as well, so
// that the documents are known by number even when their reference was overwritten.
Result<ledger::Judgement> with_numbers(StepInput& input, ledger::Judgement judgement) {
  MLC_TRY(const auto subject, load_posting_subject(input));
  const auto found = subject.connection->sap->look_up(make_look_up(subject, false));
  if (!found) return judgement;
  auto judged = judge_found(subject, *found);
  return judged.lost.empty() ? std::move(judgement) : std::move(judged.judgement);
}

}  // namespace

Result<Decision> post_step(StepInput& input) {
  MLC_TRY(const auto subject, load_posting_subject(input));
  MLC_TRY(const auto holder, take_holder(input, subject.settings()));
  if (holder.owner != input.world.worker) {
    // Lost between intent and send: surely nothing was written.
    Decision decision = wait_for_holder(input, subject.settings(), holder);
    decision.next = word(ledger::SettlementState::kDeferred);
    return decision;
  }
  MLC_TRY(const auto intent, [&]() -> Result<std::optional<ports::IntentRecord>> {
    MLC_TRY(const auto transaction, input.world.store.begin());
    return transaction->latest_intent(input.work.tenant, input.work.id);
  }());
  ports::PostUnit unit = make_unit(input, subject, holder);
  if (intent) unit.id = intent->unit;
  input.world.guard.enter(guarded(input, subject.settings(), holder));
  ports::PostResult result = subject.connection->sap->post(unit);
  input.world.guard.leave();
  input.now = input.world.clock.now();
  const bool stops = result.error && stops_company_code(*result.error);
  if (stops && result.error->written() == Written::kNo) {
    Decision decision =
        defer_under_stop(input, subject.settings().company_code, result.error->text());
    add_stop(decision, input, subject, *result.error);
    return decision;
  }
  if (result.outcome == ports::Outcome::kConflicts) {
    MLC_TRY(result.judgement, with_numbers(input, std::move(result.judgement)));
  }
  Decision decision =
      settle(input, subject, {result.outcome, result.judgement, result.messages, result.error});
  if (stops) add_stop(decision, input, subject, *result.error);
  return decision;
}

}  // namespace mlc::flow
