// How a file is written: decided once from all its cells, then the same for each of them.
#pragma once

#include <string>

#include "amazon/settlement_report/amount_text.h"
#include "amazon/settlement_report/charset.h"
#include "amazon/settlement_report/date_text.h"

namespace mlc::amazon::settlement_report {

struct FileFormat {
  Charset charset = Charset::kUtf8;
  DecimalMark mark = DecimalMark::kPoint;
  SlashOrder order = SlashOrder::kMonthFirst;
  bool has_decimals = false;  // some amount has them; without any the mark does not matter
  std::string date_pattern;   // "MM/DD/YY, YYYY-MM-DD"
};

}  // namespace mlc::amazon::settlement_report
