#include "net/http_date.h"

#include <algorithm>
#include <array>

namespace mlc::net {
namespace {

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
// Where the parts stand in "Sun, 06 Nov 1994 08:49:37 GMT".
constexpr std::size_t kLength = 29;
constexpr std::size_t kMonthAt = 8;

}  // namespace

std::string format_http_date(Instant instant) {
  const Date date = utc_date(instant);
  const auto day = std::chrono::weekday(std::chrono::sys_days(date)).c_encoding();
  const std::string iso = format_instant(instant);  // 1994-11-06T08:49:37.000Z
  return std::string(kDays.at(day)) + ", " + iso.substr(8, 2) + " " +
         std::string(kMonths.at(static_cast<unsigned>(date.month()) - 1)) + " " + iso.substr(0, 4) +
         " " + iso.substr(11, 8) + " GMT";
}

std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.size() != kLength || !text.ends_with(" GMT") || text.substr(3, 2) != ", ") {
    return std::nullopt;
  }
  const auto* const month = std::ranges::find(kMonths, text.substr(kMonthAt, 3));
  if (month == kMonths.end() || text[7] != ' ' || text[11] != ' ' || text[16] != ' ') {
    return std::nullopt;
  }
  const auto number = static_cast<int>(month - kMonths.begin()) + 1;
  const std::string iso = std::string(text.substr(12, 4)) + (number < 10 ? "-0" : "-") +
                          std::to_string(number) + "-" + std::string(text.substr(5, 2)) + "T" +
                          std::string(text.substr(17, 8)) + "Z";
  return parse_instant(iso);
}

}  // namespace mlc::net
