#include "runtime/quiet_hours.h"

#include <gtest/gtest.h>

#include "runtime/errors.h"

namespace mlc::runtime {
namespace {

struct Case {
  std::vector<std::string> stretches;
  const char* zone;
  const char* at;
  const char* until;  // empty: not quiet
};

TEST(QuietHoursTest, EndsWhereTheWallClockLeavesTheStretch) {
  const char* berlin = "Europe/Berlin";  // UTC+1 in winter
  const std::vector<Case> table{
      {{}, berlin, "2026-11-27T23:00:00Z", ""},
      {{"22:00-06:00"}, berlin, "2026-11-27T20:59:59Z", ""},
      {{"22:00-06:00"}, berlin, "2026-11-27T21:00:00Z", "2026-11-28T05:00:00.000Z"},
      {{"22:00-06:00"}, berlin, "2026-11-28T04:59:59.999Z", "2026-11-28T05:00:00.000Z"},
      {{"22:00-06:00"}, berlin, "2026-11-28T05:00:00Z", ""},
      {{"12:00-13:30", "22:00-24:00"}, berlin, "2026-11-27T11:00:30Z", "2026-11-27T12:30:00.000Z"},
      {{"12:00-13:30", "22:00-24:00"}, berlin, "2026-11-27T22:30:00Z", "2026-11-27T23:00:00.000Z"},
      {{"22:00-24:00", "00:00-02:00"}, berlin, "2026-11-27T22:30:00Z", "2026-11-28T01:00:00.000Z"},
      // On 2026-03-29 02:00 +01:00 becomes 03:00 +02:00 (01:00Z): the hour between is left out.
      {{"01:30-02:30"}, berlin, "2026-03-29T00:30:00Z", "2026-03-29T01:00:00.000Z"},
      {{"01:30-04:00"}, berlin, "2026-03-29T00:30:00Z", "2026-03-29T02:00:00.000Z"},
      // On 2026-10-25 03:00 +02:00 becomes 02:00 +01:00 (01:00Z): the hour comes twice.
      {{"01:00-02:30"}, berlin, "2026-10-24T23:00:00Z", "2026-10-25T00:30:00.000Z"},
      {{"01:00-02:30"}, berlin, "2026-10-25T01:10:00Z", "2026-10-25T01:30:00.000Z"},
      {{"01:00-04:00"}, berlin, "2026-10-24T23:00:00Z", "2026-10-25T03:00:00.000Z"},
  };
  for (const auto& row : table) {
    const auto quiet = QuietHours::parse(row.stretches);
    ASSERT_TRUE(quiet);
    const auto until = quiet->quiet_until(*parse_instant(row.at), *TimeZone::find(row.zone));
    EXPECT_EQ(until ? format_instant(*until) : "", row.until) << row.at;
  }
}

TEST(QuietHoursTest, WhatIsNoStretchIsRefused) {
  for (const char* text : {"", "22:00", "22-6", "22:00-", "24:00-06:00", "22:00-24:30", "6:00-7:00",
                           "06:00-06:00", "00:00-24:00", "22:60-23:00", "22:00-06:00-07:00"}) {
    const auto quiet = QuietHours::parse({text});
    ASSERT_FALSE(quiet) << text;
    EXPECT_TRUE(quiet.error().is(kBadQuietHours));
  }
  EXPECT_FALSE(QuietHours::parse({"00:00-12:00", "12:00-24:00"})) << "nothing is left";
}

}  // namespace
}  // namespace mlc::runtime
