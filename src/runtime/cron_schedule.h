// Moments as crontab names them: "minute hour day-of-month month day-of-week".
//
// Sources: POSIX.1-2017, crontab (five fields, lists, ranges, and that a day counts when either of
// the two day fields names it, once both are restricted); Debian's crontab(5) for steps, names,
// Sunday as 7, and that a field which begins with `*` restricts nothing of that kind; Debian's
// cron(8) for what happens when clocks are set (see next_after).
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "runtime/time_zone.h"

namespace mlc::runtime {

// A value; thread-safe.
class CronSchedule {
 public:
  // Errors: runtime.bad_schedule, also for days that never come (31 February).
  [[nodiscard]] static Result<CronSchedule> parse(std::string_view text);

  // The first such moment later than `instant`, on the wall clocks of `zone`. Where clocks are set:
  // a schedule of every hour goes by the wall clock as it is, so that it runs in an hour that comes
  // twice both times, and has nothing to run in one that is left out. Any other runs what was left
  // out, once, at the moment the clocks are set forward, and what comes twice the first time only.
  [[nodiscard]] Instant next_after(Instant instant, const TimeZone& zone) const;

  [[nodiscard]] const std::string& text() const { return text_; }
  friend bool operator==(const CronSchedule& a, const CronSchedule& b) {
    return a.text_ == b.text_;
  }

 private:
  using Local = std::chrono::local_time<std::chrono::minutes>;
  CronSchedule() = default;
  [[nodiscard]] bool names_day(Date day) const;
  // The first named minute in [from, until); none within the longest wait there can be.
  [[nodiscard]] std::optional<Local> first_in(Local from, Local until) const;
  [[nodiscard]] std::optional<Instant> first_in_period(Instant from, const TimeZone::Period& period,
                                                       Duration offset_before) const;

  std::string text_;
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;     // 1 to 31
  std::bitset<13> months_;   // 1 to 12
  std::bitset<8> weekdays_;  // Sunday is 0
  bool either_day_ = false;  // both day fields are restricted
};

}  // namespace mlc::runtime
