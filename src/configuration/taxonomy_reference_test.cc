// Holds our table of what Amazon writes (testing/taxonomy.txt) against a collection of real values
// that others made, where it is there: every row of theirs must be a row of ours, in the same
// category. taxonomy_test.cc shows that every row of ours has a rule in both packs.
#include <algorithm>
#include <array>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

#include "configuration/testing/taxonomy.h"
#include "ledger/text.h"

namespace mlc::configuration {
namespace {

using testing::TaxonomyRow;

constexpr const char* kReference = "../shared/reference/amazon.md";

// Where the reference writes about values instead of naming them. Empty: no value of its own.
const std::map<std::string, std::string> kWords{
    {"CODTax style values", "CODTax"},
    {"older LowValueGoods-Principal", "LowValueGoods-Principal"},
    {"StoredValueCardRevenue/Refund", "StoredValueCardRevenue"},
    {"PrivateLabelCreditCardRevenue/Refund", "PrivateLabelCreditCardRevenue"},
    {"Commission IGST/CGST/SGST", "Commission IGST"},
    {"TDS", "TDS (Section 194-O)"},
    {"all of group A", ""},
    {"MarketplaceFacilitatorTax-Principal/-Shipping", "MarketplaceFacilitatorTax-Principal"},
    {"MarketplaceFacilitatorVAT-Principal/-Shipping", "MarketplaceFacilitatorVAT-Principal"},
    {"backup or country withholding texts", "Backup withholding"},
    {"Transfer of funds unsuccessful: …",
     "Transfer of funds unsuccessful: the bank account was closed"},
    {"Loan Refund style texts", "Loan Refund"},
    {"Capacity Reservation Fee  with Reservation Fee", "Reservation Fee"},
    {"Amazon Warehousing & Distribution   with AWD Storage Fee", "AWD Storage Fee"},
    {"Unplanned Service Fee - …", "Unplanned Service Fee - Barcode label missing"},
    {"PostageBilling and PostageRefund families )", "PostageBilling"},
    {"ServiceFee or Promotion Fee · Deals · Promotion Fee", "ServiceFee · Deals · Promotion Fee"},
    {"Promotion Fee · PromotionFee · same", "Promotion Fee · PromotionFee · PromotionFee"},
    {"CouponRedemptionFee · CouponRedemptionFee · <coupon text>", "Save 5 % on everything"},
    {"Grade and Resell Fees · Grade and Resell Charge · *", "Grading"},
    {"- Correction", "other-transaction - Correction"},
    {"Return Fee", "FBA Removal Order: Return Fee"},
    {"AWD Processing/Transportation Fee", "AWD Processing Fee"},
    {"also \"FBA Customer Returns Fee  for ASIN: X\" – strip the ASIN tail before lookup",
     "FBA Customer Returns Fee (apparel) for ASIN: B000000001"},
    {"keep it as an attribute", ""},
    {"MISSING_FROM_INBOUND_CLAWBACK and any negative amount of the rows above",
     "MISSING_FROM_INBOUND_CLAWBACK"},
    {"LiquidationsBrokerageFee and related", "LiquidationsBrokerageFee"},
};

struct Columns {
  std::size_t value;
  std::size_t category;
};
const std::map<char, Columns> kColumns{{'A', {1, 2}}, {'B', {1, 2}}, {'C', {2, 3}}, {'D', {0, 1}},
                                       {'E', {0, 1}}, {'F', {1, 2}}, {'G', {0, 1}}, {'H', {1, 2}}};

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '"')) text.pop_back();
  const auto begin = text.find_first_not_of(" \"");
  return begin == std::string::npos ? "" : text.substr(begin);
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) out.push_back(trimmed(cell));
  return out;
}

// Without what stands in parentheses.
std::string bare(const std::string& text) {
  std::string out;
  bool inside = false;
  for (const char c : text) {
    if (c == '(') inside = true;
    if (!inside) out += c;
    if (c == ')') {
      if (!inside) continue;
      inside = false;
    }
  }
  return out;
}

// "A-Principal / -Shipping, B": each value; a tail takes the head of the one before.
std::vector<std::string> values(const std::string& cell) {
  std::string text = bare(cell);
  for (const std::string_view mark : {" / ", "; "}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      text.replace(at, mark.size(), ", ");
    }
  }
  std::vector<std::string> out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find(", ", begin), text.size());
    std::string value = text.substr(begin, end - begin);
    while (!value.empty() && value.back() == ' ') value.pop_back();
    value = value.starts_with("also") ? value : trimmed(value);
    if (value.starts_with('-') && value[1] != ' ' && !out.empty()) {
      value = out.back().substr(0, out.back().rfind('-')) + value;
    }
    const auto words = kWords.find(value);
    if (words != kWords.end()) value = words->second;
    if (!value.empty()) out.push_back(value);
    begin = end + 2;
  }
  return out;
}

bool is_category(const std::string& cell, const std::string& category) {
  if (cell.starts_with("fee account")) return category.starts_with("F-");
  std::string token;
  for (const char c : cell + " ") {
    if ((c >= 'A' && c <= 'Z') || c == '-') {
      token += c;
    } else {
      if (token == category) return true;
      token.clear();
    }
  }
  return false;
}

// Where the reference says that a row takes back another: ours must go where that one went.
bool takes_back(const TaxonomyRow& row, const std::vector<TaxonomyRow>& ours) {
  return std::ranges::any_of(ours, [&row](const TaxonomyRow& other) {
    return other.transaction_type != row.transaction_type && other.amount_type == row.amount_type &&
           other.description == row.description && other.category == row.category &&
           other.role == row.role;
  });
}

bool is_row(const TaxonomyRow& row, char group, const std::string& value,
            const std::string& category, const std::vector<TaxonomyRow>& ours) {
  if (row.group != std::string(1, group)) return false;
  const bool reversal = category.find("reversal") != std::string::npos ||
                        category.starts_with("same account as original");
  if (!is_category(category, row.category) && !(reversal && takes_back(row, ours))) return false;
  const std::string triple =
      row.transaction_type + " · " + row.amount_type + " · " + row.description;
  const auto wanted = ledger::folded(value);
  return std::ranges::any_of(
      std::array{row.description, row.amount_type, row.transaction_type, triple},
      [&wanted](const std::string& text) { return ledger::folded(text) == wanted; });
}

TEST(TaxonomyReferenceTest, EveryRowOfTheReference_IsARowOfOurs) {
  std::ifstream in(kReference);
  if (!in) GTEST_SKIP() << kReference << " is not here";
  const auto ours = testing::taxonomy();
  char group = ' ';
  std::size_t rows = 0;
  std::size_t found = 0;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("### ")) inside = line.starts_with("### 6.6");
    if (!inside) continue;
    if (line.starts_with("**") && line.size() > 4 && line[3] == '.') group = line[2];
    const bool title = line.find("amount-description |") != std::string::npos ||
                       line.find("amount-type examples") != std::string::npos;
    if (!line.starts_with('|') || line.starts_with("|--") || title) continue;
    ++rows;
    const auto cell = cells(line);
    const Columns& columns = kColumns.at(group);
    for (const auto& value : values(cell.at(columns.value))) {
      const auto& category = cell.at(columns.category);
      EXPECT_TRUE(std::ranges::any_of(
          ours, [&](const TaxonomyRow& row) { return is_row(row, group, value, category, ours); }))
          << group << ": '" << value << "' as " << category << "\n  of " << line;
      ++found;
    }
  }
  EXPECT_GE(rows, 85U);
  EXPECT_GE(found, 180U);
  RecordProperty("rows", static_cast<int>(rows));
  RecordProperty("values", static_cast<int>(found));
}

}  // namespace
}  // namespace mlc::configuration
