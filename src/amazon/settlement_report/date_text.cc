#include "amazon/settlement_report/date_text.h"

#include <array>

namespace mlc::amazon::settlement_report {
namespace {

// Exactly `count` decimal digits at the front of `text`, which is shortened by them.
std::optional<int> take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

// Three numbers, the second and third behind `separator`.
struct Numbers {
  int first;
  int second;
  int third;
};
std::optional<Numbers> take_numbers(std::string_view& text, char separator, std::size_t first,
                                    std::size_t second, std::size_t third) {
  const auto a = take_number(text, first);
  if (!a || !take(text, separator)) return std::nullopt;
  const auto b = take_number(text, second);
  if (!b || !take(text, separator)) return std::nullopt;
  const auto c = take_number(text, third);
  if (!c) return std::nullopt;
  return Numbers{*a, *b, *c};
}

ScannedDate made(DatePattern pattern, int year, int first, int second) {
  ScannedDate out;
  out.pattern = pattern;
  out.year = year;
  out.first = static_cast<unsigned>(first);
  out.second = static_cast<unsigned>(second);
  return out;
}

std::optional<ScannedDate> take_slashes(std::string_view& text) {
  // Two digits of a year end the date: a third digit belongs to a year of four.
  const bool short_year = text.size() < 9 || text[8] < '0' || text[8] > '9';
  const auto numbers = take_numbers(text, '/', 2, 2, short_year ? 2 : 4);
  if (!numbers) return std::nullopt;
  constexpr int kCentury = 2000;
  ScannedDate out = made(DatePattern::kSlash, numbers->third + (short_year ? kCentury : 0),
                         numbers->first, numbers->second);
  out.short_year = short_year;
  return out;
}

std::optional<ScannedDate> take_day(std::string_view& text) {
  if (text.size() < 8) return std::nullopt;
  if (text[4] == '-' || text[4] == '/') {
    const bool dash = text[4] == '-';
    const auto numbers = take_numbers(text, dash ? '-' : '/', 4, 2, 2);
    if (!numbers) return std::nullopt;
    return made(dash ? DatePattern::kYearDash : DatePattern::kYearSlash, numbers->first,
                numbers->second, numbers->third);
  }
  if (text[2] == '/') return take_slashes(text);
  const auto numbers = take_numbers(text, '.', 2, 2, 4);
  if (!numbers) return std::nullopt;
  return made(DatePattern::kDotted, numbers->third, numbers->second, numbers->first);
}

std::optional<Duration> take_offset(std::string_view text) {
  const bool east = text.starts_with('+');
  if (!east && !text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2);
  if (!hours || *hours > 14 || !take(text, ':')) return std::nullopt;
  const auto minutes = take_number(text, 2);
  if (!minutes || *minutes > 59 || !text.empty()) return std::nullopt;
  const Duration size = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return east ? size : -size;
}

// How far the zone is ahead of UTC.
std::optional<Duration> zone_offset(std::string_view text) {
  struct Zone {
    std::string_view name;
    std::chrono::hours ahead;
  };
  constexpr std::array<Zone, 3> kZones{{{"UTC", std::chrono::hours(0)},
                                        {"GMT", std::chrono::hours(0)},
                                        {"JST", std::chrono::hours(9)}}};
  for (const Zone& zone : kZones) {
    if (text == zone.name) return zone.ahead;
  }
  return take_offset(text);
}

// A day without a time must stay that day in the home zone of every store, from Los Angeles to
// Sydney: posting dates and periods follow it. Noon does, midnight does not.
constexpr Duration kTimeOfADay = std::chrono::hours(12);

// " 08:14:22", " 08:14:22 UTC" or nothing.
std::optional<Duration> read_time(std::string_view text) {
  if (text.empty()) return kTimeOfADay;
  if (!take(text, ' ')) return std::nullopt;
  const auto numbers = take_numbers(text, ':', 2, 2, 2);
  if (!numbers || numbers->first > 23 || numbers->second > 59 || numbers->third > 59) return {};
  const Duration time = std::chrono::hours(numbers->first) + std::chrono::minutes(numbers->second) +
                        std::chrono::seconds(numbers->third);
  if (text.empty()) return time;
  if (!take(text, ' ')) return std::nullopt;
  const auto ahead = zone_offset(text);
  if (!ahead) return std::nullopt;
  return time - *ahead;
}

// "2026-06-17T08:14:22+00:00"
std::optional<ScannedDate> scan_iso(std::string_view text) {
  const auto instant = parse_instant(text);
  if (!instant) return std::nullopt;
  const auto day = std::chrono::floor<std::chrono::days>(*instant);
  const Date date{day};
  ScannedDate out = made(DatePattern::kYearDash, static_cast<int>(date.year()),
                         static_cast<int>(static_cast<unsigned>(date.month())),
                         static_cast<int>(static_cast<unsigned>(date.day())));
  out.time = *instant - day;
  return out;
}

}  // namespace

std::string to_text(DatePattern pattern, SlashOrder order, bool short_year) {
  switch (pattern) {
    case DatePattern::kYearDash: return "YYYY-MM-DD";
    case DatePattern::kDotted: return "DD.MM.YYYY";
    case DatePattern::kYearSlash: return "YYYY/MM/DD";
    case DatePattern::kSlash: break;
  }
  return std::string(order == SlashOrder::kDayFirst ? "DD/MM/" : "MM/DD/") +
         (short_year ? "YY" : "YYYY");
}

std::optional<Date> ScannedDate::date(SlashOrder order) const {
  const bool turned = pattern == DatePattern::kSlash && order == SlashOrder::kDayFirst;
  const Date out{std::chrono::year(year), std::chrono::month(turned ? second : first),
                 std::chrono::day(turned ? first : second)};
  if (!out.ok()) return std::nullopt;
  return out;
}

std::optional<Instant> ScannedDate::instant(SlashOrder order) const {
  const auto day = date(order);
  if (!day) return std::nullopt;
  return Instant{std::chrono::sys_days(*day)} + time;
}

std::optional<ScannedDate> scan_date(std::string_view text) {
  constexpr std::size_t kDayLength = std::string_view("YYYY-MM-DD").size();
  if (text.size() > kDayLength && text[kDayLength] == 'T') return scan_iso(text);
  auto out = take_day(text);
  const auto time = out ? read_time(text) : std::nullopt;
  if (!time) return std::nullopt;
  out->time = *time;
  if (!out->date(SlashOrder::kDayFirst) && !out->date(SlashOrder::kMonthFirst)) return {};
  return out;
}

std::optional<Instant> DateMemo::read(std::string_view text) {
  if (instant_ && text == text_) return instant_;
  text_ = text;
  const auto scanned = scan_date(text);
  instant_ = scanned ? scanned->instant(order_) : std::nullopt;
  return instant_;
}

std::string expected_dates() {
  return "YYYY-MM-DD, DD.MM.YYYY, YYYY/MM/DD, DD/MM/YYYY or MM/DD/YYYY (slashes with two digits "
         "of the year too), alone or with HH:MM:SS and UTC, or YYYY-MM-DDTHH:MM:SS+hh:mm";
}

}  // namespace mlc::amazon::settlement_report
