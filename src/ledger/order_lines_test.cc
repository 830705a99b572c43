#include "ledger/order_lines.h"

#include <gtest/gtest.h>

#include "ledger/errors.h"
#include "ledger/posting_model.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::rule;
using testing::rule_set;
using testing::usd;

RuleSet by_order() {
  auto set = rule_set({rule("sales", "Order", "ItemPrice", "-", "140200", Nature::kSale),
                       rule("refunds", "Refund", "ItemPrice", "-", "140200", Nature::kRefund),
                       rule("fees", "-", "ItemFees", "-", "476100", Nature::kFee)});
  set.rules[0].result.assignment = "{order_id}";
  set.rules[1].result.assignment = "{order_id}";
  return set;
}

struct OrderRow {
  const char* transaction_type;
  const char* amount_type;
  const char* order;
  const char* amount;
};

// "assignment nature amount" of each line.
std::string added_up(const std::vector<OrderRow>& rows) {
  const RuleBook book = RuleBook::make({by_order()}).value();
  Classifier classifier(book);
  OrderLines lines(book, SettlementId("20612345671"), 900, 20);
  for (const auto& row : rows) {
    const RowAttributes attributes{
        row.transaction_type,      row.amount_type, "x", "amazon.com", "AFN", "",
        testing::day(2026, 10, 20)};
    const auto number = classifier.add(attributes, usd(row.amount)).value();
    const auto added = lines.add(number, classifier.row_class(number), row.order, usd(row.amount));
    if (!added) return std::string(added.error().id());
  }
  std::string out;
  const auto all = lines.lines();
  if (!all) return std::string(all.error().id());
  for (const auto& line : *all) {
    out += line.assignment + " " + std::string(to_word(line.nature)) + " " + line.amount.decimal() +
           "\n";
  }
  return out;
}

TEST(OrderLinesTest, EveryOrderHasALineOfItsOwn) {
  EXPECT_EQ(added_up({{"Order", "ItemPrice", "112-5550001-1110001", "100.00"},
                      {"Order", "ItemPrice", "112-5550001-1110001", "7.00"},
                      {"Order", "ItemFees", "112-5550001-1110001", "-15.00"},
                      {"Order", "ItemPrice", "002-5550002-1110002", "50.00"},
                      {"Refund", "ItemPrice", "112-5550001-1110001", "-100.00"}}),
            "00255500021110002 sale -50.00\n"
            "11255500011110001 sale -107.00\n"
            "11255500011110001 refund 100.00\n");
}

TEST(OrderLinesTest, OtherSpellingsAreKept) {
  EXPECT_EQ(added_up({{"Order", "ItemPrice", "S01-1234567-7654321", "1.00"},
                      {"Order", "ItemPrice", "", "2.00"},
                      {"Order", "ItemPrice", "112-5550001-1110001", "3.00"},
                      {"Order", "ItemPrice", "112-5550001-1110001", "-3.00"}}),
            "20612345671 sale -2.00\n"
            "S0112345677654321 sale -1.00\n");
}

TEST(OrderLinesTest, MoreThanTheDocumentsCanHoldIsRefusedEarly) {
  const RuleBook book = RuleBook::make({by_order()}).value();
  Classifier classifier(book);
  OrderLines lines(book, SettlementId("1"), 2, 1);
  const RowAttributes attributes{
      "Order", "ItemPrice", "x", "amazon.com", "AFN", "", testing::day(2026, 10, 20)};
  const auto number = classifier.add(attributes, usd("1.00")).value();
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(lines.add(number, classifier.row_class(number), std::to_string(i), usd("1.00"))
                    .has_value());
  }
  EXPECT_TRUE(
      lines.add(number, classifier.row_class(number), "5", usd("1.00")).error().is(kUnitTooLarge));
}

TEST(PostingModelTest, RulesMustFitTheModel) {
  const auto book = RuleBook::make({by_order()}).value();
  EXPECT_TRUE(problems_of(book, PostingModel::kClearing).empty());
  EXPECT_EQ(problems_of(book, PostingModel::kSalesJournal).size(), 2U);
  auto sales = by_order();
  sales.rules[0].result.assignment = "{settlement_id}";
  const auto problems = problems_of(RuleBook::make({sales}).value(), PostingModel::kClearing);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(problems[0].is(kRuleNotOfModel));
  EXPECT_EQ(problems[0].fact("id"), "sales");
}

}  // namespace
}  // namespace mlc::ledger
