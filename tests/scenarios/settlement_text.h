// A settlement report as Amazon writes it, from the rows of a scenario.
#pragma once

#include <string>

#include "tests/scenarios/scenario_file.h"

namespace mlc::scenarios {

struct SettlementWords {
  std::string id;
  std::string from;  // first and last day in the home zone (Pacific time, in summer)
  std::string to;
  std::string total;  // as the summary row says it
  std::string currency;
  int seconds = 0;  // by which both ends of its period come later
};

// Layout V2. Columns of the table: transaction type, order, marketplace, amount type, description,
// amount, fulfilment, sku. Rows are of the first day. Throws Failure.
[[nodiscard]] std::string settlement_text(const SettlementWords& words, const Table& rows);

// The cell of a column in a line of such a file.
[[nodiscard]] std::string cell_of(const std::string& line, const std::string& heading);

}  // namespace mlc::scenarios
