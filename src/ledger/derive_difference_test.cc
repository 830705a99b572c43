#include "ledger/derive_difference.h"

#include <gtest/gtest.h>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::classes;
using testing::input;
using testing::Row;
using testing::rule;
using testing::rule_set;
using testing::usd;

RuleBook book() {
  auto set = rule_set({rule("sales", "Order", "ItemPrice", "-", "400000", Nature::kSale),
                       rule("refunds", "Refund", "ItemPrice", "-", "410000", Nature::kRefund),
                       rule("fees", "-", "ItemFees", "-", "476100", Nature::kFee)});
  for (auto& one : set.rules) one.result.text = one.id;
  return RuleBook::make({set}).value();
}

std::string journal(const Manifest& manifest) {
  std::string out;
  for (const auto& document : manifest.documents) {
    for (const auto& line : document.lines) {
      out += document.key.part + " " + line.account + " " + line.amount.decimal() + "\n";
    }
  }
  return out;
}

Derivation difference(const std::vector<Row>& rows, const std::vector<Manifest>& posted,
                      int first_part) {
  const auto rules = book();
  auto wanted = input(classes(rules, rows));
  wanted.first_part = first_part;
  return derive_difference(wanted, rules, posted).value();
}

Manifest posted(const std::vector<Row>& rows) {
  const auto rules = book();
  return derive(input(classes(rules, rows)), rules)->manifest;
}

const Row kSale{"Order", "ItemPrice", "Principal", "1000.00"};
const Row kFee{"Order", "ItemFees", "Commission", "-150.00"};
const Row kRefund{"Refund", "ItemPrice", "Principal", "-10.00"};

TEST(DeriveDifferenceTest, OnlyWhatChangedIsPosted) {
  const Row more{"Order", "ItemPrice", "Shipping", "12.40"};
  const auto out = difference({kSale, more, kFee}, {posted({kSale, kFee})}, 2);
  EXPECT_EQ(journal(out.manifest),
            "02 0000400000 -12.40\n"
            "02 0000140000 12.40\n");
  EXPECT_EQ(out.manifest.documents[0].header_text.substr(0, 15), "US 202610 02/02");
  EXPECT_EQ(out.posted, usd("862.40"));
  // The sale's rows are on the difference, those of the fee where they were.
  EXPECT_EQ(out.destinations[0].document, "20612345671-02A");
  EXPECT_EQ(out.destinations[0].item, 1U);
  EXPECT_EQ(out.destinations[2].document, "20612345671-01A");
  EXPECT_EQ(out.destinations[2].item, 2U);
}

TEST(DeriveDifferenceTest, WhatIsGoneIsTakenBack) {
  const auto out = difference({kSale}, {posted({kSale, kFee})}, 2);
  EXPECT_EQ(journal(out.manifest),
            "02 0000476100 -150.00\n"
            "02 0000140000 150.00\n");
}

TEST(DeriveDifferenceTest, SeveralDifferencesAddUp) {
  const auto first = posted({kSale});
  const auto second = difference({kSale, kFee}, {first}, 2).manifest;
  const auto third = difference({kSale, kFee, kRefund}, {first, second}, 3);
  EXPECT_EQ(journal(third.manifest),
            "03 0000410000 10.00\n"
            "03 0000140000 -10.00\n");
}

TEST(DeriveDifferenceTest, TheSameMoneyNeedsNoDocument) {
  const auto out = difference({kSale, kFee}, {posted({kSale, kFee})}, 2);
  EXPECT_TRUE(out.manifest.documents.empty());
  EXPECT_EQ(out.destinations[0].document, "20612345671-01A");
  EXPECT_EQ(out.posted, usd("850.00"));
}

}  // namespace
}  // namespace mlc::ledger
