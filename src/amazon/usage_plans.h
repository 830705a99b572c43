// Amazon's default limits of every operation this connector calls or is meant to call, in one
// table: where the calls of repeatable_calls.h take theirs from.
// Source: the x-amzn-RateLimit remarks of Amazon's models (selling-partner-api-models, August
// 2026); for Invoices 2024-06-19 of an older version of its model (January 2026).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace mlc::amazon {

// One operation's bucket: filled with `rate_micro` millionths of a call per second, `burst` calls
// at most. Sellers may be given more; x-amzn-RateLimit-Limit then says the rate, never the burst.
struct UsagePlan {
  std::string_view api;
  std::string_view operation;  // Amazon's operationId
  std::int64_t rate_micro;
  std::int64_t burst;
};

// clang-format off
inline constexpr std::array kUsagePlans{
    UsagePlan{"reports", "getReports", 22'200, 10},
    UsagePlan{"reports", "createReport", 16'700, 15},
    UsagePlan{"reports", "getReport", 2'000'000, 15},
    UsagePlan{"reports", "cancelReport", 22'200, 10},
    UsagePlan{"reports", "getReportSchedules", 22'200, 10},
    UsagePlan{"reports", "createReportSchedule", 22'200, 10},
    UsagePlan{"reports", "getReportSchedule", 22'200, 10},
    UsagePlan{"reports", "cancelReportSchedule", 22'200, 10},
    UsagePlan{"reports", "getReportDocument", 16'700, 15},
    UsagePlan{"finances", "listTransactions", 500'000, 10},
    UsagePlan{"finances", "listBalances", 500'000, 10},
    UsagePlan{"finances", "listSummary", 500'000, 10},
    UsagePlan{"finances_v0", "listFinancialEventGroups", 500'000, 30},
    UsagePlan{"finances_v0", "listFinancialEventsByGroupId", 500'000, 30},
    UsagePlan{"finances_v0", "listFinancialEventsByOrderId", 500'000, 30},
    UsagePlan{"finances_v0", "listFinancialEvents", 500'000, 30},
    UsagePlan{"transfers", "initiatePayout", 17'000, 2},
    UsagePlan{"transfers", "listPayouts", 500'000, 10},
    UsagePlan{"transfers", "listExpectedPayouts", 500'000, 10},
    UsagePlan{"transfers", "getPaymentMethods", 500'000, 30},
    // The model of Finances-Invoices names no limits: a careful beginning.
    UsagePlan{"finances_invoices", "getInvoiceHeaders", 500'000, 1},
    UsagePlan{"finances_invoices", "getInvoice", 500'000, 1},
    UsagePlan{"invoices", "getInvoicesAttributes", 1'000'000, 1},
    UsagePlan{"invoices", "getInvoicesDocument", 16'700, 1},
    UsagePlan{"invoices", "createInvoicesExport", 167'000, 1},
    UsagePlan{"invoices", "getInvoicesExports", 100'000, 20},
    UsagePlan{"invoices", "getInvoices", 100'000, 20},
    UsagePlan{"invoices", "getInvoicesExport", 2'000'000, 15},
    UsagePlan{"invoices", "getInvoice", 2'000'000, 15},
    UsagePlan{"invoices", "createGovernmentInvoice", 16'700, 1},
    UsagePlan{"invoices", "getGovernmentInvoiceStatus", 16'700, 1},
    UsagePlan{"invoices", "getGovernmentInvoiceDocument", 16'700, 1},
    UsagePlan{"orders", "searchOrders", 5'600, 20},
    UsagePlan{"orders", "getOrder", 500'000, 30},
    UsagePlan{"orders", "cancelOrder", 1'000'000, 5},
    UsagePlan{"orders_v0", "getOrders", 16'700, 20},
    UsagePlan{"orders_v0", "getOrder", 500'000, 30},
    UsagePlan{"orders_v0", "getOrderBuyerInfo", 500'000, 30},
    UsagePlan{"orders_v0", "getOrderAddress", 500'000, 30},
    UsagePlan{"orders_v0", "getOrderItems", 500'000, 30},
    UsagePlan{"orders_v0", "getOrderItemsBuyerInfo", 500'000, 30},
    UsagePlan{"orders_v0", "getOrderRegulatedInfo", 500'000, 30},
    UsagePlan{"orders_v0", "updateVerificationStatus", 500'000, 30},
    UsagePlan{"orders_v0", "updateShipmentStatus", 5'000'000, 15},
    UsagePlan{"orders_v0", "confirmShipment", 2'000'000, 10},
    UsagePlan{"fba_inventory", "getInventorySummaries", 2'000'000, 2},
    UsagePlan{"sellers", "getMarketplaceParticipations", 16'000, 15},
    UsagePlan{"sellers", "getAccount", 16'000, 15},
    UsagePlan{"tokens", "createRestrictedDataToken", 1'000'000, 10},
    UsagePlan{"notifications", "getSubscriptions", 1'000'000, 5},
    UsagePlan{"notifications", "sendTestNotification", 1'000'000, 5},
    UsagePlan{"notifications", "getSubscription", 1'000'000, 5},
    UsagePlan{"notifications", "createSubscription", 1'000'000, 5},
    UsagePlan{"notifications", "getSubscriptionById", 1'000'000, 5},
    UsagePlan{"notifications", "deleteSubscriptionById", 1'000'000, 5},
    UsagePlan{"notifications", "getDestinations", 1'000'000, 5},
    UsagePlan{"notifications", "createDestination", 1'000'000, 5},
    UsagePlan{"notifications", "getDestination", 1'000'000, 5},
    UsagePlan{"notifications", "deleteDestination", 1'000'000, 5},
    UsagePlan{"application", "rotateApplicationClientSecret", 16'700, 1},
    UsagePlan{"vendor_orders", "getPurchaseOrders", 10'000'000, 10},
    UsagePlan{"vendor_orders", "getPurchaseOrder", 10'000'000, 10},
    UsagePlan{"vendor_orders", "submitAcknowledgement", 10'000'000, 10},
    UsagePlan{"vendor_orders", "getPurchaseOrdersStatus", 10'000'000, 10},
    UsagePlan{"vendor_invoices", "submitInvoices", 10'000'000, 10},
    UsagePlan{"vendor_shipments", "SubmitShipmentConfirmations", 10'000'000, 10},
    UsagePlan{"vendor_shipments", "SubmitShipments", 10'000'000, 10},
    UsagePlan{"vendor_shipments", "GetShipmentDetails", 10'000'000, 10},
    UsagePlan{"vendor_shipments", "GetShipmentLabels", 10'000'000, 10},
    UsagePlan{"vendor_transaction_status", "getTransaction", 10'000'000, 20},
    UsagePlan{"data_kiosk", "getQueries", 22'200, 10},
    UsagePlan{"data_kiosk", "cancelQuery", 22'200, 10},
    UsagePlan{"data_kiosk", "createQuery", 16'700, 15},
    UsagePlan{"data_kiosk", "getDocument", 16'700, 15},
    UsagePlan{"data_kiosk", "getQuery", 2'000'000, 15},
    UsagePlan{"feeds", "createFeed", 8'300, 15},
    UsagePlan{"feeds", "getFeeds", 22'200, 10},
    UsagePlan{"feeds", "getFeedDocument", 22'200, 10},
    UsagePlan{"feeds", "getFeed", 2'000'000, 15},
    UsagePlan{"feeds", "cancelFeed", 2'000'000, 15},
    UsagePlan{"feeds", "createFeedDocument", 500'000, 15},
};
// clang-format on

// The row of an operation; nullptr when the table has none.
[[nodiscard]] constexpr const UsagePlan* find_usage_plan(std::string_view api,
                                                         std::string_view operation) {
  for (const UsagePlan& plan : kUsagePlans) {
    if (plan.api == api && plan.operation == operation) return &plan;
  }
  return nullptr;
}

}  // namespace mlc::amazon
