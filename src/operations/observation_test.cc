// The hub in numbers.
#include "operations/observation.h"

#include <gtest/gtest.h>

#include "operations/testing/hub_fixture.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

TEST(Observe, CountsWhatThereIs) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  fixture.import(sample_file("28471003922"));
  fixture.use_rules({});  // none of the file's rows has a rule any more
  fixture.import(sample_file("28471003923"));
  const auto seen = observe(*fixture.hub);
  ASSERT_TRUE(seen) << seen.error().explain();
  std::uint64_t settlements = 0;
  for (const auto& count : seen->connections.at(0).states) settlements += count.settlements;
  EXPECT_EQ(settlements, 3U);
  EXPECT_EQ(seen->needs_person, 1U);
  EXPECT_EQ(seen->in_doubt, 0U);
  EXPECT_TRUE(seen->refused.empty());
  ASSERT_EQ(seen->totals.size(), 1U);
  EXPECT_EQ(seen->totals[0].posted, "200.00");
  EXPECT_EQ(seen->totals[0].waiting, "100.00");
}

TEST(Observe, DueWorkIsAsOldAsItsDueTime) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  EXPECT_EQ(observe(*fixture.hub)->oldest_due, std::nullopt);
  fixture.clock.advance(std::chrono::hours(25));  // posted documents are read again every day
  const auto seen = observe(*fixture.hub);
  ASSERT_TRUE(seen->oldest_due);
  EXPECT_LT(*seen->oldest_due, fixture.clock.now());
}

TEST(Observe, AmazonsRefusalIsSeen) {
  HubFixture fixture(flow::PostMode::kAuto);
  ports::WorkRecord work;
  work.tenant = fixture.hub->tenant;
  work.id = WorkId("discovery-us");
  work.kind = "discovery";
  work.subject = "us";
  work.state = "refused";
  work.due_at = ports::kNever;
  const auto transaction = *fixture.hub->store.begin();
  ASSERT_TRUE(transaction->add_work(work));
  ASSERT_TRUE(transaction->commit());
  const auto seen = observe(*fixture.hub);
  EXPECT_EQ(seen->refused, std::set<ConnectionId>{ConnectionId("us")});
  EXPECT_EQ(seen->needs_person, 1U);
}

}  // namespace
}  // namespace mlc::operations
