// The layouts of settlement reports: which columns there are, and in which of them amounts stand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mlc::amazon::settlement_report {

// The columns of the layout V2 in Amazon's order (Amazon, "Settlement Reports"), then those that
// only the older layout V1 has.
enum class Column : std::uint8_t {
  kSettlementId,
  kSettlementStartDate,
  kSettlementEndDate,
  kDepositDate,
  kTotalAmount,
  kCurrency,
  kTransactionType,
  kOrderId,
  kMerchantOrderId,
  kAdjustmentId,
  kShipmentId,
  kMarketplaceName,
  kAmountType,
  kAmountDescription,
  kAmount,
  kFulfillmentId,
  kPostedDate,
  kPostedDateTime,
  kOrderItemCode,
  kMerchantOrderItemId,
  kMerchantAdjustmentItemId,
  kSku,
  kQuantityPurchased,
  kPromotionId,
  kShipmentFeeType,
  kShipmentFeeAmount,
  kOrderFeeType,
  kOrderFeeAmount,
  kPriceType,
  kPriceAmount,
  kItemRelatedFeeType,
  kItemRelatedFeeAmount,
  kMiscFeeAmount,
  kOtherFeeAmount,
  kOtherFeeReasonDescription,
  kPromotionType,
  kPromotionAmount,
  kDirectPaymentType,
  kDirectPaymentAmount,
  kOtherAmount,
};
inline constexpr std::size_t kColumnCount = 24;  // of the layout V2
inline constexpr std::size_t kAllColumns = 40;   // of all layouts

// "settlement-id"
[[nodiscard]] std::string_view column_name(Column column);
// The column of a normalised name.
[[nodiscard]] std::optional<Column> column_named(std::string_view name);

// Where an amount of a row stands and what says what it is.
struct AmountColumn {
  Column amount;
  // The amount-type in the words of V2; empty when the cell of amount-type says it.
  std::string_view type;
  std::optional<Column> description;  // its cell says the amount-description
  // Where no such cell says anything, the transaction-type is the description.
  bool or_transaction_type = false;
};

struct Layout {
  std::string_view name;  // "V2"
  std::span<const Column> columns;
  // Without these a row cannot be told from the summary row or cannot be booked.
  std::span<const Column> mandatory;
  std::span<const AmountColumn> amounts;
  // A row has exactly one amount (V2). Otherwise it has none, one or several.
  bool one_amount_per_row = false;
};

// GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2: one amount per row, typed by two columns.
[[nodiscard]] const Layout& layout_v2();
// GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE, which Amazon no longer gives (removed 2026-11-11): 36
// columns, 33 in files without direct payments; a column of its own for each kind of amount.
[[nodiscard]] const Layout& layout_v1();

}  // namespace mlc::amazon::settlement_report
