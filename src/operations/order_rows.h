// Rows of orders: where lines are posted per order, a row's line is found through its order-id,
// which stands in the evidence only. Each question reads the file once and keeps what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "operations/names.h"

namespace mlc::operations {

// Lines of the file (1-based) whose order, as ZUONR holds it, is this one; rows without an order-id
// are those of the settlement-id. Errors: the vault's and the reader's.
[[nodiscard]] Result<std::vector<std::uint64_t>> rows_of_order(const Hub& hub, const Named& named,
                                                               const std::string& order);

// The order of one line as ZUONR holds it; nothing when the line carries no amount.
[[nodiscard]] Result<std::optional<std::string>> order_of_row(const Hub& hub, const Named& named,
                                                              std::uint64_t line);

}  // namespace mlc::operations
