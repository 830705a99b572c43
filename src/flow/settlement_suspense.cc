#include "flow/settlement_suspense.h"

#include "flow/errors.h"
#include "flow/settlement_difference.h"
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

Result<std::optional<Error>> suspense_moved(ports::StoreTransaction& transaction,
                                            const ports::SettlementRecord& settlement,
                                            const std::vector<WorkId>& bases) {
  for (const auto& base : bases) {
    MLC_TRY(const auto stands, transaction.fact(settlement.tenant, suspense_fact(base)));
    const std::string said = stands.value_or("");
    if (said.empty() || said == kSuspenseOpen) continue;
    return std::optional(Error(kSuspenseMoved, {{"base", base.str()},
                                                {"settlement", settlement.header->id.str()},
                                                {"said", said},
                                                {"work", settlement.work.str()}}));
  }
  return std::optional<Error>{};
}

namespace {

// Of the file itself: open, and no difference has moved it since.
Result<bool> is_open(ports::StoreTransaction& transaction, const ports::WorkRecord& work,
                     const std::string& stands) {
  if (stands != kSuspenseOpen) return false;
  MLC_TRY(const auto settlement, transaction.settlement(work.tenant, work.id));
  MLC_TRY(const auto later, standing_after(transaction, settlement));
  return !later.has_value();
}

// The file speaks for the earlier ones, too: of the same amount, what was said of one holds for all
// whose fact is `before`, or one of them could be moved a second time when this one is replaced.
Status say_of_all(ports::StoreTransaction& transaction, const ports::WorkRecord& work,
                  const std::string& before, const std::string& now) {
  MLC_TRY(const auto settlement, transaction.settlement(work.tenant, work.id));
  MLC_TRY(const auto family, family_of(transaction, settlement));
  for (const auto& file : family) {
    if (file == work.id) break;
    MLC_TRY(const auto stands, transaction.fact(work.tenant, suspense_fact(file)));
    if (stands != before) continue;
    MLC_TRY_STATUS(transaction.put_fact(work.tenant, suspense_fact(file), now));
  }
  return transaction.put_fact(work.tenant, suspense_fact(work.id), now);
}

Error not_on_suspense(const ports::WorkRecord& work) {
  return Error(kNotOnSuspense, {{"work", work.id.str()}});
}

Result<Decision> say_moved(StepInput& input, const std::string& stands) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const bool open, is_open(*transaction, input.work, stands));
  if (!open) return refuse_request(input.work, not_on_suspense(input.work));
  const std::string said =
      "moved, said " + input.work.request->actor + " at " + format_instant(input.now);
  Decision decision = wait_until(input.work.state, input.work.due_at);
  decision.facts = {{"suspense", "moved"}};
  decision.writes = [work = input.work, said](ports::StoreTransaction& writing) -> Status {
    // Another worker may have sent a difference since.
    MLC_TRY(const bool still, is_open(writing, work, std::string(kSuspenseOpen)));
    if (!still) return failure(not_on_suspense(work));
    return say_of_all(writing, work, std::string(kSuspenseOpen), said);
  };
  return decision;
}

Decision take_back(const StepInput& input, const std::string& stands) {
  if (stands.empty() || stands == kSuspenseOpen) {
    return refuse_request(input.work, Error(kNotSaidToBeMoved, {{"work", input.work.id.str()}}));
  }
  Decision decision = wait_until(input.work.state, input.work.due_at);
  decision.facts = {{"suspense", "not moved"}};
  decision.writes = [work = input.work, stands](ports::StoreTransaction& writing) {
    return say_of_all(writing, work, stands, std::string(kSuspenseOpen));
  };
  return decision;
}

}  // namespace

Result<Decision> resolve_posted_verb(StepInput& input) {
  const std::string& argument = input.work.request->argument;
  MLC_TRY(const auto stands, [&]() -> Result<std::optional<std::string>> {
    MLC_TRY(const auto transaction, input.world.store.begin());
    return transaction->fact(input.work.tenant, suspense_fact(input.work.id));
  }());
  if (argument == "cleared") return say_moved(input, stands.value_or(""));
  if (argument == "uncleared") return take_back(input, stands.value_or(""));
  if (argument == "discard") return put_later_file_aside(input);
  return refuse_request(input.work,
                        Error(kWrongArgument, {{"state", input.work.state},
                                               {"argument", argument},
                                               {"possible", "cleared, uncleared, discard"}}));
}

}  // namespace mlc::flow
