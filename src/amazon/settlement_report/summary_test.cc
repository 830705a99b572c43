#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/settlement_summary.h"
#include "amazon/settlement_report/testing/report_text.h"

namespace mlc::amazon::settlement_report {
namespace {

using testing::detail_line;
using ::testing::ElementsAre;
using testing::file_of;
using testing::header_line;
using ::testing::IsEmpty;
using testing::MemoryEvidence;
using testing::sample_lines;
using testing::summary_line;
using testing::with_cell;

SettlementSummary summary_of(const std::string& bytes, const ledger::RuleBook* rules = nullptr) {
  MemoryEvidence evidence(bytes, 777);
  return summarize(evidence, "report.txt", rules);
}

std::vector<std::string> texts(const SettlementSummary& summary) {
  std::vector<std::string> out;
  for (const SummaryGroup& group : summary.groups) {
    out.push_back(group.transaction_type + "/" + group.amount_type + "/" +
                  group.amount_description + "/" + group.marketplace + " " +
                  std::to_string(group.rows) + " " + group.amount.decimal() +
                  (group.category.empty() ? "" : " " + group.category));
  }
  return out;
}

ledger::Rule rule(std::string id, std::string description, std::string category,
                  std::optional<ledger::Sign> sign = std::nullopt) {
  ledger::Rule out;
  out.id = id;
  out.place = "rules.toml:1";
  out.match.amount_description = {ledger::Pattern::Kind::kExact, std::move(description)};
  out.match.sign = sign;
  out.result.category = std::move(category);
  out.result.account = "0000400000";
  return out;
}

ledger::RuleBook book(std::string suspense_account = "") {
  using namespace std::chrono_literals;
  ledger::RuleSet set{"sample", "1", 2026y / 1 / 1, std::move(suspense_account), {}, {}};
  set.rules.push_back(rule("commission", "Commission", "F-REF"));
  set.rules.push_back(rule("sales", "Principal", "REV", ledger::Sign::kPositive));
  set.rules.push_back(rule("returns", "Principal", "RET", ledger::Sign::kNegative));
  auto made = ledger::RuleBook::make({std::move(set)});
  EXPECT_TRUE(made) << made.error().explain();
  return *made;
}

std::string small_file(std::string_view total) {
  return file_of({header_line(), summary_line(total),
                  detail_line("Order", "ItemPrice", "Principal", "100.00"),
                  detail_line("Order", "ItemPrice", "Principal", "-30.00"),
                  detail_line("Order", "ItemFees", "Commission", "-15.00"),
                  detail_line("Order", "ItemFees", "Commission", "-1.00"),
                  detail_line("Order", "ItemFees", "New fee", "-2.50"),
                  detail_line("Order", "ItemFees", "New fee", "0.00")});
}

TEST(Summary, WithoutRules_GroupsByTheFourTexts) {
  const SettlementSummary summary = summary_of(small_file("51.50"));
  EXPECT_EQ(summary.file, "report.txt");
  EXPECT_EQ(summary.layout, "V2");
  EXPECT_EQ(summary.settlement_id, "20612345671");
  EXPECT_EQ(summary.currency, "USD");
  EXPECT_EQ(summary.charset, "UTF-8");
  EXPECT_EQ(summary.decimal_mark, ".");
  EXPECT_EQ(summary.date_pattern, "YYYY-MM-DD");
  EXPECT_EQ(summary.rows, 6U);
  EXPECT_EQ(summary.total->decimal(), "51.50");
  EXPECT_EQ(summary.sum->decimal(), "51.50");
  EXPECT_EQ(summary.difference->decimal(), "0.00");
  EXPECT_TRUE(summary.ties);
  EXPECT_FALSE(summary.quarantined_rows.has_value());
  EXPECT_THAT(summary.errors, IsEmpty());
  EXPECT_THAT(texts(summary), ElementsAre("Order/ItemFees/Commission/amazon.com 2 -16.00",
                                          "Order/ItemFees/New fee/amazon.com 2 -2.50",
                                          "Order/ItemPrice/Principal/amazon.com 2 70.00"));
}

TEST(Summary, WithRules_GivesCategoriesAndWhatHasNoRule) {
  const ledger::RuleBook rules = book();
  const SettlementSummary summary = summary_of(small_file("51.50"), &rules);
  EXPECT_TRUE(summary.ties);
  EXPECT_EQ(summary.quarantined_rows, 2U);
  EXPECT_EQ(summary.quarantined_amount->decimal(), "-2.50");
  EXPECT_THAT(texts(summary), ElementsAre("Order/ItemFees/Commission/amazon.com 2 -16.00 F-REF",
                                          "Order/ItemFees/New fee/amazon.com 2 -2.50",
                                          "Order/ItemPrice/Principal/amazon.com 1 -30.00 RET",
                                          "Order/ItemPrice/Principal/amazon.com 1 100.00 REV"));
}

TEST(Summary, RulesWithSuspenseAccount_QuarantineNothing) {
  const ledger::RuleBook rules = book("0000199999");
  const SettlementSummary summary = summary_of(small_file("51.50"), &rules);
  EXPECT_EQ(summary.quarantined_rows, 0U);
  EXPECT_EQ(summary.quarantined_amount->decimal(), "0.00");
}

TEST(Summary, RowsBeforeTheFirstRuleVersion_AreQuarantined) {
  const ledger::RuleBook rules = book("0000199999");
  std::string row = detail_line("Order", "ItemPrice", "Principal", "51.50");
  row = with_cell(with_cell(row, 17, "2025-12-31"), 18, "2025-12-31 23:59:59 UTC");
  const auto summary = summary_of(file_of({header_line(), summary_line("51.50"), row}), &rules);
  EXPECT_EQ(summary.quarantined_rows, 1U);
}

TEST(Summary, OneCentOff_IsStillSummedUpAndSaysTheDifference) {
  const SettlementSummary summary = summary_of(small_file("51.51"));
  EXPECT_FALSE(summary.ties);
  EXPECT_EQ(summary.total->decimal(), "51.51");
  EXPECT_EQ(summary.sum->decimal(), "51.50");
  EXPECT_EQ(summary.difference->decimal(), "-0.01");
  EXPECT_EQ(summary.groups.size(), 3U);
  ASSERT_EQ(summary.errors.size(), 1U);
  EXPECT_TRUE(summary.errors[0].is(kSumDiffers));
}

TEST(Summary, UnreadableFile_HasOnlyItsError) {
  auto lines = sample_lines();
  lines[32] = with_cell(lines[32], 15, "1,00");
  const SettlementSummary summary = summary_of(file_of(lines));
  EXPECT_FALSE(summary.ties);
  EXPECT_FALSE(summary.total.has_value());
  EXPECT_THAT(summary.groups, IsEmpty());
  ASSERT_EQ(summary.errors.size(), 1U);
  EXPECT_TRUE(summary.errors[0].is(kMixedFormats));
  EXPECT_EQ(summary.errors[0].fact("line"), "33");
}

TEST(Summary, Groups_AddUpToTheSum) {
  const SettlementSummary summary = summary_of(file_of(sample_lines()));
  ASSERT_TRUE(summary.sum.has_value());
  ledger::Money sum = ledger::Money::zero(summary.sum->currency());
  std::uint64_t rows = 0;
  for (const SummaryGroup& group : summary.groups) {
    sum = *sum.plus(group.amount);
    rows += group.rows;
  }
  EXPECT_EQ(sum.decimal(), "1412.36");
  EXPECT_EQ(rows, summary.rows);
  EXPECT_TRUE(summary.ties);
}

TEST(Summary, UnknownColumnAndUndatedRow_AreReported) {
  const std::string row = detail_line("Order", "ItemPrice", "Principal", "1.00");
  const std::string undated = with_cell(with_cell(row, 17, ""), 18, "");
  const SettlementSummary summary =
      summary_of(file_of({header_line() + "\tvat-scheme", summary_line("1.00"), undated}));
  EXPECT_THAT(summary.unknown_columns, ElementsAre("vat-scheme"));
  EXPECT_EQ(summary.rows_without_date, 1U);
  EXPECT_TRUE(summary.ties);
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
