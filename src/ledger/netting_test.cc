// Rows that net to zero: within their account, or within a text of the rule.
#include "ledger/netting.h"

#include <gtest/gtest.h>

#include "ledger/derive.h"
#include "ledger/errors.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::classes;
using testing::input;
using testing::Row;
using testing::rule;
using testing::rule_set;

RuleBook netting(const std::string& within) {
  auto set =
      rule_set({rule("tax", "-", "ItemPrice", "Tax", "217500", Nature::kTax, Treatment::kNetToZero),
                rule("withheld", "-", "ItemWithheldTax", "-", "217500", Nature::kTax,
                     Treatment::kNetToZero)});
  for (auto& one : set.rules) one.result.nets_within = within;
  return RuleBook::make({set}).value();
}

std::string account_that_does_not_net(const RuleBook& book, const std::vector<Row>& rows) {
  const auto derived = derive(input(classes(book, rows)), book);
  if (derived) return "";
  EXPECT_TRUE(derived.error().is(kNotNetted)) << derived.error().explain();
  return std::string(derived.error().fact("account"));
}

TEST(NettingTest, ClassPairsNetWithinTheTextOfTheRule) {
  const std::vector<Row> across{{"Order", "ItemPrice", "Tax", "5.00", "amazon.com"},
                                {"Order", "ItemWithheldTax", "X", "-5.00", "amazon.ca"}};
  const std::vector<Row> pairs{{"Order", "ItemPrice", "Tax", "5.00", "amazon.com"},
                               {"Order", "ItemWithheldTax", "X", "-5.00", "amazon.com"},
                               {"Refund", "ItemPrice", "Tax", "-1.00", "amazon.com"},
                               {"Refund", "ItemWithheldTax", "X", "1.00", "amazon.com"}};
  EXPECT_EQ(account_that_does_not_net(netting(""), across), "");
  EXPECT_EQ(account_that_does_not_net(netting("{marketplace}"), across),
            "0000217500 within 'amazon.ca'");
  const auto per_order = netting("{transaction_type} {marketplace} {order_id}");
  EXPECT_TRUE(per_order.nets_per_order());
  EXPECT_EQ(account_that_does_not_net(per_order, pairs), "");
}

TEST(NettingTest, OnlyRulesThatNetHaveAGroup) {
  auto set = rule_set({rule("sales", "-", "-", "Principal", "400000", Nature::kSale)});
  set.rules[0].result.nets_within = "{marketplace}";
  EXPECT_TRUE(RuleBook::make({set}).error().is(kBadRule));
}

}  // namespace
}  // namespace mlc::ledger
