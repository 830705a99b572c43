#include "ledger/nearest_rule.h"

#include <gtest/gtest.h>

namespace mlc::ledger {
namespace {

Rule rule(const std::string& id, const std::string& transaction_type,
          const std::string& amount_type, const std::string& description) {
  const auto pattern = [](const std::string& text) {
    if (text.empty()) return Pattern{};
    if (text.ends_with('*'))
      return Pattern{Pattern::Kind::kPrefix, text.substr(0, text.size() - 1)};
    return Pattern{Pattern::Kind::kExact, text};
  };
  Rule out;
  out.id = id;
  out.match.transaction_type = pattern(transaction_type);
  out.match.amount_type = pattern(amount_type);
  out.match.amount_description = pattern(description);
  out.result.account = "400000";
  return out;
}

RuleSet book() {
  RuleSet out{};
  out.rules = {rule("principal", "order", "itemprice", "principal"),
               rule("shipping", "order", "itemprice", "shipping"),
               rule("commission", "", "itemfees", "commission"),
               rule("fba-unit", "", "itemfees", "fbaperunitfulfillmentfee"),
               rule("refund-commission", "refund", "itemfees", "refundcommission"),
               rule("storage", "other-transaction", "", "storage fee"),
               rule("reserve", "other-transaction", "other-transaction", "current reserve amount")};
  return out;
}

struct Case {
  const char* transaction_type;
  const char* amount_type;
  const char* description;
  const char* nearest;
};

TEST(NearestRuleTest, IsWhatABookkeeperWouldLookAt) {
  const std::vector<Case> table{
      {"Order", "ItemFees", "FBAPerOrderFulfillmentFee", "fba-unit"},
      {"Order", "ItemFees", "CommissionCorrection", "commission"},
      {"Order", "ItemFees", "FixedClosingFee", "fba-unit"},
      {"Refund", "ItemFees", "DigitalServicesFee", "refund-commission"},
      {"Order", "ItemPrice", "ShippingTax", "shipping"},
      {"other-transaction", "other-transaction", "Long-Term Storage Fee", "reserve"},
      {"Chargeback", "Unheard", "Storage Fees", "storage"},
      {"Chargeback", "Unheard", "Nothing alike", ""},
  };
  const RuleSet rules = book();
  for (const auto& row : table) {
    RowClass row_class;
    row_class.transaction_type = row.transaction_type;
    row_class.amount_type = row.amount_type;
    row_class.amount_description = row.description;
    const auto found = nearest_rule(rules, row_class);
    EXPECT_EQ(found ? found->rule->id : "", row.nearest) << row.description;
  }
}

TEST(NearestRuleTest, NamesWhatAgrees_AndExclusionsAreNoModel) {
  RuleSet rules = book();
  RowClass row_class;
  row_class.transaction_type = "Order";
  row_class.amount_type = "ItemFees";
  row_class.amount_description = "Commissions";
  auto found = nearest_rule(rules, row_class);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rule->id, "commission");
  EXPECT_EQ(found->shared, (std::vector<std::string>{"amount_type", "a similar description"}));
  rules.rules[2].result.treatment = Treatment::kExclude;
  found = nearest_rule(rules, row_class);
  ASSERT_TRUE(found);
  EXPECT_NE(found->rule->id, "commission");
}

TEST(NearestRuleTest, SignTellsRulesApart) {
  RuleSet rules{};
  rules.rules = {rule("in", "", "itemfees", "adjustment"),
                 rule("out", "", "itemfees", "adjustment")};
  rules.rules[0].match.sign = Sign::kPositive;
  rules.rules[1].match.sign = Sign::kNegative;
  RowClass row_class;
  row_class.amount_type = "ItemFees";
  row_class.amount_description = "Adjustments";
  row_class.sign = Sign::kNegative;
  EXPECT_EQ(nearest_rule(rules, row_class)->rule->id, "out");
}

}  // namespace
}  // namespace mlc::ledger
