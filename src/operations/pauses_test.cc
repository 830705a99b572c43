// A connection that rests: what waits, what goes on, and how it begins again.
#include "operations/pauses.h"

#include <gtest/gtest.h>

#include "operations/exceptions.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

constexpr const char* kId = "28471003921";

ports::WorkRecord work_of(HubFixture& hub, const std::string& name) {
  return find_named(*hub.hub, name)->work;
}

// What the executor beside SAP journals before it sends.
void note_sent(HubFixture& hub, const ports::WorkRecord& work) {
  const auto transaction = *hub.store->begin();
  const auto intent = *transaction->latest_intent(work.tenant, work.id);
  ASSERT_TRUE(intent);
  ASSERT_TRUE(transaction->add_journal(
      work.tenant, {intent->unit, ports::JournalStep::kPostSent, hub.clock.now(), ""}));
  ASSERT_TRUE(transaction->commit());
}

std::vector<std::string> trail_of(HubFixture& hub, const std::string& subject) {
  std::vector<std::string> out;
  const auto history = hub.audit->history(TenantId("default"), subject);
  for (const auto& entry : *history) {
    std::string line = entry.actor + " " + entry.action;
    for (const Fact& fact : entry.facts) line += " " + fact.name + "=" + fact.value;
    out.push_back(std::move(line));
  }
  return out;
}

TEST(PauseTest, NothingIsPostedUntilResumed) {
  HubFixture hub(flow::PostMode::kAuto);
  ASSERT_TRUE(pause(*hub.hub, "us", "SAP is upgraded"));
  hub.import(sample_file());
  EXPECT_EQ(hub.state_of(kId), "deferred");
  EXPECT_TRUE(hub.sap.books.empty());
  EXPECT_EQ(work_of(hub, kId).error->text,
            "Connection us is paused since 2026-10-02T08:00:00.000Z by cli:anna: SAP is upgraded");

  hub.clock.advance(std::chrono::hours(30));
  hub.run();
  EXPECT_TRUE(hub.sap.books.empty()) << "however often it is looked at";

  const auto resumed = resume(*hub.hub, "", "done");
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->front().asked_again, 1U);
  hub.run();
  EXPECT_EQ(hub.state_of(kId), "posted");
  EXPECT_EQ(trail_of(hub, "connection us"),
            (std::vector<std::string>{"cli:anna paused reason=SAP is upgraded",
                                      "cli:anna resumed reason=done paused_by=cli:anna "
                                      "paused_at=2026-10-02T08:00:00.000Z asked_again=1"}));
}

TEST(PauseTest, IsOneExceptionThatOnlyAPersonEnds) {
  HubFixture hub(flow::PostMode::kAuto);
  ASSERT_TRUE(pause(*hub.hub, "us", ""));
  hub.import(sample_file());
  hub.import(sample_file("28471003922"));
  const auto rows = exceptions(*hub.hub);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().error_id, "flow.connection_paused");
  EXPECT_EQ(rows->front().amount, "200.00");
  EXPECT_EQ(rows->front().next, std::vector<std::string>{"resume us"});
  EXPECT_FALSE(rows->front().goes_on_by_itself);
}

TEST(PauseTest, AmazonIsNotAskedUntilResumed) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.source.contents = {sample_file()};
  hub.add_discovery();
  ASSERT_TRUE(pause(*hub.hub, "us", "year end"));
  hub.run();
  hub.clock.advance(std::chrono::hours(3));
  hub.run();
  EXPECT_EQ(hub.source.listings, 0U);
  ASSERT_TRUE(resume(*hub.hub, "us", ""));
  hub.run();
  EXPECT_EQ(hub.state_of(kId), "posted");
}

TEST(PauseTest, WhatWasFoundIsNotDownloaded) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.source.contents = {sample_file()};
  hub.add_discovery();
  ASSERT_TRUE(hub.engine->run_one());  // the listing
  ASSERT_TRUE(pause(*hub.hub, "us", "year end"));
  hub.run();
  EXPECT_EQ(hub.source.downloads, 0U);
  const auto resumed = resume(*hub.hub, "us", "");
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->front().asked_again, 1U);
  hub.run();
  EXPECT_EQ(hub.state_of(kId), "posted");
}

TEST(PauseTest, WhatIsInDoubtIsReadOn) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.sap.lose_answers = true;
  hub.import(sample_file());
  ASSERT_EQ(hub.state_of(kId), "in_doubt");
  note_sent(hub, work_of(hub, kId));
  ASSERT_TRUE(pause(*hub.hub, "us", "SAP is upgraded"));
  hub.clock.advance(std::chrono::hours(2));
  hub.run();
  EXPECT_EQ(hub.state_of(kId), "posted");
}

TEST(PauseTest, ReversalsWait) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.import(sample_file());
  ASSERT_TRUE(pause(*hub.hub, "us", "year end"));
  ASSERT_TRUE(reverse(*hub.hub, kId, "01"));
  hub.run();
  EXPECT_FALSE(hub.sap.books.front().reversed_by);
  ASSERT_TRUE(resume(*hub.hub, "us", ""));
  hub.run();
  EXPECT_TRUE(hub.sap.books.front().reversed_by);
  EXPECT_EQ(hub.state_of(kId), "reversed");
}

TEST(PauseTest, TheLaterReasonCounts_AndResumingTwiceChangesNothing) {
  HubFixture hub(flow::PostMode::kAuto);
  ASSERT_TRUE(pause(*hub.hub, "us", "first"));
  const auto second = pause(*hub.hub, "us", "second");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->front().before->reason, "first");
  EXPECT_EQ(list_pauses(*hub.hub)->front().reason, "second");
  ASSERT_TRUE(resume(*hub.hub, "us", ""));
  const auto again = resume(*hub.hub, "us", "");
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->front().before);
  EXPECT_EQ(trail_of(hub, "connection us").size(), 3U);
}

TEST(PauseTest, UnknownConnectionIsRefusedByName) {
  HubFixture hub(flow::PostMode::kAuto);
  const auto refused = pause(*hub.hub, "uk", "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text(), "There is no connection 'uk'.");
}

TEST(QuietHoursTest, PostsAndReversalsWaitForTheirEnd) {
  HubFixture hub(flow::PostMode::kAuto);  // 08:00Z is 01:00 in Los Angeles
  auto& settings = hub.world->connections.front().settings;
  settings.quiet_hours = *runtime::QuietHours::parse({"22:00-02:30"});
  hub.import(sample_file());
  EXPECT_EQ(hub.state_of(kId), "deferred");
  const auto waiting = work_of(hub, kId);
  EXPECT_EQ(waiting.error->text,
            "Connection us sends nothing to SAP before 2026-10-02T09:30:00.000Z.");
  EXPECT_EQ(format_instant(waiting.due_at), "2026-10-02T09:30:00.000Z");
  EXPECT_TRUE(hub.sap.books.empty());
  EXPECT_TRUE(exceptions(*hub.hub)->front().goes_on_by_itself);

  hub.clock.set(*parse_instant("2026-10-02T09:30:00Z"));
  hub.run();
  EXPECT_EQ(hub.state_of(kId), "posted");

  hub.clock.set(*parse_instant("2026-10-03T06:00:00Z"));
  ASSERT_TRUE(reverse(*hub.hub, kId, "01"));
  hub.run();
  EXPECT_FALSE(hub.sap.books.front().reversed_by);
  hub.clock.set(*parse_instant("2026-10-03T09:30:00Z"));
  hub.run();
  EXPECT_TRUE(hub.sap.books.front().reversed_by);
}

TEST(ScheduleTest, AmazonIsAskedWhenTheScheduleSays) {
  HubFixture hub(flow::PostMode::kAuto);
  auto& settings = hub.world->connections.front().settings;
  settings.schedule = *runtime::CronSchedule::parse("30 6 * * *");
  settings.schedule_zone = *runtime::TimeZone::find("Europe/Berlin");
  hub.add_discovery();
  hub.run();
  EXPECT_EQ(hub.source.listings, 1U);
  EXPECT_EQ(format_instant(work_of(hub, "discovery-us").due_at), "2026-10-03T04:30:00.000Z");
}

}  // namespace
}  // namespace mlc::operations
