// The same rows under two rule books.
#include "ledger/rule_replay.h"

#include <gtest/gtest.h>

#include "ledger/errors.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::day;
using testing::pattern;
using testing::rule;
using testing::rule_set;
using testing::usd;

RuleBook book_of(RuleSet set) { return RuleBook::make({std::move(set)}).value(); }

struct Played {
  Replay replay;
  Money total;
};

Result<Played> play(const RuleBook& first, const RuleBook& second,
                    const std::vector<testing::Row>& rows) {
  TwofoldClassifier classifier(first, second);
  Money total = usd(0);
  for (const auto& row : rows) {
    const RowAttributes attributes{row.transaction_type, row.amount_type, row.description,
                                   row.marketplace,      "AFN",           "SKU-1",
                                   day(2026, 10, 20)};
    MLC_TRY_STATUS(classifier.add(attributes, usd(row.amount)));
    MLC_TRY(total, total.plus(usd(row.amount)));
  }
  const SettlementHeader header{SettlementId("20612345671"), {}, {}, {}, total};
  MLC_TRY(auto replayed, replay(classifier, header, day(2026, 10, 31), first, second));
  return Played{std::move(replayed), total};
}

std::string shown(const std::vector<PlaceAmounts>& places) {
  std::string out;
  for (const auto& one : places) {
    if (one.difference.is_zero()) continue;
    out += std::string(to_word(one.place.kind)) + " " + one.place.account + " " +
           one.place.cost_center + " " + one.period + ": " + one.first.decimal() + " -> " +
           one.second.decimal() + ", " + one.difference.decimal() + "\n";
  }
  return out;
}

Money sum_of_differences(const std::vector<PlaceAmounts>& places) {
  Money sum = usd(0);
  for (const auto& one : places) sum = sum.plus(one.difference).value();
  return sum;
}

const std::vector<testing::Row> kRows{{"Order", "ItemPrice", "Principal", "100.00"},
                                      {"Order", "ItemFees", "Commission", "-15.00"},
                                      {"Order", "ItemFees", "Commission", "-5.00", "amazon.ca"}};

RuleSet old_rules() {
  auto set = rule_set({rule("sale", "Order", "ItemPrice", "Principal", "400000", Nature::kSale),
                       rule("fee", "Order", "ItemFees", "Commission", "476100", Nature::kFee)});
  set.rules[1].result.cost_center = "1000";
  return set;
}

TEST(RuleReplayTest, SameRules_MoveNothing) {
  const auto book = book_of(old_rules());
  const auto played = play(book, book, kRows);
  ASSERT_TRUE(played) << played.error().explain();
  EXPECT_TRUE(played->replay.moved.empty());
  EXPECT_EQ(shown(played->replay.places), "");
  EXPECT_EQ(played->replay.places.size(), 2U);
  EXPECT_FALSE(played->replay.first_held);
  EXPECT_FALSE(played->replay.second_held);
}

TEST(RuleReplayTest, CostCentreByMarketplace_MovesTheAmountAndAddsUpToZero) {
  auto changed = old_rules();
  changed.rules[1].result.cost_center = kByMarketplace;
  changed.cost_centers = {{"amazon.com", "1000"}, {"amazon.ca", "1010"}};
  const auto played = play(book_of(old_rules()), book_of(changed), kRows);
  ASSERT_TRUE(played) << played.error().explain();
  EXPECT_EQ(shown(played->replay.places),
            "post 0000476100 0000001000 2026-10: 20.00 -> 15.00, -5.00\n"
            "post 0000476100 0000001010 2026-10: 0.00 -> 5.00, 5.00\n");
  EXPECT_TRUE(sum_of_differences(played->replay.places).is_zero());
  ASSERT_EQ(played->replay.moved.size(), 1U);
  EXPECT_EQ(played->replay.moved[0].row_class.marketplace, "amazon.ca");
  EXPECT_EQ(played->replay.moved[0].values,
            (std::vector<ValueChange>{{"cost_center", "0000001000", "0000001010"}}));
}

TEST(RuleReplayTest, RuleThatIsGone_LeavesItsRowsWithoutAndSaysThatItHolds) {
  auto changed = old_rules();
  changed.rules.pop_back();
  const auto played = play(book_of(old_rules()), book_of(changed), kRows);
  ASSERT_TRUE(played) << played.error().explain();
  EXPECT_EQ(shown(played->replay.places),
            "post 0000476100 0000001000 2026-10: 20.00 -> 0.00, -20.00\n"
            "no rule   2026-10: 0.00 -> 20.00, 20.00\n");
  EXPECT_TRUE(sum_of_differences(played->replay.places).is_zero());
  EXPECT_FALSE(played->replay.first_held);
  ASSERT_TRUE(played->replay.second_held);
  EXPECT_TRUE(played->replay.second_held->is(kNeedsRules));
  EXPECT_EQ(played->replay.moved.at(0).other_rule, "");
}

TEST(RuleReplayTest, TextAlone_MovesNoAmount) {
  auto changed = old_rules();
  changed.rules[0].result.text = "Sales";
  const auto played = play(book_of(old_rules()), book_of(changed), kRows);
  ASSERT_TRUE(played);
  EXPECT_EQ(shown(played->replay.places), "");
  EXPECT_EQ(played->replay.moved.at(0).values, (std::vector<ValueChange>{{"text", "", "Sales"}}));
}

TEST(RuleReplayTest, NettedAndExcludedRows_AreNoPostings) {
  auto changed = old_rules();
  changed.rules[1].result.cost_center.clear();
  changed.rules[1].result.treatment = Treatment::kNetToZero;
  const auto played = play(book_of(old_rules()), book_of(changed), kRows);
  ASSERT_TRUE(played);
  EXPECT_EQ(shown(played->replay.places),
            "post 0000476100 0000001000 2026-10: 20.00 -> 0.00, -20.00\n"
            "net-to-zero 0000476100  2026-10: 0.00 -> 20.00, 20.00\n");
  ASSERT_TRUE(played->replay.second_held);
  EXPECT_TRUE(played->replay.second_held->is(kNotNetted));
}

TEST(RuleReplayTest, MarketplaceWithoutCostCentre_IsShownAndHeld) {
  auto changed = old_rules();
  changed.rules[1].result.cost_center = kByMarketplace;
  changed.cost_centers = {{"amazon.com", "1000"}};
  const auto played = play(book_of(old_rules()), book_of(changed), kRows);
  ASSERT_TRUE(played);
  EXPECT_EQ(shown(played->replay.places),
            "post 0000476100 0000001000 2026-10: 20.00 -> 15.00, -5.00\n"
            "post 0000476100 ? 2026-10: 0.00 -> 5.00, 5.00\n");
  EXPECT_TRUE(played->replay.second_held->is(kUnknownCostCenter));
}

TEST(RuleReplayTest, OneBookLooksAtSku_RowsAreToldApart) {
  auto changed = old_rules();
  changed.rules.push_back(changed.rules[1]);
  changed.rules.back().id = "fee-of-sku";
  changed.rules.back().match.sku = pattern("SKU*");
  changed.rules.back().result.account = "476900";
  const auto played = play(book_of(old_rules()), book_of(changed), kRows);
  ASSERT_TRUE(played);
  EXPECT_EQ(played->replay.moved.at(0).row_class.sku, "SKU-1");
  EXPECT_EQ(played->replay.moved.at(0).other_rule, "fee-of-sku");
}

TEST(RuleReplayTest, SeveralSettlements_AddUpByPlaceAndPeriod) {
  auto changed = old_rules();
  changed.rules[0].result.account = "400100";
  const auto played = play(book_of(old_rules()), book_of(changed), kRows);
  ASSERT_TRUE(played);
  auto places = played->replay.places;
  ASSERT_TRUE(add_places(places, played->replay.places));
  EXPECT_EQ(shown(places),
            "post 0000400000  2026-10: -200.00 -> 0.00, 200.00\n"
            "post 0000400100  2026-10: 0.00 -> -200.00, -200.00\n");
  EXPECT_TRUE(sum_of_differences(places).is_zero());
}

}  // namespace
}  // namespace mlc::ledger
