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
  Decision decision =
      settle(input, subject, {result.outcome, result.judgement, result.messages, result.error});
  if (result.error && stops_company_code(*result.error)) {
    add_stop(decision, input, subject, *result.error);
  }
  return decision;
}

}  // namespace mlc::flow
