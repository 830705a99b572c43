#include "ledger/posted_document.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>

#include "ledger/difference_text.h"
#include "ledger/testing/posted.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::classes;
using testing::day;
using testing::input;
using testing::rule;
using testing::rule_set;
using testing::usd;

// Two parts: 01 holds the sale and the return, 02 the fee.
Manifest wanted() {
  const auto book =
      RuleBook::make({rule_set({
                         rule("sale", "Order", "-", "-", "400000", Nature::kSale),
                         rule("return", "Refund", "-", "-", "410000", Nature::kRefund),
                         rule("fee", "Fee", "-", "-", "476000", Nature::kFee),
                     })})
          .value();
  auto settlement = input(classes(
      book,
      {{"Order", "", "", "1000.00"}, {"Refund", "", "", "-100.00"}, {"Fee", "", "", "-150.00"}}));
  settlement.settings.item_limit = 3;
  return derive(settlement, book)->manifest;
}

int next_number = 0;

PostedDocument posted(const LedgerDocument& document) {
  return testing::posted_as(document, {"1000", std::to_string(1900000000 + ++next_number), "2026"});
}

PostedDocument with_status(PostedDocument document, char status) {
  document.status = status;
  return document;
}

PostedDocument with_reference(PostedDocument document, std::string reference) {
  document.reference = std::move(reference);
  return document;
}

// A document and the reversal that carries the same reference.
std::vector<PostedDocument> reversed(PostedDocument document) {
  PostedDocument reversal = document;
  reversal.number.number = std::to_string(1900000000 + ++next_number);
  reversal.reverses = document.number;
  document.reversed_by = reversal.number;
  for (auto& line : reversal.lines) line.amount = line.amount.negated().value();
  return {document, reversal};
}

std::vector<PostedDocument> all_of(std::initializer_list<std::vector<PostedDocument>> groups) {
  std::vector<PostedDocument> out;
  for (const auto& group : groups) out.insert(out.end(), group.begin(), group.end());
  return out;
}

PostedLine line(std::string account, std::int64_t cents) {
  return {9, 'S', std::move(account), usd(cents), usd(cents), {}, {}, {}, {}, {}};
}

TEST(CompareTest, WhatSapPostedAsWantedIsEqualInAnyOrder) {
  const auto manifest = wanted();
  auto found = posted(manifest.documents[0]);
  std::reverse(found.lines.begin(), found.lines.end());
  EXPECT_TRUE(compare(manifest.documents[0], found).empty());
}

struct Change {
  const char* what;
  std::function<void(PostedDocument&)> change;
  bool hard;
  const char* field;
};

std::vector<Change> changes() {
  const auto euro = Currency::from_code("EUR").value();
  return {
      {"company code", [](auto& d) { d.number.company_code = "2000"; }, true, "BUKRS"},
      {"currency", [euro](auto& d) { d.currency = euro; }, true, "WAERS"},
      {"one cent moved between accounts",
       [](auto& d) {
         d.lines[0].amount = usd(-99999);
         d.lines[1].amount = usd(9999);
         d.lines[0].local_amount = usd(-99999);
         d.lines[1].local_amount = usd(9999);
       },
       true, "WRBTR 0000400000"},
      {"substituted account", [](auto& d) { d.lines[0].account = "0000400001"; }, true,
       "WRBTR 0000400000"},
      {"substituted account type", [](auto& d) { d.lines[0].account_type = 'D'; }, true,
       "WRBTR 0000400000"},
      {"tax code added", [](auto& d) { d.lines[0].tax_code = "A1"; }, true, "WRBTR 0000400000"},
      {"a line is missing", [](auto& d) { d.lines.pop_back(); }, true, "WRBTR 0000140000"},
      {"an extra line with an amount", [](auto& d) { d.lines.push_back(line("0000999999", 1)); },
       true, "WRBTR 0000999999"},
      {"local amounts do not add up", [](auto& d) { d.lines[0].local_amount = usd(-100001); }, true,
       "DMBTR"},
      {"local amounts in two currencies",
       [euro](auto& d) { d.lines[0].local_amount = Money::zero(euro); }, true, "DMBTR"},
      {"reference", [](auto& d) { d.reference = "INV-1"; }, false, "XBLNR"},
      {"document type", [](auto& d) { d.document_type = "SA"; }, false, "BLART"},
      {"posting date", [](auto& d) { d.posting_date = day(2026, 11, 1); }, false, "BUDAT"},
      {"document date", [](auto& d) { d.document_date = day(2026, 11, 1); }, false, "BLDAT"},
      {"header text", [](auto& d) { d.header_text = "x"; }, false, "BKTXT"},
      {"line text", [](auto& d) { d.lines[0].text = "x"; }, false, "SGTXT 0000400000"},
      {"assignment", [](auto& d) { d.lines[0].assignment = "x"; }, false, "ZUONR 0000400000"},
      {"profit centre", [](auto& d) { d.lines[0].profit_center = "1"; }, false, "PRCTR 0000400000"},
      {"cost centre", [](auto& d) { d.lines[0].cost_center = "1"; }, false, "KOSTL 0000400000"},
      {"splitting lines that cancel out",
       [](auto& d) {
         d.lines.push_back(line("0000999999", 70000));
         d.lines.push_back(line("0000999998", -70000));
       },
       false, "WRBTR 0000999998"},
      {"zero clearing line on one account",
       [](auto& d) {
         d.lines.push_back(line("0000999999", 5));
         d.lines.push_back(line("0000999999", -5));
       },
       false, "WRBTR 0000999999"},
      {"a line split in two on its account",
       [](auto& d) {
         d.lines[0].amount = usd(-60000);
         d.lines[0].local_amount = usd(-60000);
         d.lines.push_back(line("0000400000", -40000));
       },
       false, "lines of 0000400000"},
  };
}

TEST(CompareTest, HardAndSoftFields) {
  const auto manifest = wanted();
  for (const auto& row : changes()) {
    auto found = posted(manifest.documents[0]);
    row.change(found);
    const auto differences = compare(manifest.documents[0], found);
    ASSERT_FALSE(differences.empty()) << row.what;
    EXPECT_EQ(std::ranges::any_of(differences, &Difference::hard), row.hard) << row.what;
    const auto named = std::ranges::find(differences, row.field, &Difference::field);
    ASSERT_NE(named, differences.end()) << row.what << ": " << differences[0].field;
    EXPECT_EQ(named->hard, row.hard) << row.what;
    EXPECT_EQ(named->document, "20612345671-01A");
    EXPECT_NE(named->wanted, named->found) << row.what;
  }
}

TEST(JudgeTest, NamesWhatSapHolds) {
  const auto manifest = wanted();
  ASSERT_EQ(manifest.documents.size(), 2U);
  const auto one = posted(manifest.documents[0]);
  const auto two = posted(manifest.documents[1]);
  const auto repost = next_revision(manifest, day(2026, 11, 2)).value();
  const auto one_b = posted(repost.documents[0]);
  const auto two_b = posted(repost.documents[1]);
  auto other_account = one;
  other_account.lines[0].account = "0000400001";
  auto other_profit_center = one;
  other_profit_center.lines[0].profit_center = "0000009999";
  const auto foreign = with_reference(one, "20612345671");
  struct Case {
    const char* what;
    std::vector<PostedDocument> found;
    Finding finding;
  };
  const std::vector<Case> cases{
      {"nothing under the stem", {}, Finding::kNothing},
      {"all parts live and equal", {one, two}, Finding::kAlreadyPosted},
      {"the order of finding does not matter", {two, one}, Finding::kAlreadyPosted},
      {"one part of two", {two}, Finding::kIncomplete},
      {"posted twice", {one, two, posted(manifest.documents[0])}, Finding::kDuplicate},
      {"two revisions live at once", {one, two, one_b}, Finding::kDuplicate},
      {"all reversed by hand in FB08", all_of({reversed(one), reversed(two)}), Finding::kReversed},
      {"one part reversed", all_of({reversed(one), {two}}), Finding::kPartlyReversed},
      {"the only part there was is reversed", reversed(one), Finding::kReversed},
      {"reversed and reposted under the next letter",
       all_of({reversed(one), reversed(two), {one_b, two_b}}), Finding::kAlreadyPosted},
      {"one part reposted, the other not", all_of({reversed(one), reversed(two), {one_b}}),
       Finding::kPartlyReversed},
      {"reversed again", all_of({reversed(one), reversed(one_b), {two}}), Finding::kPartlyReversed},
      {"an account was substituted", {other_account, two}, Finding::kConflicts},
      {"a profit centre was substituted", {other_profit_center, two}, Finding::kAlreadyPosted},
      {"a part that we do not have",
       {one, two, with_reference(one, "20612345671-03A")},
       Finding::kConflicts},
      {"a part that we do not have, reversed",
       all_of({{one, two}, reversed(with_reference(one, "20612345671-03A"))}),
       Finding::kAlreadyPosted},
      {"parked", {with_status(one, 'V')}, Finding::kParked},
      {"parked complete beside a live one", {one, two, with_status(one, 'W')}, Finding::kParked},
      {"a parked one was deleted",
       {with_status(one, 'Z'), with_status(two, 'Z')},
       Finding::kReversed},
      {"keyed by hand", {foreign}, Finding::kForeign},
      {"keyed by hand with a blank", {with_reference(one, "20612345671 OCT")}, Finding::kForeign},
      {"keyed by hand with a hyphen", {with_reference(one, "20612345671-OCT1")}, Finding::kForeign},
      {"keyed by hand and parked", {with_status(foreign, 'V')}, Finding::kForeign},
      {"keyed by hand and reversed", reversed(foreign), Finding::kNothing},
      {"keyed by hand beside ours", {one, two, foreign}, Finding::kAlreadyPosted},
      {"another settlement's key with a longer id",
       {with_reference(one, "206123456712-01A")},
       Finding::kNothing},
      {"an accrual and a transfer",
       {with_reference(one, "20612345671-A1A"), with_reference(one, "20612345671-T1A")},
       Finding::kNothing},
      {"another id altogether", {with_reference(one, "30612345671-01A")}, Finding::kNothing},
  };
  for (const auto& row : cases) {
    const auto judgement = judge(manifest, row.found);
    EXPECT_EQ(to_word(judgement.finding), to_word(row.finding)) << row.what;
    EXPECT_GE(judgement.parts.size(), 2U) << row.what;
  }
}

TEST(JudgeTest, TellsPartsAndDocuments) {
  const auto manifest = wanted();
  const auto one = posted(manifest.documents[0]);
  const auto repost = next_revision(manifest, day(2026, 11, 2)).value();
  const auto one_b = posted(repost.documents[0]);
  const auto foreign = with_reference(one, "20612345671/1");
  const auto judgement = judge(manifest, all_of({{one_b}, reversed(one), {foreign}}));
  ASSERT_EQ(judgement.parts.size(), 2U);
  const auto& part = judgement.parts[0];
  EXPECT_EQ(part.part, "01");
  EXPECT_EQ(part.state, PartState::kLive);
  EXPECT_EQ(part.revision, 'B');
  ASSERT_TRUE(part.document);
  EXPECT_EQ(part.document->number, one_b.number);
  EXPECT_EQ(part.all.size(), 3U);
  EXPECT_EQ(judgement.parts[1].state, PartState::kAbsent);
  EXPECT_EQ(judgement.parts[1].revision, ' ');
  EXPECT_FALSE(judgement.parts[1].document);
  ASSERT_EQ(judgement.foreign.size(), 1U);
  EXPECT_EQ(judgement.foreign[0].reference, "20612345671/1");
  // The next letter has its own posting date and hash: neither is a difference.
  EXPECT_TRUE(judgement.differences.empty());
}

TEST(JudgeTest, LastReversedDocumentIsShownNotItsReversal) {
  const auto manifest = wanted();
  const auto one = posted(manifest.documents[0]);
  const auto repost = next_revision(manifest, day(2026, 11, 2)).value();
  const auto one_b = posted(repost.documents[0]);
  const auto judgement = judge(manifest, all_of({reversed(one_b), reversed(one)}));
  EXPECT_EQ(judgement.parts[0].state, PartState::kReversed);
  EXPECT_EQ(judgement.parts[0].revision, 'B');
  EXPECT_EQ(judgement.parts[0].document->number, one_b.number);
}

TEST(JudgeTest, ASettlementWithoutDocumentsExpectsNothing) {
  auto manifest = wanted();
  const auto one = posted(manifest.documents[0]);
  manifest.documents.clear();
  EXPECT_EQ(judge(manifest, {}).finding, Finding::kNothing);
  EXPECT_EQ(judge(manifest, {one}).finding, Finding::kConflicts);
}

TEST(DifferenceTextTest, HardDifferencesAreWordsWithSapsNames) {
  const std::vector<Difference> differences{{true, "1-01A", "WRBTR 0000476700", "471.41", "0.00"},
                                            {false, "1-01A", "BKTXT", "a", "b"},
                                            {true, "1-01A", "WRBTR 0000476800/A1", "", "471.41"},
                                            {true, "1-01A", "FWSTE A1", "0", "1.00"},
                                            {true, "1-01A", "something new", "1", "2"}};
  EXPECT_EQ(hard_differences_text(differences),
            "amount on account 0000476700 is 0.00, planned 471.41 (WRBTR); "
            "amount on account 0000476800/A1 is 471.41, planned nothing (WRBTR); "
            "tax of tax code A1 is 1.00, planned 0 (FWSTE); something new is 2, planned 1");
  EXPECT_EQ(hard_differences_text({}), "");
}

}  // namespace
}  // namespace mlc::ledger
