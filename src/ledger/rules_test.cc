#include "ledger/rules.h"

#include <functional>
#include <gtest/gtest.h>

#include "ledger/classify.h"
#include "ledger/errors.h"
#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::day;
using testing::pattern;
using testing::rule;
using testing::rule_set;
using testing::usd;

RowClass row_class(std::string transaction_type, std::string amount_type, std::string description) {
  return {.transaction_type = std::move(transaction_type),
          .amount_type = std::move(amount_type),
          .amount_description = std::move(description),
          .marketplace = "Amazon.com",
          .fulfillment = "AFN",
          .sku = "AB-1",
          .sign = Sign::kNegative,
          .rules_version = "2026-1"};
}

std::string winner(const RuleBook& book, const RowClass& row) {
  const Rule* found = book.match(row);
  return found == nullptr ? "none" : found->id;
}

TEST(MatchTest, TheMoreSpecificRuleWins) {
  const auto book = RuleBook::make({rule_set({
      rule("any", "-", "-", "-", "1"),
      rule("order", "Order", "-", "-", "1"),
      rule("fees of any", "-", "ItemFees", "-", "1"),
      rule("fees of orders", "Order", "ItemFees", "-", "1"),
      rule("fba", "-", "-", "FBA*", "1"),
      rule("fba storage", "-", "-", "FBA Inventory Storage*", "1"),
      rule("commission", "-", "-", "Commission", "1"),
      rule("commission of refunds", "Refund", "-", "Commission", "1"),
      rule("blank type", "", "-", "-", "1"),
      rule("blank description", "-", "-", "", "1"),
  })});
  ASSERT_TRUE(book);
  struct Case {
    const char* transaction_type;
    const char* amount_type;
    const char* description;
    const char* winner;
  };
  for (const auto& row : {
           Case{"Liquidations", "ItemPrice", "Principal", "any"},
           {"Order", "ItemPrice", "Principal", "order"},
           {"Order", "ItemFees", "Anything", "fees of orders"},
           {"Refund", "ItemFees", "Anything", "fees of any"},
           {"Order", "ItemFees", "Commission", "commission"},  // description comes first
           {"Refund", "ItemFees", "Commission", "commission of refunds"},
           {"Order", "ItemFees", "FBAPerUnitFulfillmentFee", "fba"},
           {"", "FBAFees", "FBA Inventory Storage Fee", "fba storage"},  // the longer prefix
           {"", "FBAFees", "Base fee", "blank type"},
           {"Order", "ItemFees", "", "blank description"},
           {" oRDER ", "itemfees", "  commission ", "commission"},  // folded, trimmed
       }) {
    EXPECT_EQ(winner(*book, row_class(row.transaction_type, row.amount_type, row.description)),
              row.winner)
        << row.transaction_type << " / " << row.amount_type << " / " << row.description;
  }
}

TEST(MatchTest, EveryAttributeOutranksThoseAfterIt) {
  // Each rule matches the row by one attribute only, in the order of rank.
  auto description = rule("description", "-", "-", "Fee*", "1");
  auto amount_type = rule("amount_type", "-", "ItemFees", "-", "1");
  auto transaction_type = rule("transaction_type", "Order", "-", "-", "1");
  auto marketplace = rule("marketplace", "-", "-", "-", "1");
  marketplace.match.marketplace = pattern("AMAZON.COM");
  auto fulfillment = rule("fulfillment", "-", "-", "-", "1");
  fulfillment.match.fulfillment = pattern("afn");
  auto sku = rule("sku", "-", "-", "-", "1");
  sku.match.sku = pattern("AB*");
  auto sign = rule("sign", "-", "-", "-", "1");
  sign.match.sign = Sign::kNegative;
  std::vector<Rule> rules{sign,        sku,        fulfillment, marketplace, transaction_type,
                          amount_type, description};
  while (!rules.empty()) {
    const auto book = RuleBook::make({rule_set(rules)});
    ASSERT_TRUE(book);
    EXPECT_EQ(winner(*book, row_class("Order", "ItemFees", "Fee X")), rules.back().id);
    rules.pop_back();
  }
}

TEST(MatchTest, SignAndVersionDecide) {
  auto charge = rule("charge", "-", "-", "Fee", "1");
  charge.match.sign = Sign::kNegative;
  auto credit = rule("credit", "-", "-", "Fee", "2");
  credit.match.sign = Sign::kPositive;
  const auto book =
      RuleBook::make({rule_set({charge, credit}, "2026-1", day(2026, 1, 1)),
                      rule_set({rule("new", "-", "-", "Fee", "3")}, "2026-2", day(2026, 7, 1))});
  ASSERT_TRUE(book);
  auto row = row_class("", "", "Fee");
  EXPECT_EQ(winner(*book, row), "charge");
  row.sign = Sign::kPositive;
  EXPECT_EQ(winner(*book, row), "credit");
  row.sign = Sign::kZero;
  EXPECT_EQ(winner(*book, row), "none");
  row.rules_version = "2026-2";
  EXPECT_EQ(winner(*book, row), "new");
  row.rules_version = "";
  EXPECT_EQ(winner(*book, row), "none");
  EXPECT_EQ(book->governing(day(2025, 12, 31)), nullptr);
  EXPECT_EQ(book->governing(day(2026, 1, 1))->version, "2026-1");
  EXPECT_EQ(book->governing(day(2026, 6, 30))->version, "2026-1");
  EXPECT_EQ(book->governing(day(2026, 7, 1))->version, "2026-2");
  EXPECT_EQ(book->governing(day(2030, 1, 1))->version, "2026-2");
  EXPECT_EQ(book->find("2026-3"), nullptr);
}

TEST(MakeTest, RefusesTwoRulesThatCouldBothWin) {
  struct Case {
    const char* first;
    const char* second;
    bool ambiguous;
  };
  for (const auto& row : {Case{"Storage Fee", "storage  FEE ", true},
                          {"Storage*", "STORAGE*", true},
                          {"-", "-", true},
                          {"", " ", true},
                          {"Storage*", "Storage Fee*", false},  // the longer prefix wins
                          {"Storage*", "Storage", false},       // exact wins
                          {"Storage *", "Storage*", false},
                          {"Storage*", "-", false},
                          {"", "-", false}}) {
    const auto book = RuleBook::make({rule_set(
        {rule("one", "Order", "-", row.first, "1"), rule("two", "order", "-", row.second, "2")})});
    ASSERT_EQ(book.has_value(), !row.ambiguous) << row.first << " and " << row.second;
    if (book) continue;
    EXPECT_TRUE(book.error().is(kAmbiguousRules));
    EXPECT_EQ(book.error().fact("id"), "one");
    EXPECT_EQ(book.error().fact("other_id"), "two");
    EXPECT_EQ(book.error().fact("other_place"), "test:two");
    EXPECT_FALSE(book.error().fact("found").empty());
  }
}

TEST(MakeTest, TwoSignsAreTwoRulesAndOneSignIsNot) {
  auto one = rule("one", "-", "-", "Fee", "1");
  auto two = rule("two", "-", "-", "Fee", "2");
  one.match.sign = Sign::kNegative;
  EXPECT_TRUE(RuleBook::make({rule_set({one, two})}));  // with sign outranks without
  two.match.sign = Sign::kPositive;
  EXPECT_TRUE(RuleBook::make({rule_set({one, two})}));
  two.match.sign = Sign::kNegative;
  EXPECT_TRUE(RuleBook::make({rule_set({one, two})}).error().is(kAmbiguousRules));
}

TEST(MakeTest, NamesWhatIsWrongWithARule) {
  struct Case {
    const char* what;
    std::function<void(Rule&)> change;
    const ErrorKind* kind;
  };
  const std::vector<Case> cases{
      {"no account", [](Rule& r) { r.result.account.clear(); }, &kRuleWithoutAccount},
      {"no id", [](Rule& r) { r.id.clear(); }, &kBadRule},
      {"reserved id", [](Rule& r) { r.id = "suspense"; }, &kBadRule},
      {"same id", [](Rule& r) { r.id = "other"; }, &kDuplicateRule},
      {"a lone star", [](Rule& r) { r.match.amount_type = pattern("*"); }, &kBadRule},
      {"account on excluded", [](Rule& r) { r.result.treatment = Treatment::kExclude; }, &kBadRule},
      {"receivable", [](Rule& r) { r.result.nature = Nature::kReceivable; }, &kBadRule},
      {"unknown name", [](Rule& r) { r.result.text = "Order {order_id}"; }, &kBadRule},
      {"open brace", [](Rule& r) { r.result.text = "Order {marketplace"; }, &kBadRule},
      {"close brace", [](Rule& r) { r.result.assignment = "x}"; }, &kBadRule},
      {"cost centre of a vendor",
       [](Rule& r) {
         r.result.kind = LineKind::kVendor;
         r.result.cost_center = "1";
       },
       &kBadRule},
      {"payment block of G/L", [](Rule& r) { r.result.payment_block = "A"; }, &kBadRule},
      {"posting to a netted account", [](Rule& r) { r.result.account = "1800"; }, &kBadRule},
      {"long account", [](Rule& r) { r.result.account = "12345678901"; }, &kFieldTooLong},
      {"long tax code", [](Rule& r) { r.result.tax_code = "A10"; }, &kFieldTooLong},
      {"long order", [](Rule& r) { r.result.internal_order = "1234567890123"; }, &kFieldTooLong},
  };
  for (const auto& row : cases) {
    auto changed = rule("changed", "Order", "-", "-", "400000");
    row.change(changed);
    const auto book = RuleBook::make({rule_set(
        {rule("other", "-", "-", "Tax", "0000001800", Nature::kTax, Treatment::kNetToZero),
         changed})});
    ASSERT_FALSE(book) << row.what;
    EXPECT_TRUE(book.error().is(*row.kind)) << row.what << ": " << book.error().explain();
  }
}

TEST(MakeTest, RefusesVersionsThatOverlap) {
  struct Case {
    const char* version;
    Date valid_from;
    const char* name;
    bool good;
  };
  for (const auto& row : {Case{"2026-2", day(2026, 7, 1), "test", true},
                          {"2026-0", day(2025, 7, 1), "test", true},
                          {"2026-1", day(2026, 7, 1), "test", false},
                          {"2026-2", day(2026, 1, 1), "test", false},
                          {"2026-2", day(2026, 7, 1), "other", false}}) {
    auto second = rule_set({rule("a", "-", "-", "-", "1")}, row.version, row.valid_from);
    second.name = row.name;
    const auto book = RuleBook::make({rule_set({rule("a", "-", "-", "-", "1")}), second});
    EXPECT_EQ(book.has_value(), row.good) << row.version;
    if (!book) {
      EXPECT_TRUE(book.error().is(kRuleVersionsOverlap));
    }
  }
}

TEST(DigestTest, ChangesWithEveryRuleAndNotWithPlaces) {
  const auto digest = [](const std::function<void(RuleSet&)>& change) {
    auto set = rule_set({rule("a", "Order", "-", "-", "1"), rule("b", "Refund", "-", "-", "2")});
    change(set);
    return RuleBook::make({set}).value().digest();
  };
  const auto before = digest([](RuleSet&) {});
  EXPECT_EQ(digest([](RuleSet& s) { s.rules[0].place = "elsewhere"; }), before);
  const std::vector<std::function<void(RuleSet&)>> changes{
      [](RuleSet& s) { s.version = "2"; },
      [](RuleSet& s) { s.valid_from = day(2026, 1, 2); },
      [](RuleSet& s) { s.suspense_account = "9"; },
      [](RuleSet& s) { s.cost_centers["amazon.com"] = "1"; },
      [](RuleSet& s) { s.rules.pop_back(); },
      [](RuleSet& s) { s.rules[0].result.account = "3"; },
      [](RuleSet& s) { s.rules[0].result.text = "3"; },
      [](RuleSet& s) { s.rules[0].match.sign = Sign::kPositive; },
      [](RuleSet& s) { s.rules[0].match.transaction_type = pattern("Order*"); },
      [](RuleSet& s) { s.rules[0].why = "because"; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_NE(digest(changes[i]), before) << i;
}

TEST(ClassifierTest, RowsThatAgreeShareAClass) {
  const auto book =
      RuleBook::make({rule_set({rule("a", "-", "-", "-", "1")}),
                      rule_set({rule("a", "-", "-", "-", "1")}, "2026-2", day(2026, 7, 1))});
  ASSERT_TRUE(book);
  Classifier classifier(*book);
  struct Case {
    const char* description;
    const char* sku;
    Date posted;
    const char* amount;
    ClassNumber number;
  };
  for (const auto& row : {Case{"Principal", "A", day(2026, 2, 1), "10.00", 0},
                          {"Principal", "B", day(2026, 2, 2), "5.00", 0},   // SKU is not looked at
                          {"Principal", "A", day(2026, 2, 1), "-1.00", 1},  // sign
                          {"Principal", "A", day(2026, 7, 1), "10.00", 2},  // rule version
                          {" Principal  ", "A", day(2026, 2, 1), "1.00", 0},  // white space
                          {"principal", "A", day(2026, 2, 1), "1.00", 3},     // as spelled
                          {"Principal", "A", day(2025, 2, 1), "1.00", 4},     // no version
                          {"Principal", "A", day(2026, 2, 1), "0.00", 5}}) {
    const auto number = classifier.add(
        {"Order", "ItemPrice", row.description, "amazon.com", "AFN", row.sku, row.posted},
        usd(row.amount));
    ASSERT_TRUE(number);
    EXPECT_EQ(*number, row.number) << row.description << " " << row.amount;
  }
  ASSERT_EQ(classifier.totals().size(), 6U);
  EXPECT_EQ(classifier.totals()[0].rows, 3U);
  EXPECT_EQ(classifier.totals()[0].sum, usd("16.00"));
  EXPECT_EQ(classifier.totals()[0].row_class.sku, "");
  EXPECT_EQ(classifier.totals()[4].row_class.rules_version, "");
}

TEST(ClassifierTest, RowsThatNameTheirSpelling_CountAsWholeRows) {
  const auto book =
      RuleBook::make({rule_set({rule("a", "-", "-", "-", "1")}),
                      rule_set({rule("a", "-", "-", "-", "1")}, "2026-2", day(2026, 7, 1))});
  ASSERT_TRUE(book);
  ASSERT_TRUE(looks_at_spellings_only(*book));
  Classifier whole(*book);
  Classifier spelled(*book);
  const std::vector<std::string> descriptions{" Principal ", "Shipping"};
  const auto add_whole = [&](Classifier& classifier, const SpelledRow& row) {
    return classifier.add({"Order", "ItemPrice", descriptions.at(row.spelling), "amazon.com", "AFN",
                           "A", row.posted_local, row.spelling},
                          usd(row.minor));
  };
  std::vector<SpelledRow> rows{{day(2026, 2, 1), 1000, 0}, {day(2026, 2, 1), 7, 1}};
  std::vector<ClassNumber> numbers;
  for (const auto& row : rows) {
    numbers.push_back(add_whole(whole, row).value());
    ASSERT_TRUE(add_whole(spelled, row));
  }
  const std::vector<SpelledRow> more{{day(2026, 2, 2), 500, 0},   // as before
                                     {day(2026, 2, 2), -100, 0},  // another sign
                                     {day(2026, 7, 1), 300, 1},   // another version
                                     {day(2025, 2, 1), 0, 1},     // none, and no amount
                                     {day(2026, 2, 1), 250, 0}};  // and back
  numbers.clear();
  for (const auto& row : more) numbers.push_back(add_whole(whole, row).value());
  std::vector<ClassNumber> found(more.size());
  ASSERT_TRUE(spelled.add_spelled(more, found));
  EXPECT_EQ(found, numbers);
  EXPECT_EQ(spelled.totals().size(), 5U);
  for (std::size_t i = 0; i < whole.totals().size(); ++i) {
    EXPECT_EQ(spelled.totals()[i].row_class, whole.totals()[i].row_class);
    EXPECT_EQ(spelled.totals()[i].rows, whole.totals()[i].rows);
    EXPECT_EQ(spelled.totals()[i].sum, whole.totals()[i].sum);
  }
}

// Whatever sign a spelling was first seen with, the others may follow, and so may other spellings.
TEST(ClassifierTest, RowsThatNameTheirSpelling_EveryFirstSignAndNumberOfSpellings) {
  const auto book = RuleBook::make({rule_set({rule("a", "-", "-", "-", "1")})});
  ASSERT_TRUE(book);
  const auto date = day(2026, 2, 1);
  const std::vector<std::int64_t> amounts{-100, 0, 100};
  for (const std::int64_t first : amounts) {
    Classifier classifier(*book);
    for (std::uint32_t spelling = 0; spelling < 40; ++spelling) {
      const std::string description = "D" + std::to_string(spelling);
      ASSERT_TRUE(
          classifier.add({"Order", "", description, "", "", "", date, spelling}, usd(first)));
      std::vector<SpelledRow> rows;
      for (const std::int64_t amount : amounts) rows.push_back({date, amount, spelling});
      std::vector<ClassNumber> numbers(rows.size());
      ASSERT_TRUE(classifier.add_spelled(rows, numbers));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const RowClass& found = classifier.row_class(numbers[i]);
        EXPECT_EQ(found.amount_description, description);
        EXPECT_EQ(found.sign, sign_of(usd(rows[i].minor)));
      }
    }
    EXPECT_EQ(classifier.totals().size(), 120U);
  }
}

TEST(ClassifierTest, SumOfRowsThatNameTheirSpellingDoesNotFit_IsRefused) {
  const auto book = RuleBook::make({rule_set({rule("a", "-", "-", "-", "1")})});
  ASSERT_TRUE(book);
  Classifier classifier(*book);
  const auto date = day(2026, 2, 1);
  ASSERT_TRUE(classifier.add({"Order", "", "", "", "", "", date, 0}, usd(INT64_MAX)));
  const std::vector<SpelledRow> rows{{date, 1, 0}};
  std::vector<ClassNumber> numbers(1);
  EXPECT_TRUE(classifier.add_spelled(rows, numbers).error().is(kAmountOverflow));
  EXPECT_EQ(classifier.totals()[0].sum, usd(INT64_MAX));
}

TEST(ClassifierTest, SkusCountOnlyWhenARuleLooksAtThem) {
  auto by_sku = rule("gift cards", "-", "-", "-", "2");
  by_sku.match.sku = pattern("GIFT*");
  const auto book = RuleBook::make({rule_set({rule("a", "Order", "-", "-", "1"), by_sku})});
  ASSERT_TRUE(book);
  ASSERT_TRUE(book->looks_at_sku());
  EXPECT_FALSE(looks_at_spellings_only(*book));
  Classifier classifier(*book);
  const auto date = day(2026, 2, 1);
  EXPECT_EQ(classifier.add({"Order", "", "", "", "", "A", date}, usd(1)).value(), 0U);
  EXPECT_EQ(classifier.add({"Order", "", "", "", "", "B", date}, usd(1)).value(), 1U);
}

TEST(ClassifierTest, RefusesSumsThatDoNotFitAndSecondCurrencies) {
  const auto book = RuleBook::make({rule_set({rule("a", "-", "-", "-", "1")})});
  ASSERT_TRUE(book);
  Classifier classifier(*book);
  const RowAttributes row{"Order", "", "", "", "", "", day(2026, 2, 1)};
  ASSERT_TRUE(classifier.add(row, usd(INT64_MAX)));
  EXPECT_TRUE(classifier.add(row, usd(1)).error().is(kAmountOverflow));
  const auto euro = Money::from_minor(1, Currency::from_code("EUR").value());
  const RowAttributes other{"Refund", "", "", "", "", "", day(2026, 2, 1)};
  EXPECT_TRUE(classifier.add(other, euro).error().is(kMixedCurrencies));
  EXPECT_EQ(classifier.totals().size(), 1U);
  EXPECT_EQ(classifier.totals()[0].rows, 1U);
  EXPECT_EQ(classifier.totals()[0].sum, usd(INT64_MAX));
}

}  // namespace
}  // namespace mlc::ledger
