#include "operations/night_plan.h"

#include <gtest/gtest.h>

#include "operations/pauses.h"
#include "operations/testing/hub_fixture.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

std::vector<std::string> texts(const std::vector<Instant>& instants) {
  std::vector<std::string> out;
  for (const Instant at : instants) out.push_back(format_instant(at).substr(0, 16));
  return out;
}

ConnectionPlan only(HubFixture& hub, Duration span) {
  return night_plan(*hub.hub, "us", span)->connections.at(0);
}

TEST(NightPlanTest, PollsFollowTheSchedule) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.add_discovery();
  hub.run();  // at 08:00Z
  EXPECT_EQ(texts(only(hub, std::chrono::hours(2)).polls),
            (std::vector<std::string>{"2026-10-02T08:45", "2026-10-02T09:30"}));

  auto& settings = hub.world->connections.front().settings;
  settings.schedule = *runtime::CronSchedule::parse("15 * * * *");
  EXPECT_EQ(texts(only(hub, std::chrono::hours(2)).polls),
            (std::vector<std::string>{"2026-10-02T08:45", "2026-10-02T09:15"}));
  ASSERT_TRUE(pause(*hub.hub, "us", ""));
  EXPECT_TRUE(only(hub, std::chrono::hours(2)).polls.empty());
}

TEST(NightPlanTest, QuietHoursAreStretchesOfTheNight) {
  HubFixture hub(flow::PostMode::kAuto);  // 08:00Z is 01:00 in Los Angeles
  auto& settings = hub.world->connections.front().settings;
  settings.quiet_hours = *runtime::QuietHours::parse({"22:00-02:00", "12:00-13:00"});
  std::vector<std::string> found;
  for (const auto& [from, to] : only(hub, std::chrono::hours(24)).quiet) {
    found.push_back(format_instant(from).substr(5, 11) + " " + format_instant(to).substr(5, 11));
  }
  EXPECT_EQ(found, (std::vector<std::string>{"10-02T08:00 10-02T09:00", "10-02T19:00 10-02T20:00",
                                             "10-03T05:00 10-03T09:00"}));
}

TEST(NightPlanTest, NamesWhatIsDownloadedApprovedAndReadAgain) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.source.contents = {sample_file(), sample_file("28471003922")};
  hub.add_discovery();
  ASSERT_TRUE(hub.engine->run_one());
  EXPECT_EQ(only(hub, std::chrono::hours(24)).to_download, 1U);
  hub.run();
  const auto plan = only(hub, std::chrono::hours(24));
  EXPECT_EQ(plan.to_download, 0U);
  ASSERT_EQ(plan.due.size(), 1U);
  EXPECT_EQ(plan.due[0].state, "posted");
  EXPECT_EQ(plan.due[0].count, 2U);
}

StreamView stream_of(const std::vector<int>& days) {
  StreamView out{"A1", "USD", {}};
  Instant at = *parse_instant("2026-09-01T00:00:00Z");
  for (std::size_t i = 0; i < days.size(); ++i) {
    StreamRow row;
    row.settlement_id = "s" + std::to_string(i);
    row.start = at;
    at += std::chrono::days(days[i]);
    row.end = at;
    out.rows.push_back(row);
  }
  return out;
}

struct Case {
  std::vector<int> days;  // lengths of the settlements from 1 September on
  const char* now;
  int days_ahead;
  std::vector<std::string> expected;
};

TEST(ExpectedInTest, FollowsTheUsualLength) {
  const std::vector<Case> table{
      {{}, "2026-09-15T00:00:00Z", 30, {}},
      {{14}, "2026-09-16T00:00:00Z", 13, {"2026-09-29"}},
      {{14}, "2026-09-16T00:00:00Z", 12, {}},
      {{14}, "2026-09-16T00:00:00Z", 30, {"2026-09-29", "2026-10-13"}},
      {{14, 3, 14}, "2026-10-02T00:00:00Z", 30, {"2026-10-16", "2026-10-30"}},
      {{1, 1, 1, 1, 1, 14}, "2026-09-20T00:00:00Z", 1, {"2026-09-21"}},
      {{14}, "2026-10-01T00:00:00Z", 1, {"2026-09-29"}},
      {{14}, "2026-10-01T00:00:01Z", 30, {"2026-09-29 late"}},
  };
  for (const auto& row : table) {
    const Instant now = *parse_instant(row.now);
    std::vector<std::string> found;
    for (const auto& one :
         expected_in(stream_of(row.days), now, now + std::chrono::days(row.days_ahead))) {
      found.push_back(format_date(utc_date(one.end)) + (one.late ? " late" : ""));
    }
    EXPECT_EQ(found, row.expected) << row.now;
  }
}

}  // namespace
}  // namespace mlc::operations
