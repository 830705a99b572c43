// Civil dates in named time zones (IANA names, system tzdata).
#pragma once

#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/time.h"

namespace mlc::runtime {

// Thread-safe after construction.
class TimeZone {
 public:
  // Errors: runtime.unknown_time_zone.
  [[nodiscard]] static Result<TimeZone> find(std::string_view name);
  // The calendar day on which `instant` falls there.
  [[nodiscard]] Date local_date(Instant instant) const;

  // A stretch of time with one distance from UTC; `begin` is in it, `end` is not.
  struct Period {
    Instant begin;
    Instant end;
    Duration offset;  // local = UTC + offset
  };
  [[nodiscard]] Period period_at(Instant instant) const;

 private:
  struct Zone;
  explicit TimeZone(std::shared_ptr<const Zone> zone) : zone_(std::move(zone)) {}
  std::shared_ptr<const Zone> zone_;
};

// TimeZone::local_date for many instants that lie near one another. Not thread-safe.
class LocalDates {
 public:
  explicit LocalDates(TimeZone zone) : zone_(std::move(zone)) {}
  [[nodiscard]] Date local_date(Instant instant) {
    if (instant < period_.begin || instant >= period_.end) period_ = zone_.period_at(instant);
    const auto day = std::chrono::floor<std::chrono::days>(instant + period_.offset);
    if (day != day_) {
      day_ = day;
      date_ = Date{day};
    }
    return date_;
  }

 private:
  TimeZone zone_;
  TimeZone::Period period_{};  // empty
  std::chrono::sys_days day_{};
  Date date_{day_};
};

}  // namespace mlc::runtime
