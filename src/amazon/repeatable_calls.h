// Every call we make to the Selling Partner API, in one table: where it goes, how often it may be
// made, and whether making it twice does harm. A call without a row cannot be written. There is no
// row for createReport: settlement reports are made by Amazon, and asking for one is an error.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "amazon/usage_plans.h"

namespace mlc::amazon {

enum class Operation { kGetReports, kGetReport, kGetReportDocument, kGetMarketplaceParticipations };

// Whether the same call may be made again when nobody knows what became of the first.
enum class Repeatable { kYes, kNo };

struct CallRow {
  Operation operation;
  std::string_view name;  // Amazon's operationId
  std::string_view method;
  std::string_view path;  // {} is the one path parameter
  Repeatable repeatable;
  const UsagePlan* plan;  // Amazon's default limits
};

// Paths: reports_2021-06-30.json and sellers.json of Amazon's models.
inline constexpr std::array kCalls{
    CallRow{Operation::kGetReports, "getReports", "GET", "/reports/2021-06-30/reports",
            Repeatable::kYes, find_usage_plan("reports", "getReports")},
    CallRow{Operation::kGetReport, "getReport", "GET", "/reports/2021-06-30/reports/{}",
            Repeatable::kYes, find_usage_plan("reports", "getReport")},
    CallRow{Operation::kGetReportDocument, "getReportDocument", "GET",
            "/reports/2021-06-30/documents/{}", Repeatable::kYes,
            find_usage_plan("reports", "getReportDocument")},
    CallRow{Operation::kGetMarketplaceParticipations, "getMarketplaceParticipations", "GET",
            "/sellers/v1/marketplaceParticipations", Repeatable::kYes,
            find_usage_plan("sellers", "getMarketplaceParticipations")},
};

// The row of an operation; each operation has one.
[[nodiscard]] constexpr const CallRow& row_of(Operation operation) {
  return kCalls[static_cast<std::size_t>(operation)];
}

}  // namespace mlc::amazon
