// A fault of one settlement, or a refused verb, stops nothing else and forgets nothing.
#include <gtest/gtest.h>

#include "ledger/errors.h"
#include "operations/settlement_view.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

ports::WorkRecord work_of(HubFixture& fixture, const std::string& name) {
  const auto named = find_named(*fixture.hub, name);
  EXPECT_TRUE(named.has_value());
  return named->work;
}

std::string manifest_of(HubFixture& fixture, const std::string& name) {
  const WorkId work = work_of(fixture, name).id;
  const auto transaction = fixture.store->begin();
  return (*transaction)->manifest(fixture.hub->tenant, work, 'A')->value();
}

void put_manifest(HubFixture& fixture, const std::string& name, const std::string& text) {
  const WorkId work = work_of(fixture, name).id;
  const auto transaction = fixture.store->begin();
  ASSERT_TRUE((*transaction)->put_manifest(fixture.hub->tenant, work, 'A', text));
  ASSERT_TRUE((*transaction)->commit());
}

TEST(Engine, OneManifestUnreadable_ThatSettlementWaitsAndTheOthersArePosted) {
  HubFixture fixture(flow::PostMode::kApprove);
  fixture.import(sample_file("111"), "a.tsv");
  fixture.import(sample_file("222"), "b.tsv");
  const std::string good = manifest_of(fixture, "111");
  put_manifest(fixture, "111", "rubbish");
  ASSERT_TRUE(approve(*fixture.hub, "111", "").has_value());
  ASSERT_TRUE(approve(*fixture.hub, "222", "").has_value());
  ASSERT_TRUE(fixture.engine->run_until_idle().has_value());

  EXPECT_EQ(fixture.state_of("222"), "posted");
  EXPECT_EQ(fixture.state_of("111"), "planned");
  ASSERT_TRUE(work_of(fixture, "111").error.has_value());
  EXPECT_EQ(work_of(fixture, "111").error->id, ledger::kBadManifest.id);
  EXPECT_EQ(work_of(fixture, "111").attempts, 1U);

  put_manifest(fixture, "111", good);
  fixture.clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(fixture.engine->run_until_idle().has_value());
  EXPECT_EQ(fixture.state_of("111"), "posted");
}

TEST(Engine, VerbRefused_StateKeepsItsErrorAndWhoAskedIsTold) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.sap.refuse = Error(ledger::kBadManifest);
  fixture.import(sample_file());
  const auto before = work_of(fixture, "28471003921");
  ASSERT_EQ(before.state, "rejected");
  ASSERT_TRUE(before.error.has_value());

  auto transaction = fixture.store->begin();
  ASSERT_TRUE((*transaction)
                  ->request_work(fixture.hub->tenant, before.id,
                                 {"approve", "", "anna", fixture.clock.now()}));
  ASSERT_TRUE((*transaction)->commit());
  transaction->reset();
  ASSERT_TRUE(fixture.engine->run_until_idle().has_value());
  const auto refused = work_of(fixture, "28471003921");
  EXPECT_EQ(refused.state, "rejected");
  EXPECT_EQ(refused.error, before.error);
  ASSERT_TRUE(refused.refusal.has_value());
  EXPECT_EQ(refused.refusal->id, "flow.wrong_state");

  fixture.sap.refuse.reset();
  ASSERT_TRUE(retry(*fixture.hub, "28471003921").has_value());
  ASSERT_TRUE(fixture.engine->run_until_idle().has_value());
  EXPECT_EQ(fixture.state_of("28471003921"), "posted");
  EXPECT_FALSE(work_of(fixture, "28471003921").refusal.has_value());
}

}  // namespace
}  // namespace mlc::operations
