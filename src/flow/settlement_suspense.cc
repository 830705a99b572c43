#include "flow/settlement_suspense.h"

#include "flow/errors.h"
#include "flow/settlement_steps.h"

namespace mlc::flow {

std::string suspense_fact(const WorkId& work) { return "suspense " + work.str(); }

Result<Suspense> suspense_of(const std::vector<ledger::ClassTotal>& classes,
                             const std::vector<ledger::ClassDestination>& destinations) {
  Suspense out;
  std::optional<ledger::Money> sum;
  for (const auto& destination : destinations) {
    if (destination.rule != ledger::kSuspenseRule) continue;
    const auto& total = classes[destination.number];
    out.rows += total.rows;
    MLC_TRY(sum, sum.value_or(ledger::Money::zero(total.sum.currency())).plus(total.sum));
  }
  if (sum) out.amount = sum->decimal();
  return out;
}

void tell_suspense(const Suspense& suspense, std::vector<Fact>& facts) {
  if (suspense.rows == 0) return;
  facts.push_back({"on_suspense", std::to_string(suspense.rows) +
                                      (suspense.rows == 1 ? " row, " : " rows, ") +
                                      suspense.amount});
}

Status keep_suspense(ports::StoreTransaction& transaction,
                     const ports::SettlementRecord& settlement, const Suspense& suspense) {
  const std::string name = suspense_fact(settlement.work);
  MLC_TRY(const auto before, transaction.fact(settlement.tenant, name));
  const std::string now(suspense.rows == 0 ? std::string_view() : kSuspenseOpen);
  if (before.value_or("") == now) return {};
  return transaction.put_fact(settlement.tenant, name, now);
}

Result<Decision> resolve_posted_verb(StepInput& input) {
  const auto& request = *input.work.request;
  if (request.argument != "cleared") {
    return refuse_request(input.work, Error(kWrongArgument, {{"state", input.work.state},
                                                             {"argument", request.argument},
                                                             {"possible", "cleared"}}));
  }
  MLC_TRY(const auto transaction, input.world.store.begin());
  const std::string name = suspense_fact(input.work.id);
  MLC_TRY(const auto stands, transaction->fact(input.work.tenant, name));
  if (stands.value_or("") != kSuspenseOpen) {
    return refuse_request(input.work, Error(kNotOnSuspense, {{"work", input.work.id.str()}}));
  }
  Decision decision = wait_until(input.work.state, input.work.due_at);
  decision.facts = {{"suspense", "moved"}};
  decision.writes = [tenant = input.work.tenant, name,
                     said = "moved, said " + request.actor + " at " +
                            format_instant(input.now)](ports::StoreTransaction& kept) {
    return kept.put_fact(tenant, name, said);
  };
  return decision;
}

}  // namespace mlc::flow
