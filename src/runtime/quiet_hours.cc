#include "runtime/quiet_hours.h"

#include <algorithm>
#include <charconv>

#include "runtime/errors.h"

namespace mlc::runtime {
namespace {

using std::chrono::minutes;

std::optional<std::size_t> two_digits(std::string_view text) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && text.size() == 2 ? std::optional(out) : std::nullopt;
}

// "06:30" as minutes since midnight, to "24:00".
std::optional<std::size_t> minute_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2));
  const auto minute = two_digits(text.substr(3));
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const std::size_t out = *hour * 60 + *minute;
  return out <= 24 * 60 ? std::optional(out) : std::nullopt;
}

std::size_t local_minute(Instant instant, Duration offset) {
  const auto local = instant + offset;
  const auto since_midnight = local - std::chrono::floor<std::chrono::days>(local);
  return static_cast<std::size_t>(std::chrono::floor<minutes>(since_midnight).count());
}

}  // namespace

Result<QuietHours> QuietHours::parse(const std::vector<std::string>& stretches) {
  QuietHours out;
  for (const std::string& text : stretches) {
    const auto dash = std::min(text.find('-'), text.size());
    const auto from = minute_of_day(std::string_view(text).substr(0, dash));
    const auto to = minute_of_day(std::string_view(text).substr(std::min(dash + 1, text.size())));
    if (!from || !to || *from == kDay || *from == *to % kDay) {
      return failure(kBadQuietHours,
                     {{"text", text}, {"detail", "a stretch is written as 22:00-06:00"}});
    }
    for (std::size_t at = *from; at != *to % kDay; at = (at + 1) % kDay) out.minutes_.set(at);
  }
  if (out.minutes_.all()) {
    return failure(kBadQuietHours,
                   {{"text", stretches.back()}, {"detail", "nothing of the day would be left"}});
  }
  return out;
}

bool QuietHours::quiet_at(Instant instant, Duration offset) const {
  return minutes_.test(local_minute(instant, offset));
}

std::optional<Instant> QuietHours::quiet_until(Instant instant, const TimeZone& zone) const {
  TimeZone::Period period = zone.period_at(instant);
  if (!quiet_at(instant, period.offset)) return std::nullopt;
  Instant at = std::chrono::floor<minutes>(instant);
  while (quiet_at(at, period.offset)) {
    at += minutes{1};
    if (at >= period.end) period = zone.period_at(at);
  }
  return at;
}

}  // namespace mlc::runtime
