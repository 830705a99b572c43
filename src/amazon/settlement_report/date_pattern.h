// The spellings of dates that a settlement report may use.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mlc::amazon::settlement_report {

// One spelling. `read` takes a trimmed cell and returns nothing when the cell is spelled otherwise
// or names no existing day.
struct DatePattern {
  std::string_view name;
  std::optional<Instant> (*read)(std::string_view text);
};

// All admitted spellings; no text fits two of them. A date without time is 00:00 UTC.
[[nodiscard]] std::span<const DatePattern> date_patterns();

// Tries all patterns. Pure; thread-safe.
[[nodiscard]] std::optional<Instant> read_date(std::string_view text);

// "YYYY-MM-DD HH:MM:SS UTC, ...": what a refusal says it expected.
[[nodiscard]] std::string expected_dates();

// Remembers the last cell of a column: neighbouring rows mostly have the same. Not thread-safe.
class DateMemo {
 public:
  [[nodiscard]] std::optional<Instant> read(std::string_view text);

 private:
  std::string text_;
  std::optional<Instant> instant_;
};

}  // namespace mlc::amazon::settlement_report
