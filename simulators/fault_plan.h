// What is to go wrong, and when. Both simulators take a plan and report what was used of it.
//
// Text form: {"faults": [{"where": "BAPI_TRANSACTION_COMMIT", "nth": 2, "kind": "drop_after",
// "parameters": {"seconds": "600"}}]}. `nth` counts from 1 and defaults to 1; 0 means every time.
// The kinds and their parameters are those of the simulator that reads the plan.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlc::simulators {

inline constexpr ErrorKind kBadFaultPlan{
    "simulators.bad_fault_plan", "The fault plan cannot be used: {reason} at {place}.",
    "Correct the file; simulators/fault_plan.h shows its form.", ExitCode::kBadInput};

struct FaultOrder {
  std::string where;      // a place the simulator names: a function, an operation, "logon"
  std::uint64_t nth = 1;  // which visit of that place, from 1; 0 is every visit
  std::string kind;
  std::map<std::string, std::string, std::less<>> parameters;

  // The parameter, or `fallback` when the order does not name it.
  [[nodiscard]] std::string parameter(std::string_view name, std::string_view fallback = "") const;
  // The parameter as a number; `fallback` when it is missing or no number.
  [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t fallback = 0) const;
};

struct FaultUse {
  FaultOrder order;
  std::uint64_t used = 0;    // how often it struck
  std::uint64_t visits = 0;  // how often its place was visited
};

// Errors: simulators.bad_fault_plan.
[[nodiscard]] Result<std::vector<FaultOrder>> parse_fault_plan(std::string_view json);

// Thread-safe.
class FaultPlan {
 public:
  explicit FaultPlan(std::vector<FaultOrder> orders = {});
  // One more order; its visits count from now on.
  void add(FaultOrder order);
  // Counts one visit of `where` and returns the orders that strike now, in the plan's order.
  [[nodiscard]] std::vector<FaultOrder> visit(std::string_view where);
  // Every order in the plan's order, used or not.
  [[nodiscard]] std::vector<FaultUse> report() const;
  // Whether every order that is not for every visit was used.
  [[nodiscard]] bool all_used() const;

 private:
  mutable std::mutex mutex_;
  std::vector<FaultUse> uses_;
};

}  // namespace mlc::simulators
