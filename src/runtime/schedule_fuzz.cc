// Schedules and quiet hours as people write them: a refusal says what it refuses; what is accepted
// reads the same when it is written again, comes later than now, and never in an hour that is not
// named.
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "runtime/cron_schedule.h"
#include "runtime/errors.h"
#include "runtime/quiet_hours.h"
#include "runtime/time_zone.h"

namespace mlc::runtime {
namespace {

const std::vector<TimeZone>& zones() {
  static const std::vector<TimeZone> all = [] {
    std::vector<TimeZone> out;
    for (const auto* name : {"UTC", "America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe",
                             "Asia/Kolkata", "Africa/Casablanca"}) {
      auto zone = TimeZone::find(name);
      MLC_EXPECT(zone.has_value());
      out.push_back(std::move(*zone));
    }
    return out;
  }();
  return all;
}

void check_schedule(std::string_view text, Instant now, const TimeZone& zone) {
  const auto schedule = CronSchedule::parse(text);
  if (!schedule) {
    MLC_EXPECT(schedule.error().is(kBadSchedule) && schedule.error().fact("text") == text);
    fuzzing::expect_named(schedule.error());
    return;
  }
  const auto again = CronSchedule::parse(schedule->text());
  MLC_EXPECT(again.has_value() && *again == *schedule);
  const Instant next = schedule->next_after(now, zone);
  MLC_EXPECT(next > now && next == again->next_after(now, zone));
  MLC_EXPECT(next <= now + std::chrono::days(41 * 366 + 1));
  // Nothing lies between: asked a moment earlier, the answer is the same.
  MLC_EXPECT(schedule->next_after(next - Duration(1), zone) == next);
  MLC_EXPECT(schedule->next_after(next, zone) > next);
}

void check_quiet(const std::vector<std::string>& stretches, Instant now, const TimeZone& zone) {
  const auto quiet = QuietHours::parse(stretches);
  if (!quiet) {
    MLC_EXPECT(quiet.error().is(kBadQuietHours));
    fuzzing::expect_named(quiet.error());
    return;
  }
  MLC_EXPECT(quiet->empty() == stretches.empty());
  const auto end = quiet->quiet_until(now, zone);
  if (!end) return;
  MLC_EXPECT(!quiet->empty() && *end > now && *end <= now + std::chrono::hours(50));
  MLC_EXPECT(!quiet->quiet_until(*end, zone));
}

}  // namespace
}  // namespace mlc::runtime

// Two bytes of now (in steps of seven hours), one of the zone, then lines: the schedule, and
// stretches that are quiet.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  const mlc::Instant now = *mlc::parse_instant("1999-12-31T23:30:17.123Z") +
                           std::chrono::hours(7) * static_cast<int>(input.number());
  const auto& zones = mlc::runtime::zones();
  const auto& zone = zones[input.byte() % zones.size()];
  mlc::runtime::check_schedule(input.line(), now, zone);
  std::vector<std::string> stretches;
  while (!input.empty() && stretches.size() < 8) stretches.emplace_back(input.line());
  mlc::runtime::check_quiet(stretches, now, zone);
  return 0;
}
