// Instants and civil dates, and their one text form each.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mlc {

// UTC, milliseconds. Never a local time.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;
// A civil (calendar) date without a time zone, e.g. SAP's BUDAT.
using Date = std::chrono::year_month_day;

// "2026-11-23T11:42:00.000Z", always with milliseconds; sorts as text (years 0000 to 9999).
[[nodiscard]] std::string format_instant(Instant instant);
// ISO 8601 with `T` or a blank between date and time, seconds, optional fraction (cut to
// milliseconds) and `Z` or `+hh:mm`/`-hh:mm`. Nothing when the text is anything else.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

// "2026-11-23"; parsing accepts existing days only.
[[nodiscard]] std::string format_date(Date date);
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
// SAP's DATS: "20261123"; parsing accepts existing days only.
[[nodiscard]] std::string format_dats(Date date);
[[nodiscard]] std::optional<Date> parse_dats(std::string_view text);

// The UTC calendar day of an instant.
[[nodiscard]] Date utc_date(Instant instant);

}  // namespace mlc
