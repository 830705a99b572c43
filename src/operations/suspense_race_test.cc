// What a person says of an amount on suspense, while another worker moves the same amount.
#include <gtest/gtest.h>

#include "flow/errors.h"
#include "flow/settlement_steps.h"
#include "flow/settlement_suspense.h"
#include "operations/settlement_view.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;

constexpr std::string_view kSaid = "moved, said cli:anna at 2026-10-02T01:00:00.000Z";

// The first file is posted with something on suspense; the second is to be a difference to it.
class SuspenseRace : public ::testing::Test {
 protected:
  void begin(flow::PostMode mode) {
    fixture_ = std::make_unique<HubFixture>(flow::PostMode::kAuto);
    first_ = WorkId(fixture_->import(testing::sample_file(), "a.tsv"));
    put_fact(flow::kSuspenseOpen);
    second_ = WorkId(fixture_->import(testing::longer_file(), "b.tsv"));
    fixture_->world->connections.front().settings.post_mode = mode;
    ASSERT_TRUE(resolve(*fixture_->hub, second_.str(), "difference").has_value());
  }
  void put_fact(std::string_view text) {
    const auto transaction = *fixture_->store->begin();
    ASSERT_TRUE(transaction->put_fact(fixture_->hub->tenant, flow::suspense_fact(first_),
                                      std::string(text)));
    ASSERT_TRUE(transaction->commit());
  }
  ports::WorkRecord work_of(const WorkId& work) {
    return find_named(*fixture_->hub, work.str())->work;
  }

  std::unique_ptr<HubFixture> fixture_;
  WorkId first_;
  WorkId second_;
};

TEST_F(SuspenseRace, SaidWhileSapIsAsked_TheDifferenceIsNotSent) {
  begin(flow::PostMode::kAuto);
  fixture_->sap.while_checked = [this] { put_fact(kSaid); };
  fixture_->run();
  EXPECT_EQ(fixture_->sap.books.size(), 1U);
  EXPECT_EQ(work_of(second_).state, "planned");
  ASSERT_TRUE(work_of(second_).error.has_value());
  EXPECT_EQ(work_of(second_).error->id, flow::kSuspenseMoved.id);
  fixture_->clock.advance(std::chrono::hours(1));
  fixture_->run();
  EXPECT_EQ(work_of(second_).state, "rejected");
  EXPECT_EQ(fixture_->sap.books.size(), 1U);
}

TEST_F(SuspenseRace, DifferenceSentBeforeTheWordIsKept_TheWordIsRefused) {
  begin(flow::PostMode::kApprove);
  fixture_->run();
  ASSERT_EQ(work_of(second_).state, "awaiting_approval");
  flow::StepInput input{*fixture_->world, work_of(first_), fixture_->clock.now()};
  input.work.request = ports::Request{"resolve", "cleared", "cli:anna", input.now};
  const auto decision = flow::resolve_posted_verb(input);
  ASSERT_TRUE(decision.has_value() && decision->writes);

  ASSERT_TRUE(approve(*fixture_->hub, second_.str(), "").has_value());
  fixture_->run();
  ASSERT_EQ(work_of(second_).state, "posted");
  const auto transaction = *fixture_->store->begin();
  const Status kept = decision->writes(*transaction);
  ASSERT_FALSE(kept.has_value());
  EXPECT_TRUE(kept.error().is(flow::kNotOnSuspense));
}

}  // namespace
}  // namespace mlc::operations
