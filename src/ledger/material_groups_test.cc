#include "ledger/material_groups.h"

#include <gtest/gtest.h>

#include "ledger/class_line.h"
#include "ledger/errors.h"
#include "ledger/rule_book_text.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::rule;
using testing::rule_set;
using testing::usd;

TEST(MaterialGroupsTest, SkusHaveTheirGroups) {
  const auto groups = MaterialGroups::parse("# SKU\tgroup\nMUG-1\t0101\r\n\nTEA 5 kg\tFOOD\n", "g");
  ASSERT_TRUE(groups.has_value());
  EXPECT_EQ(groups->group_of("MUG-1"), "0101");
  EXPECT_EQ(groups->group_of(" TEA  5 kg"), "FOOD");
  EXPECT_EQ(groups->group_of("mug-1"), "");
  EXPECT_EQ(groups->size(), 2U);
}

TEST(MaterialGroupsTest, MistakesAreNamedWithTheirLine) {
  struct Row {
    const char* text;
    const char* found;
  };
  const Row rows[] = {{"MUG-1\t0101\nMUG-1\t0102\n", "'MUG-1' again"},
                      {"x\t1\nMUG-1 0101\n", "no TAB"},
                      {"x\t1\nMUG-1\t\n", "'MUG-1\t'"},
                      {"x\t1\nMUG-1\t0123456789\n", "'MUG-1\t0123456789'"}};
  for (const Row& row : rows) {
    const auto groups = MaterialGroups::parse(row.text, "groups.tsv");
    ASSERT_FALSE(groups.has_value()) << row.text;
    EXPECT_TRUE(groups.error().is(kBadMaterialGroups));
    EXPECT_EQ(groups.error().fact("found"), row.found);
    EXPECT_EQ(groups.error().fact("line"), "2");
  }
}

// Food of seller B goes to an account of its own.
RuleSet by_group_and_seller() {
  auto set = rule_set({rule("all", "-", "-", "Principal", "400000", Nature::kSale),
                       rule("food", "-", "-", "Principal", "400100", Nature::kSale),
                       rule("b", "-", "-", "Principal", "400200", Nature::kSale)});
  set.rules[1].match.material_group = testing::pattern("FOOD");
  set.rules[2].match.seller = testing::pattern("A2B*");
  return set;
}

RuleBook bound(const std::string& seller) {
  const auto groups = std::make_shared<const MaterialGroups>(
      MaterialGroups::parse("TEA\tFOOD\n", "groups.tsv").value());
  return RuleBook::make({by_group_and_seller()}).value().bound(seller, groups);
}

std::string accounts(const RuleBook& book) {
  Classifier classifier(book);
  for (const char* sku : {"TEA", "MUG", "TEA"}) {
    const RowAttributes row{
        "Order", "ItemPrice", "Principal", "amazon.com", "AFN", sku, testing::day(2026, 10, 20)};
    if (!classifier.add(row, usd("1.00"))) return "not added";
  }
  std::string out;
  for (const auto& total : classifier.totals()) {
    out += total.row_class.material_group + " " + std::to_string(total.rows) + " " +
           account_of(resolve(total, book)) + "\n";
  }
  return out;
}

TEST(RuleBindingTest, RulesLookAtMaterialGroups) {
  EXPECT_EQ(accounts(bound("A1")), "FOOD 2 0000400100\n 1 0000400000\n");
}

TEST(RuleBindingTest, TheSellerComesBeforeTheMaterialGroup) {
  EXPECT_EQ(accounts(bound("a2bxyz")), "FOOD 2 0000400200\n 1 0000400200\n");
}

TEST(RuleBindingTest, WhatWasBoundIsKeptWithTheRules) {
  const RuleBook book = bound("A2BXYZ");
  EXPECT_NE(book.digest(), bound("A1").digest());
  const auto kept = read_rule_book(book.text(), book.digest());
  ASSERT_TRUE(kept.has_value()) << kept.error().explain();
  RowClass row;
  row.amount_description = "Principal";
  row.rules_version = "2026-1";
  ASSERT_NE(kept->match(row), nullptr);
  EXPECT_EQ(kept->match(row)->id, "b");
  // A book whose rules look at neither says nothing of them.
  const auto plain = RuleBook::make({rule_set({rule("a", "-", "-", "x", "1")})}).value();
  EXPECT_EQ(plain.bound("A1", nullptr).digest(), plain.digest());
}

}  // namespace
}  // namespace mlc::ledger
