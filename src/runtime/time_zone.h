// Civil dates in named time zones (IANA names, system tzdata).
#pragma once

#include <memory>
#include <string_view>

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

 private:
  struct Zone;
  explicit TimeZone(std::shared_ptr<const Zone> zone) : zone_(std::move(zone)) {}
  std::shared_ptr<const Zone> zone_;
};

}  // namespace mlc::runtime
