#include "operations/hub_status.h"

#include <gtest/gtest.h>

#include "operations/pauses.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

constexpr ErrorKind kThrottled{"amazon.quota_wait",    "No call is left.", "Nothing to do.",
                               ExitCode::kUnavailable, Again::kLater,      Tried::kPutOff};

ConnectionStatus only(HubFixture& hub) { return hub_status(*hub.hub)->connections.at(0); }

TEST(HubStatusTest, SaysWhenAmazonAnsweredAndIsAskedNext) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.source.contents = {sample_file(), sample_file("28471003922")};
  hub.add_discovery();
  hub.run();
  const auto status = only(hub);
  ASSERT_TRUE(status.answer);
  EXPECT_EQ(status.answer->reports, 2U);
  EXPECT_EQ(status.answer->fresh, 2U);
  EXPECT_EQ(status.answer->ended_at, hub.clock.now());
  EXPECT_EQ(status.next_poll, hub.clock.now() + std::chrono::minutes(45));
  ASSERT_EQ(status.states.size(), 1U);
  EXPECT_EQ(status.states[0].state, "posted");
  EXPECT_EQ(status.states[0].settlements, 2U);
  EXPECT_EQ(status.why_nothing, "");

  hub.clock.advance(std::chrono::minutes(45));
  hub.run();
  EXPECT_EQ(only(hub).answer->reports, 2U);
  EXPECT_EQ(only(hub).answer->fresh, 0U);
}

TEST(HubStatusTest, ZeroSaysWhy) {
  HubFixture hub(flow::PostMode::kAuto);
  EXPECT_EQ(only(hub).why_nothing,
            "nothing was imported, and no Amazon side is configured or opened yet");
  hub.add_discovery();
  EXPECT_EQ(only(hub).why_nothing, "Amazon was not asked yet");
  hub.source.refuse = Error(kThrottled).with_wait(std::chrono::minutes(5));
  hub.run();
  EXPECT_EQ(only(hub).why_nothing, "Amazon has not answered yet: No call is left.");
  EXPECT_EQ(only(hub).poll_error->id, "amazon.quota_wait");
  hub.source.refuse.reset();
  hub.clock.advance(std::chrono::minutes(5));
  hub.run();
  EXPECT_TRUE(only(hub).why_nothing.starts_with("Amazon lists no settlement report"));
}

TEST(HubStatusTest, ShowsPauseQuietHoursAndWhatWaits) {
  HubFixture hub(flow::PostMode::kApprove);
  hub.import(sample_file());
  hub.world->connections.front().settings.quiet_hours =
      *runtime::QuietHours::parse({"00:00-02:00"});
  ASSERT_TRUE(pause(*hub.hub, "us", "year end"));
  const auto status = hub_status(*hub.hub);
  ASSERT_TRUE(status);
  EXPECT_EQ(status->awaiting_approval, 1U);
  EXPECT_EQ(status->connections[0].pause->reason, "year end");
  EXPECT_EQ(status->connections[0].quiet_until, hub.clock.now() + std::chrono::hours(1));
}

TEST(HubStatusTest, NamesTheLastErrorOfTheTrail) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.sap.refuse = Error(kThrottled);
  hub.import(sample_file());
  ASSERT_TRUE(hub.audit->sequence(TenantId("default")));
  const auto status = only(hub);
  ASSERT_TRUE(status.last_error);
  EXPECT_EQ(status.last_error->id, "amazon.quota_wait");
  EXPECT_TRUE(status.last_error->subject.starts_with("settlement us/import/"));
}

TEST(HubStatusTest, ARefusedReversalIsItsConnectionsLastError) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.import(sample_file());
  hub.sap.refuse_reversal = Error(kThrottled);
  ASSERT_TRUE(reverse(*hub.hub, "28471003921", "99"));
  hub.run();
  ASSERT_TRUE(hub.audit->sequence(TenantId("default")));
  const auto status = only(hub);
  ASSERT_TRUE(status.last_error);
  EXPECT_TRUE(status.last_error->subject.starts_with("reversal "));
}

TEST(HubStatusTest, ConnectionsAloneAreTheSameWithoutTheTrail) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.sap.refuse = Error(kThrottled);
  hub.import(sample_file());
  ASSERT_TRUE(hub.audit->sequence(TenantId("default")));
  const auto alone = connection_statuses(*hub.hub);
  ASSERT_TRUE(alone);
  EXPECT_FALSE(alone->at(0).last_error);
  EXPECT_EQ(alone->at(0).states.at(0).state, only(hub).states.at(0).state);
}

}  // namespace
}  // namespace mlc::operations
