#include "ledger/numbered_documents.h"

#include <gtest/gtest.h>

#include "ledger/testing/posted.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

constexpr const char* kUser = "RFCUSER";

Manifest wanted() {
  const auto book =
      RuleBook::make({testing::rule_set({
                         testing::rule("sale", "Order", "-", "-", "400000", Nature::kSale),
                         testing::rule("fee", "Fee", "-", "-", "476000", Nature::kFee),
                     })})
          .value();
  auto settlement = testing::input(
      testing::classes(book, {{"Order", "", "", "1000.00"}, {"Fee", "", "", "-150.00"}}));
  settlement.settings.item_limit = 2;
  return derive(settlement, book)->manifest;
}

DocumentNumber number(int last) { return {"1000", std::to_string(100000000 + last), "2026"}; }

std::vector<SentDocument> sent(const Manifest& manifest) {
  std::vector<SentDocument> out;
  for (const auto& document : manifest.documents) {
    out.push_back({document.key.text(), number(static_cast<int>(out.size()))});
  }
  return out;
}

TEST(HolderOf, our_header_text_under_another_reference_is_what_we_sent) {
  const auto manifest = wanted();
  auto found = testing::posted_as(manifest.documents[0], number(0));
  found.reference = "AMAZON";
  EXPECT_EQ(holder_of(manifest.documents[0], found, kUser), Holder::kSent);
  // Our technical user may have got another name since; the hash of our manifest says enough.
  EXPECT_EQ(holder_of(manifest.documents[0], found, "NEWUSER"), Holder::kSent);
}

TEST(HolderOf, every_text_overwritten_is_told_by_user_dates_and_totals) {
  const auto manifest = wanted();
  auto found = testing::posted_as(manifest.documents[0], number(0));
  found.reference = "AMAZON";
  found.header_text = "AMAZON";
  EXPECT_EQ(holder_of(manifest.documents[0], found, kUser), Holder::kSent);
  EXPECT_EQ(holder_of(manifest.documents[0], found, "ACCOUNTANT"), Holder::kAnother);
  auto other_day = found;
  other_day.posting_date = testing::day(2026, 10, 1);
  EXPECT_EQ(holder_of(manifest.documents[0], other_day, kUser), Holder::kUnclear);
  auto other_total = found;
  for (auto& line : other_total.lines) line.amount = *line.amount.plus(line.amount);
  EXPECT_EQ(holder_of(manifest.documents[0], other_total, kUser), Holder::kUnclear);
}

TEST(HolderOf, a_number_given_again_to_another_settlement_of_ours_is_anothers) {
  const auto manifest = wanted();
  auto found = testing::posted_as(manifest.documents[0], number(0));
  found.header_text = "US 202610 01/01 0badcafe";
  found.reference = "20612345672-01A";
  EXPECT_EQ(holder_of(manifest.documents[0], found, kUser), Holder::kAnother);
  // The same substitution that hides our reference hides its reference too.
  found.reference = "AMAZON";
  EXPECT_EQ(holder_of(manifest.documents[0], found, kUser), Holder::kAnother);
}

TEST(JudgeWithNumbers, lost_references_are_found_posted_and_named) {
  const auto manifest = wanted();
  ASSERT_EQ(manifest.documents.size(), 2U);
  auto first = testing::posted_as(manifest.documents[0], number(0));
  first.reference = "AMAZON";
  const auto second = testing::posted_as(manifest.documents[1], number(1));
  const auto result = judge(manifest, {second}, {first}, sent(manifest), kUser);
  EXPECT_EQ(result.judgement.finding, Finding::kAlreadyPosted);
  ASSERT_EQ(result.lost.size(), 1U);
  EXPECT_EQ(result.lost[0].key, manifest.documents[0].key.text());
  EXPECT_EQ(result.lost[0].found, "AMAZON");
  // What is shown, and kept as what must be found again, is what SAP has.
  EXPECT_EQ(result.judgement.parts[0].document->reference, "AMAZON");
  EXPECT_TRUE(result.empty.empty() && result.taken.empty() && result.unclear.empty());
}

TEST(JudgeWithNumbers, lost_reference_of_a_reversed_document_is_a_reversal) {
  const auto manifest = wanted();
  std::vector<PostedDocument> found;
  for (const auto& one : manifest.documents) {
    found.push_back(testing::posted_as(one, number(static_cast<int>(found.size()))));
    found.back().reference = "AMAZON";
    found.back().reversed_by = number(8);
  }
  const auto result = judge(manifest, {}, found, sent(manifest), kUser);
  EXPECT_EQ(result.judgement.finding, Finding::kReversed);
  EXPECT_TRUE(result.lost.empty());
}

TEST(JudgeWithNumbers, numbers_without_our_document_prove_nothing_and_are_told) {
  const auto manifest = wanted();
  auto another = testing::posted_as(manifest.documents[1], number(1));
  another.user = "ACCOUNTANT";
  another.header_text = "rent";
  another.reference = "42";
  const auto result = judge(manifest, {}, {another}, sent(manifest), kUser);
  EXPECT_EQ(result.judgement.finding, Finding::kNothing);
  EXPECT_EQ(result.empty, std::vector{number(0)});
  EXPECT_EQ(result.taken, std::vector{number(1)});
}

TEST(JudgeWithNumbers, lost_document_beside_a_second_one_under_its_key_is_a_duplicate) {
  const auto manifest = wanted();
  auto lost = testing::posted_as(manifest.documents[0], number(0));
  lost.reference = "AMAZON";
  const auto again = testing::posted_as(manifest.documents[0], number(5));
  const auto fee = testing::posted_as(manifest.documents[1], number(1));
  const auto result = judge(manifest, {again, fee}, {lost}, sent(manifest), kUser);
  EXPECT_EQ(result.judgement.finding, Finding::kDuplicate);
  EXPECT_EQ(result.lost.size(), 1U);
}

}  // namespace
}  // namespace mlc::ledger
