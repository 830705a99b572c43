#include "ledger/derive.h"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <random>
#include <sstream>

#include "ledger/errors.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::classes;
using testing::day;
using testing::input;
using testing::Row;
using testing::rule;
using testing::rule_set;
using testing::usd;

constexpr auto kNet = Treatment::kNetToZero;

RuleSet sample_rules() {
  auto set = rule_set({
      rule("sales", "Order", "ItemPrice", "Principal", "400000", Nature::kSale),
      rule("returns", "Refund", "ItemPrice", "Principal", "400000", Nature::kRefund),
      rule("tax", "-", "ItemPrice", "Tax", "186000", Nature::kTax, kNet),
      rule("withheld", "-", "ItemWithheldTax", "-", "186000", Nature::kTax, kNet),
      rule("referral", "-", "ItemFees", "Commission", "476000", Nature::kFee),
      rule("fba", "-", "ItemFees", "FBA*", "477000", Nature::kFee),
      rule("held", "-", "other-transaction", "Current Reserve Amount", "112000", Nature::kReserve),
      rule("released", "-", "other-transaction", "Previous Reserve Amount Balance", "112000",
           Nature::kReserve),
      rule("moved stock", "-", "FC Transfer", "-", "", Nature::kOther, Treatment::kExclude),
      rule("debt", "-", "other-transaction", "Payable to Amazon", "113000", Nature::kTransfer),
  });
  set.rules[0].result.text = "Sales {marketplace}";
  return set;
}

RuleBook book_of(RuleSet set) { return RuleBook::make({std::move(set)}).value(); }

// "01A 1: sale 0000400000 -1000.00" for every line, as a journal.
std::string journal(const Manifest& manifest) {
  std::ostringstream out;
  for (const auto& document : manifest.documents) {
    for (const auto& line : document.lines) {
      out << document.key.part << document.key.revision << ' ' << line.item << ": "
          << to_word(line.nature) << ' ' << line.account << ' ' << line.amount.decimal() << '\n';
    }
  }
  return out.str();
}

TEST(DeriveTest, JournalsABookkeeperCanRead) {
  const auto book = book_of(sample_rules());
  struct Case {
    const char* what;
    std::vector<Row> rows;
    const char* journal;
  };
  const std::vector<Case> cases{
      {"US sale: facilitator tax nets to zero, no tax code",
       {{"Order", "ItemPrice", "Principal", "1000.00"},
        {"Order", "ItemPrice", "Tax", "82.50"},
        {"Order", "ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", "-82.50"}},
       "01A 1: sale 0000400000 -1000.00\n"
       "01A 2: receivable 0000140000 1000.00\n"},
      {"sales and refunds never net into one line",
       {{"Order", "ItemPrice", "Principal", "100.00"},
        {"Refund", "ItemPrice", "Principal", "-40.00"},
        {"Order", "ItemFees", "Commission", "-15.00"},
        {"Refund", "ItemFees", "Commission", "6.00"}},
       "01A 1: sale 0000400000 -100.00\n"
       "01A 2: refund 0000400000 40.00\n"
       "01A 3: fee 0000476000 9.00\n"
       "01A 4: receivable 0000140000 51.00\n"},
      {"negative settlement: the receivable is credited",
       {{"other-transaction", "other-transaction", "Payable to Amazon", "80.00"},
        {"Order", "ItemFees", "Commission", "-160.00"}},
       "01A 1: fee 0000476000 160.00\n"
       "01A 2: transfer 0000113000 -80.00\n"
       "01A 3: receivable 0000140000 -80.00\n"},
      {"reserve held",
       {{"Order", "ItemPrice", "Principal", "500.00"},
        {"other-transaction", "other-transaction", "Current Reserve Amount", "-500.00"}},
       "01A 1: sale 0000400000 -500.00\n"
       "01A 2: reserve 0000112000 500.00\n"},  // total 0: nothing left for the receivable
      {"reserve held and released by one file: a zero line is not sent",
       {{"other-transaction", "other-transaction", "Previous Reserve Amount Balance", "500.00"},
        {"other-transaction", "other-transaction", "Current Reserve Amount", "-500.00"}},
       ""},
      {"excluded rows cancel out",
       {{"Order", "ItemPrice", "Principal", "1.00"},
        {"FC", "FC Transfer", "in", "7.00"},
        {"FC", "FC Transfer", "out", "-7.00"}},
       "01A 1: sale 0000400000 -1.00\n"
       "01A 2: receivable 0000140000 1.00\n"},
      {"nothing at all", {}, ""},
  };
  for (const auto& row : cases) {
    const auto result = derive(input(classes(book, row.rows)), book);
    ASSERT_TRUE(result) << row.what << ": " << result.error().explain();
    EXPECT_EQ(journal(result->manifest), row.journal) << row.what;
    EXPECT_TRUE(validate(result->manifest)) << row.what;
  }
}

TEST(DeriveTest, FillsHeaderLinesAndDestinations) {
  const auto book = book_of(sample_rules());
  const auto result = derive(input(classes(book, {{"Order", "ItemPrice", "Principal", "10.00"},
                                                  {"Order", "ItemPrice", "Tax", "1.00"},
                                                  {"Order", "ItemWithheldTax", "X", "-1.00"}})),
                             book);
  ASSERT_TRUE(result);
  const auto& manifest = result->manifest;
  EXPECT_EQ(manifest.rules_version, "2026-1");
  EXPECT_EQ(manifest.stem, "20612345671-");
  ASSERT_EQ(manifest.documents.size(), 1U);
  const auto& document = manifest.documents[0];
  EXPECT_EQ(document.key.text(), "20612345671-01A");
  EXPECT_EQ(document.header_text, "US 202610 01/01 " + manifest.content_hash.substr(0, 8));
  EXPECT_EQ(document.lines[0].text, "Sales amazon.com");
  EXPECT_EQ(document.lines[0].assignment, "20612345671");
  EXPECT_EQ(document.lines[1].profit_center, "0000004711");
  EXPECT_EQ(document.lines[1].assignment, "20612345671");
  ASSERT_EQ(result->destinations.size(), 3U);
  EXPECT_EQ(result->destinations[0].rule, "sales");
  EXPECT_EQ(result->destinations[0].document, "20612345671-01A");
  EXPECT_EQ(result->destinations[0].item, 1U);
  EXPECT_EQ(result->destinations[1].rule, "tax");
  EXPECT_EQ(result->destinations[1].account, "0000186000");
  EXPECT_EQ(result->destinations[1].document, "");
  EXPECT_EQ(result->destinations[1].treatment, Treatment::kNetToZero);
}

TEST(DeriveTest, RefusesByName) {
  const auto book = book_of(sample_rules());
  struct Case {
    const char* what;
    std::vector<Row> rows;
    std::function<void(DerivationInput&)> change;
    const ErrorKind* kind;
  };
  const auto same = [](DerivationInput&) {};
  const std::vector<Row> one{{"Order", "ItemPrice", "Principal", "10.00"}};
  const std::vector<Case> cases{
      {"no rule", {{"Order", "ItemPrice", "NewThing", "1.00"}}, same, &kNeedsRules},
      {"tax off by a cent",
       {{"Order", "ItemPrice", "Tax", "82.50"}, {"Order", "ItemWithheldTax", "X", "-82.49"}},
       same,
       &kNotNetted},
      {"exclusion off by a cent",
       {{"FC", "FC Transfer", "in", "7.00"}, {"FC", "FC Transfer", "out", "-7.01"}},
       same,
       &kNotExcludedToZero},
      {"total off by a cent", one, [](DerivationInput& i) { i.header.total = usd("10.01"); },
       &kSumDiffers},
      {"other currency", one,
       [](DerivationInput& i) {
         i.header.total = Money::from_minor(1000, Currency::from_code("EUR").value());
       },
       &kMixedCurrencies},
      {"id", one, [](DerivationInput& i) { i.header.id = SettlementId("A1"); },
       &kSettlementIdNotNumeric},
      {"BUKRS", one, [](DerivationInput& i) { i.settings.company_code = "10000"; }, &kFieldTooLong},
      {"BLART", one, [](DerivationInput& i) { i.settings.document_type = "ZAB"; }, &kFieldTooLong},
      {"BKTXT", one, [](DerivationInput& i) { i.settings.marketplace_label = "amazon.com"; },
       &kFieldTooLong},
      {"documents",
       {{"Order", "ItemPrice", "Principal", "1.00"}, {"Order", "ItemFees", "Commission", "-3.00"}},
       [](DerivationInput& i) {
         i.settings.item_limit = 2;
         i.settings.document_limit = 1;
       },
       &kUnitTooLarge},
      {"item limit", one, [](DerivationInput& i) { i.settings.item_limit = 901; }, &kBadSettings},
      {"no receivable", one, [](DerivationInput& i) { i.settings.receivable_account = ""; },
       &kBadSettings},
      {"SAP without cents",
       {{"Order", "ItemPrice", "Principal", "10.01"}},
       [](DerivationInput& i) { i.settings.sap_decimals = 0; },
       &kCurrencyDecimals},
      {"14 digits",
       {{"Order", "ItemPrice", "Principal", "100000000000.00"}},
       same,
       &kCurrencyDecimals},
  };
  for (const auto& row : cases) {
    auto changed = input(classes(book, row.rows));
    row.change(changed);
    const auto result = derive(changed, book);
    ASSERT_FALSE(result) << row.what;
    EXPECT_TRUE(result.error().is(*row.kind)) << row.what << ": " << result.error().explain();
    EXPECT_FALSE(result.error().cure().empty()) << row.what;
  }
}

TEST(DeriveTest, SapDecimalsHoldRoundAmountsAndFewerDecimals) {
  const auto book = book_of(sample_rules());
  auto round = input(classes(book, {{"Order", "ItemPrice", "Principal", "10.00"}}));
  round.settings.sap_decimals = 0;
  EXPECT_TRUE(derive(round, book));
  auto largest = input(classes(book, {{"Order", "ItemPrice", "Principal", "99999999999.99"}}));
  EXPECT_TRUE(derive(largest, book));
}

TEST(DeriveTest, RowsBeforeTheFirstVersionNeedRules) {
  auto set = sample_rules();
  set.suspense_account = "199999";
  const auto book = book_of(set);
  const auto early =
      input(classes(book, {{"Order", "ItemPrice", "Principal", "1.00"}}, day(2025, 12, 31)));
  EXPECT_TRUE(derive(early, book).error().is(kNeedsRules));
  EXPECT_EQ(unmapped(early.classes, book), std::vector<ClassNumber>{0});
}

TEST(DeriveTest, SuspenseTakesUnknownRowsWhenItIsNamed) {
  auto set = sample_rules();
  set.suspense_account = "199999";
  const auto book = book_of(set);
  const auto result =
      derive(input(classes(book, {{"Order", "ItemPrice", "NewThing", "3.00"}})), book);
  ASSERT_TRUE(result);
  EXPECT_EQ(journal(result->manifest),
            "01A 1: other 0000199999 -3.00\n"
            "01A 2: receivable 0000140000 3.00\n");
  EXPECT_EQ(result->destinations[0].rule, "suspense");
  EXPECT_EQ(result->manifest.documents[0].lines[0].text, "No rule: Order ItemPrice NewThing");
}

TEST(DeriveTest, SuspenseKeepsSalesAndRefundsApart) {
  auto set = sample_rules();
  set.suspense_account = "199999";
  set.suspense_profit_center = "P9";
  const auto book = book_of(set);
  const auto result = derive(input(classes(book, {{"Order", "ItemPrice", "NewThing", "3.00"},
                                                  {"Refund", "ItemPrice", "NewThing", "-3.00"}})),
                             book);
  ASSERT_TRUE(result);
  EXPECT_EQ(journal(result->manifest),
            "01A 1: other 0000199999 -3.00\n"
            "01A 2: other 0000199999 3.00\n");
  EXPECT_EQ(result->manifest.documents[0].lines[0].profit_center, "P9");
}

TEST(DeriveTest, CostCentresFollowTheMarketplace) {
  auto set = rule_set({rule("fees", "-", "-", "-", "476000", Nature::kFee)});
  set.rules[0].result.cost_center = std::string(kByMarketplace);
  set.cost_centers = {{"Amazon.com", "4711"}, {"amazon.ca", "CA-1"}};
  const auto book = book_of(set);
  const auto result = derive(input(classes(book, {{"Order", "x", "y", "-1.00", "amazon.com"},
                                                  {"Order", "x", "y", "-2.00", "AMAZON.CA"}})),
                             book);
  ASSERT_TRUE(result) << result.error().explain();
  EXPECT_EQ(result->manifest.documents[0].lines[0].cost_center, "0000004711");
  EXPECT_EQ(result->manifest.documents[0].lines[1].cost_center, "CA-1");
  const auto missing = derive(input(classes(book, {{"Order", "x", "y", "-1.00", ""}})), book);
  EXPECT_TRUE(missing.error().is(kUnknownCostCenter));
}

TEST(DeriveTest, LongTextsAreCutAndLongAssignmentsRefused) {
  const std::string description =
      "Transfer of funds unsuccessful: the bank account is closed " + std::string(40, 'x');
  auto set = rule_set({rule("all", "-", "-", "-", "1")});
  set.rules[0].result.text = "{amount_description}";
  auto book = book_of(set);
  const auto cut =
      derive(input(classes(book, {{"Order", "x", description.c_str(), "1.00"}})), book);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->manifest.documents[0].lines[0].text,
            "Transfer of funds unsuccessful: the bank account i");
  set.rules[0].result.assignment = "{amount_description}";
  book = book_of(set);
  EXPECT_TRUE(derive(input(classes(book, {{"Order", "x", description.c_str(), "1.00"}})), book)
                  .error()
                  .is(kFieldTooLong));
}

TEST(DeriveTest, CutsIntoPartsThatEachBalance) {
  auto set = rule_set({rule("all", "-", "-", "-", "1")});
  set.rules[0].result.text = "{amount_description}";
  const auto book = book_of(set);
  std::vector<Row> rows;
  const std::vector<std::string> names{"a", "b", "c", "d", "e", "f", "g"};
  for (const auto& name : names) rows.push_back({"Order", "x", name.c_str(), "1.00"});
  auto parts = input(classes(book, rows));
  parts.settings.item_limit = 4;
  const auto result = derive(parts, book);
  ASSERT_TRUE(result);
  ASSERT_EQ(result->manifest.documents.size(), 3U);
  EXPECT_EQ(result->manifest.documents[0].lines.size(), 4U);
  EXPECT_EQ(result->manifest.documents[2].lines.size(), 2U);
  EXPECT_EQ(result->manifest.documents[2].key.text(), "20612345671-03A");
  EXPECT_EQ(result->manifest.documents[1].header_text,
            "US 202610 02/03 " + result->manifest.content_hash.substr(0, 8));
  EXPECT_EQ(result->manifest.documents[1].lines.back().amount, usd("3.00"));
  EXPECT_EQ(result->destinations[6].document, "20612345671-03A");
  EXPECT_EQ(result->destinations[6].item, 1U);
}

TEST(NextRevisionTest, RepeatsTheLinesUnderTheNextLetter) {
  const auto book = book_of(sample_rules());
  const auto first =
      derive(input(classes(book, {{"Order", "ItemPrice", "Principal", "10.00"}})), book)->manifest;
  const auto second = next_revision(first, day(2026, 11, 2));
  ASSERT_TRUE(second);
  EXPECT_TRUE(validate(*second));
  EXPECT_EQ(second->documents[0].key.text(), "20612345671-01B");
  EXPECT_EQ(second->documents[0].lines, first.documents[0].lines);
  EXPECT_EQ(second->documents[0].posting_date, day(2026, 11, 2));
  EXPECT_EQ(second->documents[0].document_date, first.documents[0].document_date);
  EXPECT_NE(second->content_hash, first.content_hash);
  EXPECT_EQ(second->documents[0].header_text,
            "US 202611 01/01 " + second->content_hash.substr(0, 8));
  auto last = first;
  last.revision = 'Z';
  EXPECT_TRUE(next_revision(last, day(2026, 11, 2)).error().is(kTooManyRevisions));
}

// Random settlements: whatever goes in comes out, every document balances, and a second derivation
// gives the same bytes, whatever the order of the rows.
TEST(DerivePropertyTest, RowsInAreRowsOutAndBytesAreTheSame) {
  const auto book = book_of([] {
    auto set = sample_rules();
    set.suspense_account = "199999";
    set.rules[0].result.text = "{marketplace}";
    return set;
  }());
  const std::vector<std::array<const char*, 3>> kinds{
      {"Order", "ItemPrice", "Principal"},  {"Refund", "ItemPrice", "Principal"},
      {"Order", "ItemFees", "Commission"},  {"Order", "ItemFees", "FBAPerUnitFulfillmentFee"},
      {"Refund", "ItemFees", "Commission"}, {"x", "other-transaction", "Payable to Amazon"},
      {"Order", "Unknown", "Thing"},        {"FBAFees", "Unknown", "Base fee"}};
  const std::vector<const char*> shops{"amazon.com", "amazon.ca", "amazon.com.mx", ""};
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    std::mt19937 chance(seed);
    const auto pick = [&chance](std::size_t count) { return chance() % count; };
    std::vector<std::string> amounts(1 + pick(40));
    std::vector<Row> rows;
    for (auto& amount : amounts) {
      amount = usd(static_cast<std::int64_t>(pick(200001)) - 100000).decimal();
      const auto& kind = kinds[pick(kinds.size())];
      rows.push_back({kind[0], kind[1], kind[2], amount.c_str(), shops[pick(shops.size())]});
    }
    const std::string tax = usd(static_cast<std::int64_t>(pick(10000))).decimal();
    const std::string withheld = "-" + tax;
    rows.push_back({"Order", "ItemPrice", "Tax", tax.c_str()});
    rows.push_back({"Order", "ItemWithheldTax", "X", withheld.c_str()});
    auto one = input(classes(book, rows));
    one.settings.item_limit = static_cast<int>(3 + pick(10));
    const auto result = derive(one, book);
    ASSERT_TRUE(result) << seed << ": " << result.error().explain();
    const auto all = result->posted.plus(result->netted)->plus(result->excluded);
    ASSERT_EQ(*all, one.header.total) << seed;
    ASSERT_TRUE(validate(result->manifest)) << seed;
    Money receivable = usd(0);
    for (const auto& document : result->manifest.documents) {
      for (const auto& line : document.lines) {
        if (line.nature == Nature::kReceivable) receivable = receivable.plus(line.amount).value();
      }
    }
    ASSERT_EQ(receivable, one.header.total) << seed;  // what Amazon owes us
    std::shuffle(rows.begin(), rows.end(), chance);
    auto two = input(classes(book, rows));
    two.settings.item_limit = one.settings.item_limit;
    ASSERT_EQ(write_manifest(derive(two, book)->manifest), write_manifest(result->manifest))
        << seed;
  }
}

}  // namespace
}  // namespace mlc::ledger
