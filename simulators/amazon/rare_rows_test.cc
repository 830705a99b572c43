// Everything that is known to stand in settlements is played, and nothing that nobody has seen.
#include "simulators/amazon/rare_rows.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <vector>

#include "configuration/testing/taxonomy.h"
#include "simulators/amazon/settlement_generator.h"

namespace mlc::simulators::amazon {
namespace {

using configuration::testing::TaxonomyRow;

const Date kAnchor{std::chrono::year(2026), std::chrono::month(9), std::chrono::day(1)};

struct Played {
  std::string transaction_type;
  std::string amount_type;
  std::string description;
  auto operator<=>(const Played&) const = default;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) out.push_back(cell);
  return out;
}

// The kinds of rows in all settlements of some seeds, over all markets.
std::set<Played> everything_played() {
  std::set<Played> out;
  for (const Market& market : markets()) {
    for (const std::uint64_t seed : {1U, 2U}) {
      SettlementSeries series{seed, kAnchor, 400, &market};
      series.everything = true;
      for (std::uint32_t index = 0; index < 5; ++index) {
        std::istringstream lines(settlement_text(series, index));
        std::string line;
        std::getline(lines, line);
        std::getline(lines, line);
        while (std::getline(lines, line)) {
          const auto cells = cells_of(line);
          out.insert({cells.at(6), cells.at(12), cells.at(13)});
        }
      }
    }
  }
  return out;
}

bool is_text(const std::string& found, const std::string& known, bool goes_on) {
  return goes_on ? found.starts_with(known) : found == known;
}

bool is_kind(const Played& played, const TaxonomyRow& row) {
  // The product's name at the end of a fee is any product's.
  const auto asin = row.amount_type.find("ASIN: ");
  const bool product = asin != std::string::npos;
  const std::string amount_type = product ? row.amount_type.substr(0, asin + 6) : row.amount_type;
  return played.transaction_type == row.transaction_type &&
         is_text(played.amount_type, amount_type, product || row.free_amount_type) &&
         is_text(played.description, row.description, row.free_description);
}

std::string words(const TaxonomyRow& row) {
  return row.transaction_type + " | " + row.amount_type + " | " + row.description;
}

// Rows of samples and of files in the older layout, which Amazon's documentation does not name.
bool is_of_other_sources(const TaxonomyRow& row) {
  static const std::set<std::string> kOthers{
      "Order | ItemFees | MarketplaceFacilitatorVAT-Principal",
      "ServiceFee | other-transaction | LowInventoryLevelFee",
      "Adjustment | other-transaction | Refund Reimbursal"};
  return row.group == "V" || kOthers.contains(words(row));
}

TEST(RareRows, EveryKindThatIsKnown_IsPlayedInSomeMarket) {
  const auto played = everything_played();
  for (const TaxonomyRow& row : configuration::testing::taxonomy()) {
    if (is_of_other_sources(row)) continue;
    EXPECT_TRUE(
        std::ranges::any_of(played, [&row](const Played& one) { return is_kind(one, row); }))
        << row.group << ": " << words(row);
  }
}

TEST(RareRows, NothingIsPlayed_ThatIsNotKnown) {
  const auto known = configuration::testing::taxonomy();
  for (const Played& one : everything_played()) {
    EXPECT_TRUE(
        std::ranges::any_of(known, [&one](const TaxonomyRow& row) { return is_kind(one, row); }))
        << one.transaction_type << " | " << one.amount_type << " | " << one.description;
  }
}

TEST(RareRows, SettlementWithEverything_AddsUpAndNetsTheTaxThatAmazonHandsOn) {
  SettlementSeries series{5, kAnchor, 400};
  series.everything = true;
  const auto facts = settlement_facts(series, 2);
  EXPECT_EQ(facts.rows, 400U);
  std::int64_t tax = 0;
  std::int64_t sum = 0;
  std::istringstream lines(settlement_text(series, 2));
  std::string line;
  std::getline(lines, line);
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const auto cells = cells_of(line);
    const std::string& amount = cells.at(14);
    const std::int64_t cents =
        std::stoll(amount.substr(0, amount.size() - 3)) * 100 +
        (amount.starts_with('-') ? -1 : 1) * std::stoll(amount.substr(amount.size() - 2));
    sum += cents;
    const std::string& description = cells.at(13);
    const bool of_buyer = cells.at(12) == "ItemPrice" && description.ends_with("Tax") &&
                          !description.starts_with("COD");
    if (of_buyer || description == "TaxDiscount" || cells.at(12) == "ItemWithheldTax") tax += cents;
  }
  EXPECT_EQ(sum, facts.total_cents);
  EXPECT_EQ(tax, 0);
}

}  // namespace
}  // namespace mlc::simulators::amazon
