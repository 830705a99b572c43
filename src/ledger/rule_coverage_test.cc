// How much of a settlement a rule book maps.
#include "ledger/rule_coverage.h"

#include <gtest/gtest.h>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::classes;
using testing::rule;
using testing::rule_set;
using testing::usd;

RuleBook book_of(RuleSet set) { return RuleBook::make({std::move(set)}).value(); }

Coverage covered(const RuleBook& book, const std::vector<testing::Row>& rows) {
  return cover(classes(book, rows), book, usd(0).currency()).value();
}

TEST(RuleCoverageTest, RowsOfBothSigns_CountByTheirSize) {
  const auto book = book_of(rule_set({rule("sale", "Order", "ItemPrice", "Principal", "400000")}));
  const auto coverage = covered(book, {{"Order", "ItemPrice", "Principal", "60.00"},
                                       {"Order", "ItemPrice", "Principal", "-20.00"},
                                       {"Order", "ItemPrice", "Novelty", "-15.00"},
                                       {"Order", "ItemPrice", "Novelty", "5.00"}});
  EXPECT_EQ(coverage.rows, 4U);
  EXPECT_EQ(coverage.mapped_rows, 2U);
  EXPECT_EQ(coverage.size.decimal(), "100.00");
  EXPECT_EQ(coverage.mapped_size.decimal(), "80.00");
}

TEST(RuleCoverageTest, WhatIsMissing_ComesFirstAndTheLargerBeforeTheSmaller) {
  const auto book = book_of(rule_set({rule("sale", "Order", "ItemPrice", "Principal", "400000")}));
  const auto coverage = covered(book, {{"Order", "ItemPrice", "Principal", "60.00"},
                                       {"Order", "ItemPrice", "Small", "-1.00"},
                                       {"Order", "ItemPrice", "Large", "-9.00"}});
  ASSERT_EQ(coverage.classes.size(), 3U);
  EXPECT_EQ(coverage.classes[0].row_class.amount_description, "Large");
  EXPECT_EQ(coverage.classes[0].mapping, Mapping::kMissing);
  EXPECT_EQ(coverage.classes[0].rule, "");
  EXPECT_EQ(coverage.classes[0].size.decimal(), "9.00");
  EXPECT_EQ(coverage.classes[0].sum.decimal(), "-9.00");
  EXPECT_EQ(coverage.classes[1].row_class.amount_description, "Small");
  EXPECT_EQ(coverage.classes[2].rule, "sale");
  EXPECT_EQ(coverage.classes[2].account, "0000400000");
}

TEST(RuleCoverageTest, SuspenseAccount_PostsButMapsNothing) {
  auto set = rule_set({rule("sale", "Order", "ItemPrice", "Principal", "400000")});
  set.suspense_account = "199999";
  const auto coverage = covered(book_of(set), {{"Order", "ItemPrice", "Novelty", "5.00"}});
  EXPECT_EQ(coverage.mapped_rows, 0U);
  EXPECT_EQ(coverage.classes[0].mapping, Mapping::kSuspense);
  EXPECT_EQ(coverage.classes[0].account, "0000199999");
}

TEST(RuleCoverageTest, RowsBeforeTheFirstVersion_AreMissing) {
  const auto book = book_of(rule_set({rule("all", "-", "-", "-", "400000")}));
  const auto totals =
      classes(book, {{"Order", "ItemPrice", "Principal", "5.00"}}, testing::day(2025, 12, 31));
  const auto coverage = cover(totals, book, usd(0).currency());
  EXPECT_EQ(coverage->classes[0].mapping, Mapping::kMissing);
}

TEST(RuleCoverageTest, TwoSettlements_AddUp) {
  const auto book = book_of(rule_set({rule("sale", "Order", "-", "-", "400000")}));
  const auto one = covered(book, {{"Order", "ItemPrice", "Principal", "60.00"}});
  const auto two = covered(book, {{"Other", "ItemPrice", "Principal", "-40.00"}});
  const auto both = together(one, two);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->rows, 2U);
  EXPECT_EQ(both->size.decimal(), "100.00");
  EXPECT_EQ(both->mapped_size.decimal(), "60.00");
  EXPECT_EQ(both->classes[0].mapping, Mapping::kMissing);
}

TEST(RuleCoverageTest, Share_IsRoundedDownAndExactAtBothEnds) {
  EXPECT_EQ(share_text(share_of(0, 0)), "100.00 %");
  EXPECT_EQ(share_text(share_of(0, 7)), "0.00 %");
  EXPECT_EQ(share_text(share_of(1, 3)), "33.33 %");
  EXPECT_EQ(share_text(share_of(99'999, 100'000)), "99.99 %");
  EXPECT_EQ(share_text(share_of(9'000'000'000'000'000'000U, 10'000'000'000'000'000'000U)),
            "90.00 %");
  EXPECT_EQ(share_text(share_of(UINT64_MAX, UINT64_MAX)), "100.00 %");
  EXPECT_NE(share_text(share_of(UINT64_MAX - 1, UINT64_MAX)), "100.00 %");
}

}  // namespace
}  // namespace mlc::ledger
