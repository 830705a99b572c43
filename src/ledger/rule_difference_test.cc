// What two rule sets say differently.
#include "ledger/rule_difference.h"

#include <gtest/gtest.h>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::day;
using testing::pattern;
using testing::rule;
using testing::rule_set;

RuleBook book_of(std::vector<RuleSet> sets) { return RuleBook::make(std::move(sets)).value(); }

VersionDifference between(std::vector<Rule> a, std::vector<Rule> b) {
  const auto found =
      differences(book_of({rule_set(std::move(a))}), book_of({rule_set(std::move(b))}));
  EXPECT_EQ(found.size(), 1U);
  return found.at(0);
}

const Rule kSale = rule("sale", "Order", "ItemPrice", "Principal", "400000", Nature::kSale);
const Rule kFee = rule("fee", "Order", "ItemFees", "Commission", "476100", Nature::kFee);

TEST(RuleDifferenceTest, OrderReasonAndSpelling_SayNothing) {
  Rule other = kFee;
  other.why = "another reason";
  other.match.amount_type = pattern("  ITEMFEES ");
  const auto found = between({kSale, kFee}, {other, kSale});
  EXPECT_EQ(found.same, 2U);
  EXPECT_TRUE(found.rules.empty());
  EXPECT_TRUE(found.head.empty());
}

TEST(RuleDifferenceTest, RulesGoneAndNew_AreNamedWithWhatTheySaid) {
  const auto found = between({kSale}, {kFee});
  ASSERT_EQ(found.rules.size(), 2U);
  EXPECT_EQ(found.rules[0].kind, RuleChange::Kind::kRemoved);
  EXPECT_EQ(found.rules[0].id, "sale");
  EXPECT_EQ(found.rules[0].values,
            (std::vector<ValueChange>{{"nature", "sale", "other"},
                                      {"account", "400000", ""},
                                      {"assignment", "{settlement_id}", ""}}));
  EXPECT_EQ(found.rules[1].kind, RuleChange::Kind::kAdded);
  EXPECT_EQ(found.rules[1].match,
            "amount_description 'commission', amount_type 'itemfees', transaction_type 'order'");
  EXPECT_EQ(found.rules[1].place, "test:fee");
}

TEST(RuleDifferenceTest, OtherResultOfTheSameRows_IsOneChange) {
  Rule other = kFee;
  other.id = "commission";
  other.result.account = "476900";
  other.result.cost_center = "by-marketplace";
  const auto found = between({kFee}, {other});
  ASSERT_EQ(found.rules.size(), 1U);
  EXPECT_EQ(found.rules[0].kind, RuleChange::Kind::kResult);
  EXPECT_EQ(found.rules[0].id, "fee");
  EXPECT_EQ(found.rules[0].other_id, "commission");
  EXPECT_EQ(found.rules[0].values,
            (std::vector<ValueChange>{{"account", "476100", "476900"},
                                      {"cost_center", "", "by-marketplace"}}));
}

TEST(RuleDifferenceTest, OtherPatternsUnderOneId_SayHowTheRankMoves) {
  Rule narrow = kFee;
  narrow.match.marketplace = pattern("Amazon.de");
  Rule wide = kFee;
  wide.match.amount_description = pattern("Comm*");
  EXPECT_EQ(between({kFee}, {narrow}).rules.at(0).kind, RuleChange::Kind::kMatch);
  EXPECT_EQ(between({kFee}, {narrow}).rules.at(0).rank, RuleChange::Rank::kHigher);
  EXPECT_EQ(between({kFee}, {wide}).rules.at(0).rank, RuleChange::Rank::kLower);
}

TEST(RuleDifferenceTest, ListsThatAreNumberedAnew_AreNoChange) {
  auto numbered = [](const char* id, const char* description) {
    return rule(id, "Order", "ItemFees", description, "476100");
  };
  const auto found =
      between({numbered("fee/1", "B"), numbered("fee/2", "C")},
              {numbered("fee/1", "A"), numbered("fee/2", "B"), numbered("fee/3", "C")});
  EXPECT_EQ(found.same, 2U);
  ASSERT_EQ(found.rules.size(), 1U);
  EXPECT_EQ(found.rules[0].kind, RuleChange::Kind::kAdded);
  EXPECT_EQ(found.rules[0].id, "fee/1");
}

TEST(RuleDifferenceTest, HeadOfTheFile_IsCompared) {
  auto a = rule_set({kSale});
  auto b = rule_set({kSale}, "2026-2", day(2026, 7, 1));
  a.cost_centers = {{"Amazon.com", "1000"}};
  b.cost_centers = {{"amazon.com", "1001"}, {"amazon.ca", "1010"}};
  b.suspense_account = "199999";
  const auto found = differences(book_of({a}), book_of({b}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].head,
            (std::vector<ValueChange>{{"version", "2026-1", "2026-2"},
                                      {"valid_from", "2026-01-01", "2026-07-01"},
                                      {"suspense_account", "", "199999"},
                                      {"cost_centers 'amazon.ca'", "", "1010"},
                                      {"cost_centers 'amazon.com'", "1000", "1001"}}));
}

TEST(RuleDifferenceTest, BooksOfSeveralVersions_AreComparedWhereTheyGovern) {
  const auto old_version = rule_set({kSale});
  const auto new_version = rule_set({kSale, kFee}, "2026-2", day(2026, 7, 1));
  const auto found = differences(book_of({old_version}), book_of({old_version, new_version}));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].rules.empty());
  EXPECT_EQ(found[1].version, "2026-1");
  EXPECT_EQ(found[1].other_version, "2026-2");
  EXPECT_EQ(found[1].rules.at(0).kind, RuleChange::Kind::kAdded);
  const auto late = differences(book_of({new_version}), book_of({old_version, new_version}));
  EXPECT_EQ(late[0].version, "");
  EXPECT_EQ(late[0].rules.at(0).kind, RuleChange::Kind::kAdded);
}

}  // namespace
}  // namespace mlc::ledger
