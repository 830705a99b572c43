#include "ledger/rule_book_text.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "ledger/errors.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::day;
using testing::pattern;
using testing::rule;
using testing::rule_set;

// A rule that says everything a rule can say.
Rule full_rule() {
  Rule out = rule("fees", "Order", "ItemFees", "FBA *", "476000", Nature::kFee);
  out.why = "because\tof \\ this\nand that";
  out.match.marketplace = pattern("Amazon.com");
  out.match.fulfillment = pattern("");
  out.match.sku = pattern("GIFT*");
  out.match.sign = Sign::kNegative;
  out.result.category = "F-FBA";
  out.result.cost_center = "by-marketplace";
  out.result.profit_center = "P1";
  out.result.internal_order = "700001";
  out.result.segment = "S1";
  out.result.functional_area = "F1";
  out.result.tax_code = "V1";
  out.result.assignment = "{marketplace}";
  out.result.text = "Fees {marketplace}";
  return out;
}

RuleBook two_versions() {
  auto first = rule_set({rule("sales", "-", "-", "Principal", "400000", Nature::kSale)});
  auto second = rule_set(
      {full_rule(), rule("none", "-", "-", "Gone", "", Nature::kOther, Treatment::kExclude)},
      "2026-2", day(2026, 7, 1));
  second.suspense_account = "199000";
  second.suspense_profit_center = "P9";
  second.cost_centers = {{"Amazon.com", "1100"}, {"", "1000"}};
  return RuleBook::make({second, first}).value();
}

TEST(RuleBookTextTest, IsWrittenAsDocumented) {
  const auto book =
      RuleBook::make({rule_set({rule("sales", "-", "-", "Principal", "400000", Nature::kSale)})});
  ASSERT_TRUE(book);
  EXPECT_EQ(book->text(),
            "ml-connector-rule-book\t1\n"
            "version\ttest\t2026-1\t2026-01-01\n"
            "rule\tsales\t\n"
            "match\tamount_description\texact\tprincipal\n"
            "treatment\tpost\n"
            "kind\tgl\n"
            "nature\tsale\n"
            "account\t400000\n"
            "result\tassignment\t{settlement_id}\n"
            "end\t1\n");
  EXPECT_EQ(book->digest(), to_hex(sha256(book->text())));
}

TEST(RuleBookTextTest, WhatWasWrittenIsReadBackWhole) {
  const RuleBook book = two_versions();
  const auto read = read_rule_book(book.text(), book.digest());
  ASSERT_TRUE(read) << read.error().explain();
  EXPECT_EQ(read->text(), book.text());
  EXPECT_EQ(read->digest(), book.digest());
  ASSERT_EQ(read->versions().size(), 2U);
  const RuleSet& second = read->versions()[1];
  EXPECT_EQ(second.suspense_account, "199000");
  EXPECT_EQ(second.suspense_profit_center, "P9");
  EXPECT_EQ(second.cost_centers, book.versions()[1].cost_centers);
  const Rule& rule = second.rules[0];
  EXPECT_EQ(rule.why, full_rule().why);
  EXPECT_EQ(rule.match, book.versions()[1].rules[0].match);
  EXPECT_EQ(rule.result, full_rule().result);
  EXPECT_TRUE(read->looks_at_sku());
}

TEST(RuleBookTextTest, EveryChangeOfARuleChangesTheDigest) {
  const RuleBook book = two_versions();
  const auto changed = [](auto change) {
    RuleSet set = rule_set({full_rule()});
    set.cost_centers = {{"Amazon.com", "1100"}};
    change(set);
    return RuleBook::make({set}).value().digest();
  };
  const auto as_it_was = changed([](RuleSet&) {});
  EXPECT_NE(changed([](RuleSet& set) { set.rules[0].why = "another reason"; }), as_it_was);
  EXPECT_NE(changed([](RuleSet& set) { set.rules[0].result.text = "x"; }), as_it_was);
  EXPECT_NE(changed([](RuleSet& set) { set.rules[0].match.sign.reset(); }), as_it_was);
  EXPECT_NE(changed([](RuleSet& set) { set.cost_centers["amazon.ca"] = "1"; }), as_it_was);
  EXPECT_NE(changed([](RuleSet& set) { set.version = "2026-9"; }), as_it_was);
  EXPECT_EQ(changed([](RuleSet& set) { set.rules[0].place = "elsewhere:9"; }), as_it_was);
}

TEST(RuleBookTextTest, AChangedOrCutTextIsRefused) {
  const RuleBook book = two_versions();
  std::string changed = book.text();
  changed.replace(changed.find("476000"), 6, "476001");
  const auto other = read_rule_book(changed, book.digest());
  ASSERT_FALSE(other);
  EXPECT_TRUE(other.error().is(kBadRuleBook));
  for (const char* text : {"", "ml-connector-rule-book\t2\nend\t0\n", "ml-connector-rule-book\t1\n",
                           "ml-connector-rule-book\t1\nrule\ta\tb\nend\t0\n",
                           "ml-connector-rule-book\t1\nend\t0\nend\t0\n",
                           "ml-connector-rule-book\t1\nversion\ta\tb\tno date\nend\t1\n",
                           "ml-connector-rule-book\t1\nversion\ta\tb\t2026-01-01\nrule\tx\t\n"
                           "kind\tnone\nend\t1\n",
                           "ml-connector-rule-book\t1\nversion\ta\tb\t2026-01-01\nrule\tx\t\n"
                           "match\tsku\tabout\tx\nend\t1\n",
                           "ml-connector-rule-book\t1\nversion\ta\tb\t2026-01-01\nrule\tx\t\n"
                           "result\tcolour\tx\nend\t1\n"}) {
    const auto read = read_rule_book(text, to_hex(sha256(text)));
    ASSERT_FALSE(read) << text;
    EXPECT_TRUE(read.error().is(kBadRuleBook)) << read.error().explain();
  }
}

}  // namespace
}  // namespace mlc::ledger
