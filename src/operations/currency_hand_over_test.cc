// One selling account is paid in several currencies; each goes to the connection that names it.
#include <gtest/gtest.h>

#include "flow/errors.h"
#include "operations/hub_status.h"
#include "operations/settlement_view.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;

constexpr const char* kCanadian =
    "type\tamount type\tdescription\tmarketplace\tamount\n"
    "total\t777\t90.00\tCAD\n"
    "Order\tItemPrice\tPrincipal\tamazon.ca\t100.00\n"
    "Order\tItemFees\tCommission\tamazon.ca\t-10.00\n";

// The fixture's connection "us" takes USD; this one is of the same seller.
flow::Connection canadian(const HubFixture& fixture) {
  flow::Connection out = fixture.world->connections.front().settings;
  out.id = ConnectionId("ca");
  out.currencies = {"CAD"};
  out.company_code = "CA01";
  out.company_codes = {"CA01"};
  out.receivable_account = "150000";
  return out;
}

TEST(OtherCurrency, ConnectionOfTheSameSellerNamesIt_IsPostedByThatOne) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.world->connections.push_back({canadian(fixture), nullptr, &fixture.sap});
  fixture.import(kCanadian, "ca.tsv", "us");

  EXPECT_EQ(fixture.state_of("777"), "posted");
  ASSERT_EQ(fixture.sap.books.size(), 1U);
  EXPECT_EQ(fixture.sap.books[0].number.company_code, "CA01");
  EXPECT_EQ(fixture.sap.books[0].currency.code(), "CAD");
  const auto named = find_named(*fixture.hub, "777");
  ASSERT_TRUE(named.has_value());
  EXPECT_EQ(named->settlement->connection.str(), "ca");
  EXPECT_EQ(named->settlement->company_code, "CA01");
}

TEST(OtherCurrency, FoundByAnotherConnection_StatusTellsItsLastErrorOfItsOwn) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.world->connections.push_back({canadian(fixture), nullptr, &fixture.sap});
  fixture.sap.refuse = Error(flow::kNotOurReversal, {{"parts", "01"}, {"reason", "F5 512"}});
  fixture.import(kCanadian, "ca.tsv", "us");
  ASSERT_TRUE(fixture.audit->sequence(fixture.hub->tenant));

  const auto status = hub_status(*fixture.hub);
  ASSERT_TRUE(status);
  EXPECT_FALSE(status->connections.at(0).last_error);
  ASSERT_TRUE(status->connections.at(1).last_error);
  EXPECT_EQ(status->connections[1].last_error->id, flow::kNotOurReversal.id);
}

TEST(OtherCurrency, NoConnectionNamesIt_WaitsUntilOneDoes) {
  HubFixture fixture(flow::PostMode::kAuto);
  const std::string work = fixture.import(kCanadian, "ca.tsv", "us");

  const auto waiting = find_named(*fixture.hub, work);
  ASSERT_TRUE(waiting.has_value());
  EXPECT_EQ(waiting->work.state, "rejected");
  EXPECT_EQ(waiting->work.error->id, "flow.other_currency");
  EXPECT_NE(waiting->work.error->text.find("CAD"), std::string::npos);
  EXPECT_TRUE(fixture.sap.books.empty());

  fixture.world->connections.push_back({canadian(fixture), nullptr, &fixture.sap});
  ASSERT_TRUE(retry(*fixture.hub, work).has_value());
  fixture.run();
  EXPECT_EQ(fixture.state_of("777"), "posted");
}

TEST(OtherCurrency, ConnectionOfAnotherSellerOrTenant_IsNotAsked) {
  HubFixture fixture(flow::PostMode::kAuto);
  flow::Connection other = canadian(fixture);
  other.selling_account = "ANOTHER";
  fixture.world->connections.push_back({other, nullptr, &fixture.sap});
  flow::Connection foreign = canadian(fixture);
  foreign.tenant = TenantId("foreign");
  fixture.world->connections.push_back({foreign, nullptr, &fixture.sap});
  const std::string work = fixture.import(kCanadian, "ca.tsv", "us");

  EXPECT_EQ(fixture.state_of(work), "rejected");
  EXPECT_TRUE(fixture.sap.books.empty());
}

}  // namespace
}  // namespace mlc::operations
