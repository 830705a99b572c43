// What a settlement can hold beside everyday sales, refunds and fees: every value that is publicly
// known of real files, one entry each. From Amazon's documentation of the report and from mapping
// tables that others published.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mlc::simulators::amazon {

// One row, or two that take each other back: tax of a buyer and what Amazon withholds of it.
struct RareRow {
  std::string transaction_type;
  std::string amount_type;
  std::string description;
  char sign = '-';  // '+', '-', or '*' for both
  // Of the second row; its sign is the opposite. Empty: there is none.
  std::string against_type;
  std::string against_description;
  std::string_view markets;  // names with a blank between; empty: every market
  bool of_order = false;     // it names order, SKU and marketplace
};

// In the order of the table; always the same.
[[nodiscard]] std::span<const RareRow> rare_rows();

[[nodiscard]] bool occurs_in(const RareRow& row, std::string_view market);

}  // namespace mlc::simulators::amazon
