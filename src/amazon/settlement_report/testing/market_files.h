// One small settlement of each way that Amazon writes them, and what it must be read as.
#pragma once

#include <string>
#include <vector>

namespace mlc::amazon::settlement_report::testing {

struct MarketFile {
  std::string name;  // "DE, cp1252"
  std::string bytes;
  std::string layout;
  std::string charset;
  std::string decimal_mark;
  std::string date_pattern;
  std::string total;              // decimal text
  std::vector<std::string> rows;  // "line.column type/amount-type/description/sku posted amount"
};

// None of them has rows at its end that add up to zero, so that no shorter file ties.
[[nodiscard]] std::vector<MarketFile> market_files();

// The 36 names of the layout V1, tab separated, without line end.
[[nodiscard]] std::string v1_header_line();
// A line of V1 with these cells (1-based), the settlement-id in the first one.
struct NumberedCell {
  std::size_t number;
  std::string text;
};
[[nodiscard]] std::string v1_line(const std::vector<NumberedCell>& cells);

}  // namespace mlc::amazon::settlement_report::testing
