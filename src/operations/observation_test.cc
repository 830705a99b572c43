// The hub in numbers.
#include "operations/observation.h"

#include <gtest/gtest.h>
#include <tuple>

#include "flow/errors.h"
#include "operations/exceptions.h"
#include "operations/summary.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

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

// 100.00 first, then 110.00 as a difference of 10.00 to it; each stands in the books by itself.
struct TwoFiles {
  HubFixture fixture{flow::PostMode::kAuto};
  std::string first = fixture.import(sample_file(), "a.tsv");
  std::string second = fixture.import(testing::longer_file(), "b.tsv");

  void add_difference() {
    ASSERT_TRUE(resolve(*fixture.hub, second, "difference").has_value());
    fixture.run();
    ASSERT_EQ(fixture.state_of(second), "posted");
  }
  void reverse_file(const std::string& name) {
    ASSERT_TRUE(reverse(*fixture.hub, name, "01").has_value());
    fixture.run();
    ASSERT_EQ(fixture.state_of(name), "reversed");
  }
};

TEST(Observe, WhatADifferenceLacksIsNeitherPostedNorForgotten) {
  TwoFiles files;
  files.add_difference();
  const auto whole = observe(*files.fixture.hub);
  EXPECT_EQ(whole->totals.at(0).posted, "110.00");
  EXPECT_EQ(whole->needs_person, 0U);
  files.reverse_file(files.first);
  const auto seen = observe(*files.fixture.hub);
  EXPECT_EQ(seen->needs_person, 1U);
  EXPECT_EQ(exceptions(*files.fixture.hub)->size(), 1U);
  const auto& total = seen->totals.at(0);
  EXPECT_EQ(total.settlements, 1U);
  EXPECT_EQ(total.deposits, "110.00");
  EXPECT_EQ(total.posted, "10.00");
  EXPECT_EQ(total.reversed, "100.00");
  EXPECT_EQ(total.difference, "100.00");
  EXPECT_TRUE(total.excluded.empty());  // the first file is counted, with its difference
  const auto summary = summarize(*files.fixture.hub);
  EXPECT_EQ(summary->currencies.at(0).difference, total.difference);  // as the documents say
  EXPECT_EQ(summary->posted, 0U);
  EXPECT_EQ(summary->reversed, 1U);
}

TEST(Observe, WhatStandsBeforeAReversedDifferenceIsPosted) {
  TwoFiles files;
  files.add_difference();
  files.reverse_file(files.second);
  const auto seen = observe(*files.fixture.hub);
  EXPECT_EQ(seen->totals.at(0).posted, "100.00");
  EXPECT_EQ(seen->totals.at(0).reversed, "10.00");
  EXPECT_EQ(seen->needs_person, 0U);  // on purpose
  files.reverse_file(files.first);
  EXPECT_EQ(observe(*files.fixture.hub)->totals.at(0).reversed, "110.00");
  EXPECT_EQ(observe(*files.fixture.hub)->needs_person, 0U);
}

// As if the engine had found it so.
void find_so(HubFixture& fixture, const WorkId& id, const std::string& state, const Error& error,
             Instant due) {
  const auto transaction = *fixture.hub->store.begin();
  auto work = *transaction->work(fixture.hub->tenant, id);
  work.state = state;
  work.error = ports::to_stored(error);
  work.due_at = due;
  ASSERT_TRUE(transaction->save_work(work));
  ASSERT_TRUE(transaction->commit());
}

TEST(Observe, WhatExceptionsSayWaitsForAPerson_IsCounted) {
  HubFixture fixture(flow::PostMode::kAuto);
  const WorkId settlement(fixture.import(sample_file()));
  EXPECT_EQ(observe(*fixture.hub)->needs_person, 0U);
  const Instant tomorrow = fixture.clock.now() + std::chrono::hours(24);
  // A notice goes on every day, and somebody reversed the documents in SAP.
  for (const auto& [state, error, due] :
       {std::tuple("posted", Error(flow::kNumberRangeMissing, {}), tomorrow),
        std::tuple("reversed", Error(flow::kReversedInSap, {}), ports::kNever)}) {
    find_so(fixture, settlement, state, error, due);
    EXPECT_EQ(observe(*fixture.hub)->needs_person, 1U) << state;
    ASSERT_EQ(exceptions(*fixture.hub)->size(), 1U) << state;
    EXPECT_FALSE(exceptions(*fixture.hub)->at(0).goes_on_by_itself) << state;
  }
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
