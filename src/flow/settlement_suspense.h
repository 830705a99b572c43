// What rows without a rule put on a suspense account stays in sight until a person says that it was
// moved.
#pragma once

#include <string>
#include <vector>

#include "flow/step.h"
#include "ledger/derive.h"

namespace mlc::flow {

// The fact of a settlement that says where it stands: empty or absent when nothing is on suspense,
// kSuspenseOpen, or who said when that it was moved. Of a file that a difference was posted to, the
// difference's own fact counts.
[[nodiscard]] std::string suspense_fact(const WorkId& work);
inline constexpr std::string_view kSuspenseOpen = "open";

// What a plan puts on suspense, told to the trail (fact `on_suspense`: "3 rows, -12.40") and kept
// with the plan by `keep_suspense`. Errors: ledger.amount_overflow.
struct Suspense {
  std::uint64_t rows = 0;
  std::string amount;  // decimal text
};
[[nodiscard]] Result<Suspense> suspense_of(
    const std::vector<ledger::ClassTotal>& classes,
    const std::vector<ledger::ClassDestination>& destinations);
void tell_suspense(const Suspense& suspense, std::vector<Fact>& facts);
// Why nothing may be added to the files `bases`: a person moved by hand what one of them put on
// suspense, and a difference, which knows the lines as they were posted, would move it once more.
// `settlement` is the file of the difference. The error is flow.suspense_moved.
[[nodiscard]] Result<std::optional<Error>> suspense_moved(ports::StoreTransaction& transaction,
                                                          const ports::SettlementRecord& settlement,
                                                          const std::vector<WorkId>& bases);
[[nodiscard]] Status keep_suspense(ports::StoreTransaction& transaction,
                                   const ports::SettlementRecord& settlement,
                                   const Suspense& suspense);

}  // namespace mlc::flow
