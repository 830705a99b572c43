#include "runtime/time_zone.h"

#include <date/tz.h>

#include "runtime/errors.h"

namespace mlc::runtime {

struct TimeZone::Zone {
  const date::time_zone* zone;
};

Result<TimeZone> TimeZone::find(std::string_view name) {
  try {
    return TimeZone(std::make_shared<const Zone>(Zone{date::locate_zone(std::string(name))}));
  } catch (const std::exception&) {
    return failure(kUnknownTimeZone, {{"zone", std::string(name)}});
  }
}

Date TimeZone::local_date(Instant instant) const {
  const auto local = zone_->zone->to_local(instant);
  const auto days = std::chrono::floor<std::chrono::days>(local.time_since_epoch());
  return Date{std::chrono::sys_days{days}};
}

TimeZone::Period TimeZone::period_at(Instant instant) const {
  const auto info = zone_->zone->get_info(instant);
  // The first and last periods reach to the ends of the calendar, which milliseconds can count.
  return {info.begin, info.end, info.offset};
}

}  // namespace mlc::runtime
