// The hub in numbers, for whoever watches it: what an operator would ask, without a single row.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "operations/hub_status.h"
#include "operations/standing.h"

namespace mlc::operations {

struct Observation {
  Instant now;
  std::vector<ConnectionStatus> connections;  // without their last error
  std::vector<CurrencyTotal> totals;          // by currency
  std::set<ConnectionId> refused;     // Amazon refuses these until a person has changed something
  std::uint64_t needs_person = 0;     // pieces of work that wait for one
  std::uint64_t in_doubt = 0;         // settlements that SAP may or may not hold
  std::optional<Instant> oldest_due;  // since when the longest waiting piece of work is due
};

// Cheap enough for every ten seconds: the trail and the streams are left alone. Repeatable. Errors:
// those of connection_statuses and totals_of.
[[nodiscard]] Result<Observation> observe(const Hub& hub);

}  // namespace mlc::operations
