#include "amazon/settlement_report/layout.h"

#include <algorithm>

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::array<std::string_view, kAllColumns> kNames{"settlement-id",
                                                           "settlement-start-date",
                                                           "settlement-end-date",
                                                           "deposit-date",
                                                           "total-amount",
                                                           "currency",
                                                           "transaction-type",
                                                           "order-id",
                                                           "merchant-order-id",
                                                           "adjustment-id",
                                                           "shipment-id",
                                                           "marketplace-name",
                                                           "amount-type",
                                                           "amount-description",
                                                           "amount",
                                                           "fulfillment-id",
                                                           "posted-date",
                                                           "posted-date-time",
                                                           "order-item-code",
                                                           "merchant-order-item-id",
                                                           "merchant-adjustment-item-id",
                                                           "sku",
                                                           "quantity-purchased",
                                                           "promotion-id",
                                                           "shipment-fee-type",
                                                           "shipment-fee-amount",
                                                           "order-fee-type",
                                                           "order-fee-amount",
                                                           "price-type",
                                                           "price-amount",
                                                           "item-related-fee-type",
                                                           "item-related-fee-amount",
                                                           "misc-fee-amount",
                                                           "other-fee-amount",
                                                           "other-fee-reason-description",
                                                           "promotion-type",
                                                           "promotion-amount",
                                                           "direct-payment-type",
                                                           "direct-payment-amount",
                                                           "other-amount"};

constexpr std::array kV2Columns{Column::kSettlementId,
                                Column::kSettlementStartDate,
                                Column::kSettlementEndDate,
                                Column::kDepositDate,
                                Column::kTotalAmount,
                                Column::kCurrency,
                                Column::kTransactionType,
                                Column::kOrderId,
                                Column::kMerchantOrderId,
                                Column::kAdjustmentId,
                                Column::kShipmentId,
                                Column::kMarketplaceName,
                                Column::kAmountType,
                                Column::kAmountDescription,
                                Column::kAmount,
                                Column::kFulfillmentId,
                                Column::kPostedDate,
                                Column::kPostedDateTime,
                                Column::kOrderItemCode,
                                Column::kMerchantOrderItemId,
                                Column::kMerchantAdjustmentItemId,
                                Column::kSku,
                                Column::kQuantityPurchased,
                                Column::kPromotionId};
static_assert(kV2Columns.size() == kColumnCount);

constexpr std::array kV1Columns{Column::kSettlementId,
                                Column::kSettlementStartDate,
                                Column::kSettlementEndDate,
                                Column::kDepositDate,
                                Column::kTotalAmount,
                                Column::kCurrency,
                                Column::kTransactionType,
                                Column::kOrderId,
                                Column::kMerchantOrderId,
                                Column::kAdjustmentId,
                                Column::kShipmentId,
                                Column::kMarketplaceName,
                                Column::kShipmentFeeType,
                                Column::kShipmentFeeAmount,
                                Column::kOrderFeeType,
                                Column::kOrderFeeAmount,
                                Column::kFulfillmentId,
                                Column::kPostedDate,
                                Column::kOrderItemCode,
                                Column::kMerchantOrderItemId,
                                Column::kMerchantAdjustmentItemId,
                                Column::kSku,
                                Column::kQuantityPurchased,
                                Column::kPriceType,
                                Column::kPriceAmount,
                                Column::kItemRelatedFeeType,
                                Column::kItemRelatedFeeAmount,
                                Column::kMiscFeeAmount,
                                Column::kOtherFeeAmount,
                                Column::kOtherFeeReasonDescription,
                                Column::kPromotionId,
                                Column::kPromotionType,
                                Column::kPromotionAmount,
                                Column::kDirectPaymentType,
                                Column::kDirectPaymentAmount,
                                Column::kOtherAmount};
static_assert(kV1Columns.size() == 36);

constexpr std::array kV2Mandatory{
    Column::kSettlementId, Column::kTotalAmount,       Column::kCurrency, Column::kTransactionType,
    Column::kAmountType,   Column::kAmountDescription, Column::kAmount};
constexpr std::array kV1Mandatory{Column::kSettlementId,       Column::kTotalAmount,
                                  Column::kCurrency,           Column::kTransactionType,
                                  Column::kPriceType,          Column::kPriceAmount,
                                  Column::kItemRelatedFeeType, Column::kItemRelatedFeeAmount};

constexpr std::string_view kOther = "other-transaction";

constexpr std::array kV2Amounts{AmountColumn{Column::kAmount, "", Column::kAmountDescription}};

// The amount-types are those under which V2 gives the same kinds (ItemPrice, ItemFees, ...). What
// V1 books without a type of its own is named by its reason or by the transaction-type.
constexpr std::array kV1Amounts{
    AmountColumn{Column::kShipmentFeeAmount, "ShipmentFees", Column::kShipmentFeeType},
    AmountColumn{Column::kOrderFeeAmount, "OrderFees", Column::kOrderFeeType},
    AmountColumn{Column::kPriceAmount, "ItemPrice", Column::kPriceType},
    AmountColumn{Column::kItemRelatedFeeAmount, "ItemFees", Column::kItemRelatedFeeType},
    AmountColumn{Column::kMiscFeeAmount, "ItemFees", {}, true},
    AmountColumn{Column::kOtherFeeAmount, kOther, Column::kOtherFeeReasonDescription, true},
    AmountColumn{Column::kPromotionAmount, "Promotion", Column::kPromotionType},
    AmountColumn{Column::kDirectPaymentAmount, "DirectPayment", Column::kDirectPaymentType},
    AmountColumn{Column::kOtherAmount, kOther, Column::kOtherFeeReasonDescription, true}};

constexpr Layout kV2{"V2", kV2Columns, kV2Mandatory, kV2Amounts, true};
constexpr Layout kV1{"V1", kV1Columns, kV1Mandatory, kV1Amounts, false};

}  // namespace

std::string_view column_name(Column column) { return kNames[static_cast<std::size_t>(column)]; }

std::optional<Column> column_named(std::string_view name) {
  const auto at = std::ranges::find(kNames, name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<Column>(at - kNames.begin());
}

const Layout& layout_v2() { return kV2; }
const Layout& layout_v1() { return kV1; }

}  // namespace mlc::amazon::settlement_report
