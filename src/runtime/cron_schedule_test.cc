#include "runtime/cron_schedule.h"

#include <gtest/gtest.h>

#include "runtime/errors.h"

namespace mlc::runtime {
namespace {

struct Next {
  const char* text;
  const char* zone;
  const char* after;
  std::vector<const char*> then;  // one after the other
};

void expect_next(const Next& row) {
  SCOPED_TRACE(std::string(row.text) + " in " + row.zone + " after " + row.after);
  const auto schedule = CronSchedule::parse(row.text);
  ASSERT_TRUE(schedule) << schedule.error().text();
  const auto zone = TimeZone::find(row.zone);
  ASSERT_TRUE(zone);
  Instant at = *parse_instant(row.after);
  for (const char* const wanted : row.then) {
    at = schedule->next_after(at, *zone);
    EXPECT_EQ(format_instant(at), std::string(wanted) + ":00.000Z");
  }
}

TEST(CronScheduleTest, FieldsNamesRangesAndSteps) {
  const char* utc = "Etc/UTC";
  const std::vector<Next> table{
      {"0 6 * * *", utc, "2026-11-27T05:59:59Z", {"2026-11-27T06:00", "2026-11-28T06:00"}},
      {"0 6 * * *", utc, "2026-11-27T06:00:00Z", {"2026-11-28T06:00"}},
      {"*/20 * * * *", utc, "2026-11-27T23:45:00Z", {"2026-11-28T00:00", "2026-11-28T00:20"}},
      {"5-59/25 1 * * *",
       utc,
       "2026-11-27T00:00:00Z",
       {"2026-11-27T01:05", "2026-11-27T01:30", "2026-11-27T01:55", "2026-11-28T01:05"}},
      {"0 22-23,0-1 * * *",
       utc,
       "2026-11-27T22:30:00Z",
       {"2026-11-27T23:00", "2026-11-28T00:00", "2026-11-28T01:00", "2026-11-28T22:00"}},
      // 27 November 2026 is a Friday.
      {"0 6 * * Mon-Fri", utc, "2026-11-27T07:00:00Z", {"2026-11-30T06:00"}},
      {"0 6 * * 0", utc, "2026-11-27T07:00:00Z", {"2026-11-29T06:00"}},
      {"0 6 * * 7", utc, "2026-11-27T07:00:00Z", {"2026-11-29T06:00"}},
      {"0 6 * * 5-7", utc, "2026-11-27T07:00:00Z", {"2026-11-28T06:00", "2026-11-29T06:00"}},
      {"0 0 1 jan,JUL *", utc, "2026-11-27T07:00:00Z", {"2027-01-01T00:00", "2027-07-01T00:00"}},
      {"0 0 29 2 *", utc, "2026-11-27T07:00:00Z", {"2028-02-29T00:00", "2032-02-29T00:00"}},
      {"0 0 31 * *", utc, "2026-11-27T07:00:00Z", {"2026-12-31T00:00", "2027-01-31T00:00"}},
  };
  for (const auto& row : table) expect_next(row);
}

// POSIX: once both are restricted, a day counts when either names it.
TEST(CronScheduleTest, DayOfMonthOrDayOfWeek) {
  const char* utc = "Etc/UTC";
  const std::vector<Next> table{
      {"0 0 13 * fri",
       utc,
       "2026-11-01T00:00:00Z",
       {"2026-11-06T00:00", "2026-11-13T00:00", "2026-11-20T00:00", "2026-11-27T00:00",
        "2026-12-04T00:00", "2026-12-11T00:00", "2026-12-13T00:00"}},
      // A field that begins with `*` restricts nothing by itself: both must name the day.
      {"0 0 */2 * fri",
       utc,
       "2026-11-01T00:00:00Z",
       {"2026-11-13T00:00", "2026-11-27T00:00", "2026-12-11T00:00"}},
      {"0 0 13 * */1", utc, "2026-11-01T00:00:00Z", {"2026-11-13T00:00", "2026-12-13T00:00"}},
  };
  for (const auto& row : table) expect_next(row);
}

// Los Angeles: on 2026-03-08 01:59 PST is followed by 03:00 PDT (10:00Z), on 2026-11-01 01:59 PDT
// by 01:00 PST (09:00Z).
TEST(CronScheduleTest, WhereClocksAreSet) {
  const char* la = "America/Los_Angeles";
  const std::vector<Next> table{
      // Left out: run once, when the clocks are set forward, however many minutes are left out.
      {"30 2 * * *", la, "2026-03-08T00:00:00Z", {"2026-03-08T10:00", "2026-03-09T09:30"}},
      {"0,30 2 * * *",
       la,
       "2026-03-08T00:00:00Z",
       {"2026-03-08T10:00", "2026-03-09T09:00", "2026-03-09T09:30"}},
      {"0 3 * * *", la, "2026-03-08T00:00:00Z", {"2026-03-08T10:00", "2026-03-09T10:00"}},
      {"0 2-3 * * *", la, "2026-03-08T00:00:00Z", {"2026-03-08T10:00", "2026-03-09T09:00"}},
      // Twice: the first time only.
      {"30 1 * * *", la, "2026-11-01T00:00:00Z", {"2026-11-01T08:30", "2026-11-02T09:30"}},
      {"0 1,2 * * *",
       la,
       "2026-11-01T00:00:00Z",
       {"2026-11-01T08:00", "2026-11-01T10:00", "2026-11-02T09:00"}},
      {"30 1 * * *", la, "2026-11-01T09:10:00Z", {"2026-11-02T09:30"}},
      // Of every hour: as the wall clock goes.
      {"30 * * * *", la, "2026-03-08T09:00:00Z", {"2026-03-08T09:30", "2026-03-08T10:30"}},
      {"30 * * * *",
       la,
       "2026-11-01T08:00:00Z",
       {"2026-11-01T08:30", "2026-11-01T09:30", "2026-11-01T10:30"}},
      // A zone half an hour beside the others, with half an hour of daylight saving: on 2026-10-04
      // 01:59 +10:30 is followed by 02:30 +11:00 (15:30Z the day before).
      {"15 2 * * *",
       "Australia/Lord_Howe",
       "2026-10-03T00:00:00Z",
       {"2026-10-03T15:30", "2026-10-04T15:15"}},
  };
  for (const auto& row : table) expect_next(row);
}

struct Refusal {
  const char* text;
  const char* detail;
};

TEST(CronScheduleTest, RefusalsSayWhatIsWrong) {
  const std::vector<Refusal> table{
      {"", "it has 0 fields; five are needed: minute, hour, day of month, month, day of week"},
      {"0 6 * *",
       "it has 4 fields; five are needed: minute, hour, day of month, month, day of week"},
      {"60 6 * * *", "minute is 0 to 59, not '60'"},
      {"0 24 * * *", "hour is 0 to 23, not '24'"},
      {"0 6 0 * *", "day of month is 1 to 31, not '0'"},
      {"0 6 * 13 *", "month is 1 to 12, not '13'"},
      {"0 6 * * 8", "day of week is 0 to 7, not '8'"},
      {"0 6 * * fry", "'fry' is not understood; day of week is 0 to 7"},
      {"0 -6 * * *", "'-6' is not understood; hour is 0 to 23"},
      {"0 22-5 * * *", "'22-5' runs backwards; write it as two ranges with a comma between"},
      {"0 6/2 * * *", "'6/2': a step such as /15 follows `*` or a range"},
      {"*/0 * * * *", "'*/0': a step such as /15 follows `*` or a range"},
      {"0 6, * * *", "'6,' names nothing beside a comma"},
      {"0 6,,7 * * *", "'6,,7' names nothing beside a comma"},
      {"0 0 31 2 *", "no day is ever like that"},
      {"0 0 30 feb,2 *", "no day is ever like that"},
  };
  for (const auto& row : table) {
    const auto schedule = CronSchedule::parse(row.text);
    ASSERT_FALSE(schedule) << row.text;
    EXPECT_TRUE(schedule.error().is(kBadSchedule));
    EXPECT_EQ(schedule.error().fact("detail"), row.detail);
  }
}

TEST(CronScheduleTest, AStepBeyondTheRangeNamesTheFirstValueOnly) {
  const auto zone = TimeZone::find("UTC").value();
  const auto schedule = CronSchedule::parse("7-59/2147483647 * * * *");
  ASSERT_TRUE(schedule);
  EXPECT_EQ(format_instant(schedule->next_after(*parse_instant("2026-01-01T00:07:00Z"), zone)),
            "2026-01-01T01:07:00.000Z");
}

TEST(CronScheduleTest, TextIsWrittenWithSingleBlanks) {
  EXPECT_EQ(CronSchedule::parse("  0  6\t* * *")->text(), "0 6 * * *");
}

}  // namespace
}  // namespace mlc::runtime
