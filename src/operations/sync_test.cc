#include "operations/sync.h"

#include <gtest/gtest.h>

#include "operations/pauses.h"
#include "operations/testing/hub_fixture.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

constexpr ErrorKind kThrottled{"amazon.quota_wait",    "No call is left.", "Nothing to do.",
                               ExitCode::kUnavailable, Again::kLater,      Tried::kPutOff};

constexpr ErrorKind kDenied{"amazon.denied", "A role is missing.", "Grant it."};

SyncResult synced(HubFixture& hub) {
  hub.clock.advance(std::chrono::minutes(1));
  const Instant since = hub.clock.now();
  const auto asked = ask_amazon(*hub.hub, "us");
  EXPECT_TRUE(asked);
  hub.run();
  return sync_results(*hub.hub, *asked, since)->at(0);
}

TEST(SyncTest, SaysWhatWasFoundOrWhyNothing) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.add_discovery();
  hub.run();
  EXPECT_TRUE(synced(hub).words.starts_with("Amazon lists no settlement report"));

  hub.source.contents = {sample_file()};
  EXPECT_EQ(synced(hub).words, "Amazon lists 1 settlement report, 1 new");
  EXPECT_EQ(hub.state_of("28471003921"), "posted");

  const auto again = synced(hub);
  EXPECT_TRUE(again.answered);
  EXPECT_TRUE(again.words.starts_with("Amazon lists 1 settlement report, all known already; the"));

  hub.source.refuse = Error(kThrottled).with_wait(std::chrono::minutes(5));
  const auto refused = synced(hub);
  EXPECT_FALSE(refused.answered);
  EXPECT_EQ(refused.words, "not answered: No call is left.");
  EXPECT_EQ(refused.next_poll, hub.clock.now() + std::chrono::minutes(5));
}

TEST(SyncTest, WhatAmazonRefusedStaysRefusedWhileCallsArePutOff) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.add_discovery();
  const auto work = [&hub] {
    return (*hub.store->begin())->list_work(TenantId("default"), "discovery").value().front();
  };
  hub.source.refuse = Error(kDenied);
  hub.run();
  ASSERT_EQ(work().state, "refused");
  hub.source.refuse = Error(kThrottled).with_wait(std::chrono::minutes(5));
  EXPECT_FALSE(synced(hub).answered);
  hub.clock.set(work().due_at);
  hub.run();
  EXPECT_EQ(work().state, "refused");
  ASSERT_TRUE(work().error);
  EXPECT_EQ(work().error->id, "amazon.denied");

  hub.source.refuse.reset();
  EXPECT_TRUE(synced(hub).answered);
  EXPECT_EQ(work().state, "polling");
  EXPECT_FALSE(work().error);
}

TEST(SyncTest, TheTrailSaysWhoAsked) {
  HubFixture hub(flow::PostMode::kAuto);
  hub.add_discovery();
  ASSERT_TRUE(ask_amazon(*hub.hub, ""));
  const auto trail = hub.audit->history(hub.hub->tenant, "discovery us");
  ASSERT_TRUE(trail);
  ASSERT_EQ(trail->size(), 1U);
  EXPECT_EQ(trail->front().action, "asked");
  EXPECT_EQ(trail->front().actor, hub.hub->actor);
}

TEST(SyncTest, WhatCannotBeAskedIsRefusedByName) {
  HubFixture hub(flow::PostMode::kAuto);
  EXPECT_EQ(ask_amazon(*hub.hub, "us").error().id(), "flow.no_report_source");
  EXPECT_TRUE(ask_amazon(*hub.hub, "")->empty());
  hub.add_discovery();
  ASSERT_TRUE(pause(*hub.hub, "us", "year end"));
  EXPECT_EQ(ask_amazon(*hub.hub, "us").error().id(), "flow.connection_paused");
  EXPECT_TRUE(ask_amazon(*hub.hub, "")->empty());
}

}  // namespace
}  // namespace mlc::operations
