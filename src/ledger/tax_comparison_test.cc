#include "ledger/tax_comparison.h"

#include <gtest/gtest.h>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::usd;

LedgerDocument wanted(std::string tax_code) {
  const DocumentLine base{.item = 1,
                          .kind = LineKind::kGl,
                          .account = "0000400000",
                          .amount = usd("-100.00"),
                          .nature = Nature::kSale,
                          .cost_center = {},
                          .profit_center = {},
                          .internal_order = {},
                          .segment = {},
                          .functional_area = {},
                          .tax_code = std::move(tax_code),
                          .payment_block = {},
                          .assignment = {},
                          .text = {}};
  return {.key = {"20612345671-", "01", 'A'},
          .company_code = "1000",
          .document_type = "ZA",
          .posting_date = {},
          .document_date = {},
          .currency = usd(0).currency(),
          .header_text = {},
          .lines = {base}};
}

struct TaxRow {
  const char* code;
  const char* base;
  const char* tax;
  const char* local_tax;
};
struct Case {
  const char* what;
  const char* sent;  // the tax code of the base line
  std::vector<TaxRow> rows;
  const char* differences;
};

std::vector<Case> cases() {
  return {
      {"nothing sent, nothing there", "", {}, ""},
      {"a code sent, no statement", "O0", {}, "soft FWBAS O0 -100.00 is "},
      {"SAP stated our base at zero", "O0", {{"O0", "-100.00", "0.00", "0.00"}}, ""},
      {"SAP stated another base",
       "O0",
       {{"O0", "-90.00", "0.00", "0.00"}},
       "soft FWBAS O0 -100.00 is -90.00"},
      {"a tax that we did not send",
       "O1",
       {{"O1", "-100.00", "-8.00", "-8.00"}},
       "hard FWSTE O1 0 is -8.00; hard HWSTE O1 0 is -8.00"},
      {"a tax in local currency only",
       "O1",
       {{"O1", "-100.00", "0.00", "-0.01"}},
       "hard HWSTE O1 0 is -0.01"},
      {"an exit's code, without tax",
       "",
       {{"O1", "-100.00", "0.00", "0.00"}},
       "hard BSET O1  is base -100.00, tax 0.00"},
      {"two rows of a code that cancel out (reverse charge of ours)",
       "RC",
       {{"RC", "-50.00", "9.50", "9.50"}, {"RC", "-50.00", "-9.50", "-9.50"}},
       ""},
  };
}

std::string words(const std::vector<Difference>& differences) {
  std::string out;
  for (const auto& one : differences) {
    out += (out.empty() ? "" : "; ") + std::string(one.hard ? "hard " : "soft ") + one.field + " " +
           one.wanted + " is " + one.found;
  }
  return out;
}

PostedDocument found(std::optional<std::vector<PostedTaxLine>> rows) {
  PostedLine line{1, 'S', "0000400000", usd(0), usd(0), {}, {}, {}, {}, {}};
  return {.number = {"1000", "2000000000", "2026"},
          .document_type = "ZA",
          .reference = "20612345671-01A",
          .header_text = {},
          .status = ' ',
          .posting_date = {},
          .document_date = {},
          .currency = usd(0).currency(),
          .user = {},
          .reversed_by = {},
          .reverses = {},
          .lines = {line},
          .tax_lines = std::move(rows),
          .translation = {}};
}

TEST(CompareTaxTest, PerTaxCode) {
  for (const auto& one : cases()) {
    std::vector<PostedTaxLine> rows;
    for (const auto& row : one.rows) {
      rows.push_back({.tax_code = row.code,
                      .account = "0000175000",
                      .transaction_key = "MWS",
                      .base = usd(row.base),
                      .tax = usd(row.tax),
                      .local_base = usd(row.base),
                      .local_tax = usd(row.local_tax)});
    }
    EXPECT_EQ(words(compare_tax(wanted(one.sent), found(rows))), one.differences) << one.what;
  }
}

TEST(CompareTaxTest, TableThatCannotBeRead_IsSaid) {
  EXPECT_EQ(words(compare_tax(wanted(""), found({}))), "soft BSET tax lines is not readable");
}

}  // namespace
}  // namespace mlc::ledger
