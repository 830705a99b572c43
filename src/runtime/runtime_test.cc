#include <gtest/gtest.h>

#include "runtime/clock.h"
#include "runtime/errors.h"
#include "runtime/time_zone.h"

namespace mlc::runtime {
namespace {

TEST(ManualClockTest, MovesOnlyWhenTold) {
  ManualClock clock(*parse_instant("2026-01-01T00:00:00Z"));
  clock.advance(std::chrono::seconds(5));
  EXPECT_EQ(format_instant(clock.now()), "2026-01-01T00:00:05.000Z");
}

TEST(RandomTest, SameSeedSameNumbers) {
  const auto a = seeded_random(7);
  const auto b = seeded_random(7);
  const auto c = seeded_random(8);
  const auto first = a->next();
  EXPECT_EQ(first, b->next());
  EXPECT_NE(first, c->next());
  for (int i = 0; i < 1000; ++i) EXPECT_LT(a->below(10), 10U);
}

TEST(TimeZoneTest, LocalDateFollowsDaylightSaving) {
  const auto zone = TimeZone::find("America/Los_Angeles");
  ASSERT_TRUE(zone);
  EXPECT_EQ(format_date(zone->local_date(*parse_instant("2026-07-01T06:59:59Z"))), "2026-06-30");
  EXPECT_EQ(format_date(zone->local_date(*parse_instant("2026-01-01T07:59:59Z"))), "2025-12-31");
  EXPECT_EQ(format_date(zone->local_date(*parse_instant("2026-07-01T07:00:00Z"))), "2026-07-01");
}

TEST(TimeZoneTest, UnknownNameIsRefused) {
  const auto zone = TimeZone::find("Mars/Olympus");
  ASSERT_FALSE(zone);
  EXPECT_TRUE(zone.error().is(kUnknownTimeZone));
}

}  // namespace
}  // namespace mlc::runtime
