#include "ledger/local_comparison.h"

#include <gtest/gtest.h>

namespace mlc::ledger {
namespace {

Currency currency(const char* code) { return Currency::from_code(code).value(); }

struct Entry {
  const char* account;
  const char* amount;
  const char* local;
};

PostedDocument document(const char* code, const char* local, const std::vector<Entry>& entries) {
  PostedDocument out{.number = {"1000", "2000000000", "2026"},
                     .document_type = "ZA",
                     .reference = "20612345671-01A",
                     .header_text = {},
                     .status = ' ',
                     .posting_date = {},
                     .document_date = {},
                     .currency = currency(code),
                     .user = {},
                     .reversed_by = {},
                     .reverses = {},
                     .lines = {},
                     .tax_lines = {},
                     .translation = {}};
  for (const auto& entry : entries) {
    out.lines.push_back({.item = 1,
                         .account_type = 'S',
                         .account = entry.account,
                         .amount = Money::parse(entry.amount, currency(code)).value(),
                         .local_amount = Money::parse(entry.local, currency(local)).value(),
                         .cost_center = {},
                         .profit_center = {},
                         .tax_code = {},
                         .assignment = {},
                         .text = {}});
  }
  return out;
}

std::string words(const std::vector<Difference>& differences) {
  std::string out;
  for (const auto& one : differences) {
    out += (out.empty() ? "" : "; ") + std::string(one.hard ? "hard " : "soft ") + one.field + " " +
           one.wanted + " is " + one.found;
  }
  return out;
}

constexpr ExchangeRate kCad{73125, 1, 1};
constexpr ExchangeRate kOldCad{72000, 1, 1};
constexpr ExchangeRate kIndirect{-108500, 1, 1};
constexpr ExchangeRate kYen{66700, 100, 1};

struct Case {
  const char* what;
  const char* currency;
  const char* local;
  std::vector<Entry> entries;
  std::optional<ExchangeRate> table;
  std::optional<ExchangeRate> document;
  const char* now;         // differences when the table is today's
  const char* at_posting;  // differences right after our post
};

std::vector<Case> same_rate_cases() {
  return {
      {"one currency",
       "USD",
       "USD",
       {{"140100", "9.00", "9.00"}, {"400000", "-9.00", "-9.00"}},
       {},
       {},
       "",
       ""},
      {"one currency, an exit moved a cent",
       "USD",
       "USD",
       {{"140100", "9.00", "9.01"}, {"400000", "-9.00", "-9.01"}},
       {},
       {},
       "hard DMBTR 140100 9.00 is 9.01; hard DMBTR 400000 -9.00 is -9.01",
       "hard DMBTR 140100 9.00 is 9.01; hard DMBTR 400000 -9.00 is -9.01"},
      {"dollars in a EUR company code",
       "USD",
       "EUR",
       {{"140100", "100.00", "92.17"}, {"400000", "-100.00", "-92.17"}},
       kIndirect,
       kIndirect,
       "",
       ""},
      {"yen per 100",
       "JPY",
       "USD",
       {{"140100", "12345", "82.34"}, {"400000", "-12345", "-82.34"}},
       kYen,
       kYen,
       "",
       ""},
      {"yen, factors forgotten",
       "JPY",
       "USD",
       {{"140100", "12345", "8234.12"}, {"400000", "-12345", "-8234.12"}},
       kYen,
       kYen,
       "hard DMBTR 140100 82.34 is 8234.12; hard DMBTR 400000 -82.34 is -8234.12",
       "hard DMBTR 140100 82.34 is 8234.12; hard DMBTR 400000 -82.34 is -8234.12"},
      {"dinars keep three decimals",
       "KWD",
       "USD",
       {{"140100", "1.234", "4.01"}, {"400000", "-1.234", "-4.01"}},
       ExchangeRate{325000, 1, 1},
       ExchangeRate{325000, 1, 1},
       "",
       ""},
  };
}

std::vector<Case> tolerance_cases() {
  return {
      // Each 0.05 is 0.04 (0.0365625), together 0.12; 0.15 alone would be 0.11.
      {"the largest line takes the roundings",
       "CAD",
       "USD",
       {{"140100", "0.05", "0.04"},
        {"140101", "0.05", "0.04"},
        {"140102", "0.05", "0.04"},
        {"400000", "-0.15", "-0.12"}},
       kCad,
       kCad,
       "",
       ""},
      {"a line on a rounding account takes them",
       "CAD",
       "USD",
       {{"140100", "0.05", "0.04"},
        {"140101", "0.05", "0.04"},
        {"140102", "0.05", "0.04"},
        {"400000", "-0.15", "-0.11"},
        {"283000", "0.00", "-0.01"}},
       kCad,
       kCad,
       "",
       ""},
      {"a cent within half a unit per line",
       "CAD",
       "USD",
       {{"140100", "10.00", "7.32"}, {"400000", "-10.00", "-7.32"}},
       kCad,
       kCad,
       "",
       ""},
      {"two cents are too much for two lines",
       "CAD",
       "USD",
       {{"140100", "10.00", "7.33"}, {"400000", "-10.00", "-7.33"}},
       kCad,
       kCad,
       "hard DMBTR 140100 7.31 is 7.33; hard DMBTR 400000 -7.31 is -7.33",
       "hard DMBTR 140100 7.31 is 7.33; hard DMBTR 400000 -7.31 is -7.33"},
      {"an exit moved local money between accounts",
       "CAD",
       "USD",
       {{"140100", "100.00", "73.13"},
        {"400000", "-60.00", "-53.88"},
        {"476100", "-40.00", "-19.25"}},
       kCad,
       kCad,
       "hard DMBTR 400000 -43.88 is -53.88; hard DMBTR 476100 -29.25 is -19.25",
       "hard DMBTR 400000 -43.88 is -53.88; hard DMBTR 476100 -29.25 is -19.25"},
      {"the local sum is not zero",
       "CAD",
       "USD",
       {{"140100", "100.00", "73.13"}, {"400000", "-100.00", "-73.12"}},
       kCad,
       kCad,
       "hard DMBTR 0.00 is 0.01",
       "hard DMBTR 0.00 is 0.01"},
  };
}

std::vector<Case> other_rate_cases() {
  const std::vector<Entry> old_rate{{"140100", "100.00", "72.00"}, {"400000", "-100.00", "-72.00"}};
  const std::vector<Entry> changed{{"140100", "100.00", "75.00"}, {"400000", "-100.00", "-75.00"}};
  return {
      {"the table was corrected after the post; an exit took another rate", "CAD", "USD", old_rate,
       kCad, kOldCad, "soft KURSF 0.73125 is 0.72000", "hard KURSF 0.73125 is 0.72000"},
      {"corrected, but the local sum is not zero",
       "CAD",
       "USD",
       {{"140100", "100.00", "72.00"}, {"400000", "-100.00", "-72.01"}},
       kCad,
       kOldCad,
       "hard DMBTR 0.00 is -0.01; soft KURSF 0.73125 is 0.72000",
       "hard DMBTR 0.00 is -0.01; hard KURSF 0.73125 is 0.72000"},
      {"amounts agree with the table, only the header's rate is another", "CAD", "USD", old_rate,
       kOldCad, kCad, "", ""},
      {"no rate explains the amounts", "CAD", "USD", changed, kCad, kOldCad,
       "hard DMBTR 140100 72.00 is 75.00; hard DMBTR 400000 -72.00 is -75.00",
       "hard DMBTR 140100 73.13 is 75.00; hard DMBTR 400000 -73.13 is -75.00"},
      {"the table's rate was deleted",
       "CAD",
       "USD",
       old_rate,
       {},
       kOldCad,
       "soft UKURS a rate is none can be read",
       "soft UKURS a rate is none can be read"},
      {"deleted, and the document's own rate does not explain them",
       "CAD",
       "USD",
       changed,
       {},
       kOldCad,
       "hard DMBTR 140100 72.00 is 75.00; hard DMBTR 400000 -72.00 is -75.00",
       "hard DMBTR 140100 72.00 is 75.00; hard DMBTR 400000 -72.00 is -75.00"},
      {"the header names no rate",
       "CAD",
       "USD",
       changed,
       kCad,
       {},
       "hard DMBTR 140100 73.13 is 75.00; hard DMBTR 400000 -73.13 is -75.00",
       "hard DMBTR 140100 73.13 is 75.00; hard DMBTR 400000 -73.13 is -75.00"},
      {"no rate can be read at all",
       "CAD",
       "USD",
       changed,
       {},
       {},
       "soft UKURS a rate is none can be read",
       "soft UKURS a rate is none can be read"},
  };
}

void expect_differences(const std::vector<Case>& cases) {
  for (const auto& one : cases) {
    auto found = document(one.currency, one.local, one.entries);
    if (std::string(one.currency) != one.local) {
      found.translation = Translation{.local_decimals = currency(one.local).decimals(),
                                      .document_rate = one.document,
                                      .table_rate = one.table,
                                      .table_is_of = TableOf::kNow};
    }
    EXPECT_EQ(words(compare_local("K", found)), one.now) << one.what;
    if (found.translation) found.translation->table_is_of = TableOf::kPosting;
    EXPECT_EQ(words(compare_local("K", found)), one.at_posting) << one.what << ", at posting";
  }
}

TEST(CompareLocalTest, OneRate) { expect_differences(same_rate_cases()); }

TEST(CompareLocalTest, Roundings) { expect_differences(tolerance_cases()); }

TEST(CompareLocalTest, AnotherRate) { expect_differences(other_rate_cases()); }

TEST(CompareLocalTest, ForeignDocumentWithoutTranslation_IsSaid) {
  const auto found =
      document("CAD", "USD", {{"140100", "1.00", "5.00"}, {"400000", "-1.00", "-5.00"}});
  EXPECT_EQ(words(compare_local("K", found)), "soft UKURS a rate is none was read");
}

TEST(CompareLocalTest, ParkedDocumentWithoutLines_SaysNothing) {
  EXPECT_TRUE(compare_local("K", document("CAD", "USD", {})).empty());
}

}  // namespace
}  // namespace mlc::ledger
