// The spellings of dates that a settlement report may use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mlc::amazon::settlement_report {

// How the day is written. Only slashes leave open which number is the month.
enum class DatePattern : std::uint8_t {
  kYearDash,   // 2026-06-17
  kDotted,     // 17.06.2026
  kYearSlash,  // 2026/06/17
  kSlash,      // 17/06/2026, 06/17/26
};
enum class SlashOrder : std::uint8_t { kDayFirst, kMonthFirst };

// "YYYY-MM-DD", "DD/MM/YY"; `order` and `short_year` count for slashes only.
[[nodiscard]] std::string to_text(DatePattern pattern, SlashOrder order, bool short_year);

// A cell of which all is known but the order of day and month behind slashes.
struct ScannedDate {
  DatePattern pattern = DatePattern::kYearDash;
  int year = 0;
  unsigned first = 0;   // of slashes; else the month
  unsigned second = 0;  // of slashes; else the day
  bool short_year = false;
  Duration time{0};  // into the day, in UTC; may be negative or above a day

  [[nodiscard]] std::optional<Date> date(SlashOrder order) const;
  [[nodiscard]] std::optional<Instant> instant(SlashOrder order) const;
};

// A trimmed cell: the day as above with two digits for day and month, then nothing (12:00 UTC), or
// a blank, HH:MM:SS and, after another blank, a zone: UTC, GMT, JST or +hh:mm. Without a zone the
// time is UTC, as all times of a settlement (Amazon, "Settlement Reports"). Also ISO 8601 with `T`,
// which always has its zone. Nothing when the cell is anything else or no such day exists in either
// order. Pure; thread-safe.
[[nodiscard]] std::optional<ScannedDate> scan_date(std::string_view text);

// Remembers the last cell of a column: neighbouring rows mostly have the same. Not thread-safe.
class DateMemo {
 public:
  explicit DateMemo(SlashOrder order) : order_(order) {}
  [[nodiscard]] std::optional<Instant> read(std::string_view text);

 private:
  SlashOrder order_;
  std::string text_;
  std::optional<Instant> instant_;
};

// "YYYY-MM-DD, DD.MM.YYYY, ...": what a refusal says it expected.
[[nodiscard]] std::string expected_dates();

}  // namespace mlc::amazon::settlement_report
