// The rows of settlements as they were received, for what is asked about rules.
#pragma once

#include <string>
#include <vector>

#include "ledger/rules.h"
#include "operations/hub.h"
#include "runtime/time_zone.h"

namespace mlc::operations {

// A settlement whose file was read. Repeatable; reads the evidence at every call of `read`.
struct SettlementRows {
  std::string name;  // what commands take
  ConnectionId connection;
  ObjectId object;
  // Of the connection: rule versions and posting dates follow it.
  runtime::TimeZone home_zone;
  const ledger::RuleBook* rules = nullptr;  // of the connection, as they are today
};

inline constexpr const char* kAllSettlements = "all";

// Those of the given names, or all that were read, each file once and none that was only seen
// again, when the only name is "all".
// Errors: operations.not_found, .ambiguous_name, .not_read, .read_only (no configuration says
// which zone and rules are the connection's), the store's.
[[nodiscard]] Result<std::vector<SettlementRows>> settlements_to_read(
    const Hub& hub, const std::vector<std::string>& names);

// Errors: the vault's and the reader's.
[[nodiscard]] Result<ports::ReadReport> read_rows(const Hub& hub, const SettlementRows& settlement,
                                                  ports::RowSink& sink);

}  // namespace mlc::operations
