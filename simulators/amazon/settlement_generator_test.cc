#include "simulators/amazon/settlement_generator.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>
#include <vector>

namespace mlc::simulators::amazon {
namespace {

const Date kAnchor{std::chrono::year(2026), std::chrono::month(9), std::chrono::day(1)};

enum Column {
  kId = 0,
  kStart,
  kEnd,
  kDeposit,
  kTotal,
  kCurrency,
  kTransaction,
  kOrderId,
  kMarketplace = 11,
  kAmountType,
  kDescription,
  kAmount,
  kFulfillment,
  kPosted,
  kPostedTime,
  kSku = 21,
  kQuantity,
  kPromotion
};

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const std::string& text) {
  std::vector<Row> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    Row row;
    std::size_t at = 0;
    for (auto tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', at)) {
      row.push_back(line.substr(at, tab - at));
      at = tab + 1;
    }
    row.push_back(line.substr(at));
    rows.push_back(std::move(row));
  }
  return rows;
}

// Read by other means than they were written with: digits without the point.
std::int64_t cents(const std::string& text) {
  const auto point = text.find('.');
  EXPECT_EQ(text.size() - point, 3U) << text;
  return std::stoll(text.substr(0, point) + text.substr(point + 1));
}

// Of any market: only its digits and its sign.
std::int64_t digits_of(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (c == '-' || (c >= '0' && c <= '9')) digits += c;
  }
  return std::stoll(digits);
}

std::int64_t sum_where(const std::vector<Row>& rows, std::string_view description) {
  std::int64_t sum = 0;
  for (std::size_t i = 2; i < rows.size(); ++i) {
    if (description.empty() || rows[i][kDescription] == description) sum += cents(rows[i][kAmount]);
  }
  return sum;
}

TEST(SettlementText, TotalIsTheExactSumOfItsRows) {
  for (const std::uint64_t seed : {1U, 2U, 77U, 1'000'000U}) {
    for (const std::uint32_t count : {20U, 33U, 200U, 1'500U}) {
      const SettlementSeries series{seed, kAnchor, count};
      const auto rows = rows_of(settlement_text(series, 3));
      EXPECT_EQ(rows.size(), count + 2U);
      EXPECT_EQ(sum_where(rows, ""), cents(rows[1][kTotal])) << seed << " " << count;
      EXPECT_EQ(settlement_facts(series, 3).total_cents, cents(rows[1][kTotal]));
    }
  }
}

TEST(SettlementText, HasTwentyFourColumnsAndEndsWithLineFeed) {
  const std::string text = settlement_text({1, kAnchor, 200}, 0);
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(text.find('\r'), std::string::npos);
  const auto rows = rows_of(text);
  for (const Row& row : rows) EXPECT_EQ(row.size(), 24U);
  EXPECT_EQ(rows[0][kDescription], "amount-description");
  EXPECT_EQ(rows[0][kPromotion], "promotion-id");
}

TEST(SettlementText, SummaryRowAndDetailRowsFillTheirOwnColumns) {
  const auto rows = rows_of(settlement_text({1, kAnchor, 200}, 1));
  EXPECT_EQ(rows[1][kStart], "2026-09-15 08:00:00 UTC");
  EXPECT_EQ(rows[1][kEnd], "2026-09-29 08:00:00 UTC");
  EXPECT_EQ(rows[1][kDeposit], "2026-10-01 08:00:00 UTC");
  EXPECT_EQ(rows[1][kCurrency], "USD");
  EXPECT_EQ(rows[1][kAmountType] + rows[1][kAmount] + rows[1][kTransaction], "");
  for (std::size_t i = 2; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i][kId], rows[1][kId]);
    EXPECT_EQ(rows[i][kStart] + rows[i][kEnd] + rows[i][kTotal], "");
    EXPECT_NE(rows[i][kTransaction], "");
    EXPECT_NE(rows[i][kAmountType], "");
    EXPECT_NE(rows[i][kDescription], "");
    EXPECT_EQ(rows[i][kPostedTime].substr(0, 10), rows[i][kPosted]);
    EXPECT_GE(rows[i][kPostedTime], rows[1][kStart]);
    EXPECT_LT(rows[i][kPostedTime], rows[1][kEnd]);
  }
}

TEST(SettlementText, TheSameSeedGivesTheSameBytes) {
  const SettlementSeries series{42, kAnchor, 300};
  EXPECT_EQ(settlement_text(series, 2), settlement_text(series, 2));
  EXPECT_NE(settlement_text(series, 2), settlement_text({43, kAnchor, 300}, 2));
  EXPECT_NE(settlement_text(series, 2), settlement_text(series, 3));
}

TEST(SettlementText, NeighboursJoinInTimeAndReserve) {
  const SettlementSeries series{5, kAnchor, 100};
  std::set<std::string> ids;
  for (std::uint32_t index = 0; index < 6; ++index) {
    const auto before = rows_of(settlement_text(series, index));
    const auto after = rows_of(settlement_text(series, index + 1));
    EXPECT_EQ(before[1][kEnd], after[1][kStart]);
    EXPECT_LT(sum_where(before, "Current Reserve Amount"), 0);
    EXPECT_EQ(sum_where(before, "Current Reserve Amount"),
              -sum_where(after, "Previous Reserve Amount Balance"));
    EXPECT_TRUE(ids.insert(before[1][kId]).second);
    EXPECT_EQ(before[1][kId].size(), 11U);
  }
  EXPECT_EQ(sum_where(rows_of(settlement_text(series, 0)), "Previous Reserve Amount Balance"), 0);
}

TEST(SettlementText, FacilitatorTaxNetsToZeroInEveryOrder) {
  const auto rows = rows_of(settlement_text({9, kAnchor, 2'000}, 0));
  std::map<std::string, std::int64_t> tax;
  for (std::size_t i = 2; i < rows.size(); ++i) {
    const std::string& description = rows[i][kDescription];
    if (description == "Tax" || description == "ShippingTax" ||
        rows[i][kAmountType] == "ItemWithheldTax") {
      tax[rows[i][kTransaction] + rows[i][kOrderId]] += cents(rows[i][kAmount]);
    }
  }
  EXPECT_GT(tax.size(), 100U);
  for (const auto& [order, sum] : tax) EXPECT_EQ(sum, 0) << order;
}

// transaction-type, amount-type, amount-description and sign as documented; '*' is any sign.
struct KnownKind {
  const char* key;
  char sign;
};
constexpr std::array kKnownKinds{
    KnownKind{"Order|ItemPrice|Principal", '+'},
    KnownKind{"Order|ItemPrice|Tax", '+'},
    KnownKind{"Order|ItemPrice|Shipping", '+'},
    KnownKind{"Order|ItemPrice|ShippingTax", '+'},
    KnownKind{"Order|ItemWithheldTax|MarketplaceFacilitatorTax-Principal", '-'},
    KnownKind{"Order|ItemWithheldTax|MarketplaceFacilitatorTax-Shipping", '-'},
    KnownKind{"Order|ItemFees|Commission", '-'},
    KnownKind{"Order|ItemFees|FBAPerUnitFulfillmentFee", '-'},
    KnownKind{"Order|ItemFees|ShippingChargeback", '-'},
    KnownKind{"Order|Promotion|Principal", '-'},
    KnownKind{"Order|Promotion|Shipping", '-'},
    KnownKind{"Refund|ItemPrice|Principal", '-'},
    KnownKind{"Refund|ItemPrice|Tax", '-'},
    KnownKind{"Refund|ItemWithheldTax|MarketplaceFacilitatorTax-Principal", '+'},
    KnownKind{"Refund|ItemFees|Commission", '+'},
    KnownKind{"Refund|ItemFees|RefundCommission", '-'},
    KnownKind{"other-transaction|other-transaction|Previous Reserve Amount Balance", '+'},
    KnownKind{"other-transaction|other-transaction|Current Reserve Amount", '-'},
    KnownKind{"other-transaction|other-transaction|Subscription Fee", '-'},
    KnownKind{"other-transaction|other-transaction|Storage Fee", '-'},
    KnownKind{"other-transaction|other-transaction|RemovalComplete", '-'},
    KnownKind{"ServiceFee|Cost of Advertising|TransactionTotalAmount", '-'},
    KnownKind{"other-transaction|FBA Inventory Reimbursement|WAREHOUSE_LOST", '+'},
    KnownKind{"other-transaction|FBA Inventory Reimbursement|WAREHOUSE_DAMAGE", '+'},
    KnownKind{"other-transaction|FBA Inventory Reimbursement|REVERSAL_REIMBURSEMENT", '+'},
    KnownKind{"other-transaction|FBA Inventory Reimbursement|MISSING_FROM_INBOUND", '+'},
    KnownKind{"other-transaction|FBA Inventory Reimbursement|COMPENSATED_CLAWBACK", '-'},
};

TEST(SettlementText, EveryRowKindIsDocumentedAndEachIsUsed) {
  std::map<std::string, char> known;
  for (const KnownKind& kind : kKnownKinds) known[kind.key] = kind.sign;
  std::set<std::string> used;
  const auto rows = rows_of(settlement_text({3, kAnchor, 5'000}, 1));
  for (std::size_t i = 2; i < rows.size(); ++i) {
    const std::string key =
        rows[i][kTransaction] + "|" + rows[i][kAmountType] + "|" + rows[i][kDescription];
    ASSERT_TRUE(known.contains(key)) << key;
    EXPECT_EQ(cents(rows[i][kAmount]) < 0 ? '-' : '+', known[key]) << key;
    used.insert(key);
  }
  EXPECT_EQ(used.size(), known.size());
}

TEST(SettlementText, NewFee_IsInThreeRowsOfTheAccountAndChangesNoSum) {
  SettlementSeries series{3, kAnchor, 100};
  series.new_fee = "Pallet Exchange Fee";
  const auto rows = rows_of(settlement_text(series, 1));
  EXPECT_EQ(rows.size(), 102U);
  EXPECT_EQ(
      std::ranges::count(rows, series.new_fee, [](const Row& row) { return row.at(kDescription); }),
      3);
  EXPECT_LT(sum_where(rows, series.new_fee), 0);
  EXPECT_EQ(sum_where(rows, ""), cents(rows[1][kTotal]));
}

TEST(SettlementText, RevisionKeepsTheIdAndChangesBytesAndTotal) {
  const SettlementSeries series{8, kAnchor, 120};
  const auto first = settlement_facts(series, 2);
  const auto again = settlement_facts(series, 2, 1);
  EXPECT_EQ(first.id, again.id);
  EXPECT_EQ(first.reserve_cents, again.reserve_cents);
  EXPECT_NE(first.total_cents, again.total_cents);
  EXPECT_EQ(again.rows, first.rows + 1);
  const auto rows = rows_of(settlement_text(series, 2, 1));
  EXPECT_EQ(sum_where(rows, ""), cents(rows[1][kTotal]));
}

// "01.09.2026" -> "99.99.9999"
std::string shape_of(std::string text) {
  for (char& c : text) {
    if (c >= '0' && c <= '9') c = '9';
  }
  return text;
}

// Whether an amount has this ending, and the thousands mark from 1000 on.
bool is_written(const std::string& amount, std::string_view ending, std::string_view thousands) {
  std::string shape = shape_of(amount);
  if (shape.starts_with('-')) shape.erase(0, 1);
  if (!shape.ends_with(ending)) return false;
  shape.erase(shape.size() - ending.size());
  std::string expected;
  const auto digits = static_cast<std::size_t>(std::ranges::count(shape, '9'));
  for (std::size_t left = digits; left > 0; --left) {
    if (left != digits && left % 3 == 0) expected += thousands;
    expected += '9';
  }
  return digits > 0 && shape == expected;
}

struct MarketCase {
  const char* market;
  const char* currency;
  const char* ending;  // of an amount
  const char* thousands;
  const char* day;
  const char* moment;
};

TEST(SettlementText, OfAMarket_IsWrittenAsItsStoreWrites) {
  const MarketCase cases[] = {
      {"US", "USD", ".99", "", "9999-99-99", "9999-99-99 99:99:99 UTC"},
      {"DE", "EUR", ",99", ".", "99.99.9999", "99.99.9999 99:99:99"},
      {"FR", "EUR", ",99", "", "99.99.9999", "99.99.9999 99:99:99 UTC"},
      {"UK", "GBP", ".99", "", "99/99/99", "99.99.9999 99:99:99 UTC"},
      {"JP", "JPY", "", "", "9999/99/99", "9999/99/99 99:99:99"},
      {"CA", "CAD", ".99", "", "99/99/99", "9999-99-99 99:99:99 UTC"},
      {"MX", "MXN", ".99", "", "99/99/99", "9999-99-99 99:99:99 UTC"},
      {"BR", "BRL", ",99", ".", "99/99/9999", "99/99/9999 99:99:99 UTC"},
      {"IT", "EUR", ",99", ".", "99.99.9999", "99.99.9999 99:99:99 UTC"},
      {"ES", "EUR", ",99", ".", "99.99.9999", "99.99.9999 99:99:99"},
      {"NL", "EUR", ",99", "", "99.99.9999", "99.99.9999 99:99:99 UTC"},
      {"SE", "SEK", ",99", " ", "9999-99-99", "9999-99-99 99:99:99 UTC"},
      {"PL", "PLN", ",99", " ", "99.99.9999", "99.99.9999 99:99:99 UTC"},
      {"TR", "TRY", ",99", ".", "99.99.9999", "99.99.9999 99:99:99 UTC"},
      {"AE", "AED", ".99", "", "9999-99-99", "9999-99-99 99:99:99 UTC"},
      {"IN", "INR", ".99", "", "99.99.9999", "99.99.9999 99:99:99 UTC"},
      {"AU", "AUD", ".99", "", "99/99/9999", "99/99/9999 99:99:99 UTC"},
      {"SG", "SGD", ".99", "", "9999-99-99", "9999-99-99 99:99:99 UTC"},
  };
  EXPECT_EQ(std::size(cases), markets().size());
  for (const MarketCase& one : cases) {
    const Market* const market = find_market(one.market);
    ASSERT_NE(market, nullptr) << one.market;
    const SettlementSeries series{3, kAnchor, 150, market};
    const auto rows = rows_of(settlement_text(series, 1));
    ASSERT_EQ(rows.size(), 152U) << one.market;
    EXPECT_EQ(rows[1][kCurrency], one.currency);
    EXPECT_TRUE(is_written(rows[1][kTotal], one.ending, one.thousands)) << rows[1][kTotal];
    EXPECT_EQ(shape_of(rows[1][kEnd]), one.moment);
    std::int64_t sum = 0;
    for (std::size_t at = 2; at < rows.size(); ++at) {
      const Row& row = rows[at];
      ASSERT_TRUE(is_written(row[kAmount], one.ending, one.thousands)) << row[kAmount];
      ASSERT_EQ(shape_of(row[kPosted]), one.day);
      ASSERT_EQ(shape_of(row[kPostedTime]), one.moment);
      sum += digits_of(row[kAmount]);
    }
    EXPECT_EQ(sum, digits_of(rows[1][kTotal])) << one.market;
    EXPECT_EQ(sum, settlement_facts(series, 1).total_cents) << one.market;
  }
  EXPECT_EQ(find_market("XX"), nullptr);
}

}  // namespace
}  // namespace mlc::simulators::amazon
