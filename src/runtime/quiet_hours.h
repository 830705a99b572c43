// Times of the day in which something is left alone, on the wall clocks of a time zone.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "runtime/time_zone.h"

namespace mlc::runtime {

// A value; thread-safe. Empty: never quiet.
class QuietHours {
 public:
  QuietHours() = default;
  // Stretches such as "22:00-06:00" (over midnight) or "12:00-24:00"; the end is no longer quiet.
  // Errors: runtime.bad_quiet_hours, also when nothing of the day is left.
  [[nodiscard]] static Result<QuietHours> parse(const std::vector<std::string>& stretches);

  [[nodiscard]] bool empty() const { return minutes_.none(); }
  // When it ends, if `instant` is quiet: the first moment whose wall clock is outside. A stretch
  // over an hour that is left out is shorter by it, one over an hour that comes twice is longer.
  [[nodiscard]] std::optional<Instant> quiet_until(Instant instant, const TimeZone& zone) const;

 private:
  static constexpr std::size_t kDay = 24 * 60;
  [[nodiscard]] bool quiet_at(Instant instant, Duration offset) const;
  std::bitset<kDay> minutes_;
};

}  // namespace mlc::runtime
