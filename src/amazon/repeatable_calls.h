// Every call we make to the Selling Partner API, in one table: where it goes, how often it may be
// made, and whether making it twice does harm. A call without a row cannot be written.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace mlc::amazon {

enum class Operation { kGetReports, kGetReport, kGetReportDocument };

// Whether the same call may be made again when nobody knows what became of the first.
enum class Repeatable { kYes, kNo };

struct CallRow {
  Operation operation;
  std::string_view name;  // Amazon's operationId
  std::string_view method;
  std::string_view path;  // {} is the one path parameter
  Repeatable repeatable;
  std::int64_t rate_micro;  // calls per second, in millionths: Amazon's default
  std::int64_t burst;       // calls that may be made at once
};

// Paths and limits: reports_2021-06-30.json of Amazon's models.
inline constexpr std::array kCalls{
    CallRow{Operation::kGetReports, "getReports", "GET", "/reports/2021-06-30/reports",
            Repeatable::kYes, 22'200, 10},
    CallRow{Operation::kGetReport, "getReport", "GET", "/reports/2021-06-30/reports/{}",
            Repeatable::kYes, 2'000'000, 15},
    CallRow{Operation::kGetReportDocument, "getReportDocument", "GET",
            "/reports/2021-06-30/documents/{}", Repeatable::kYes, 16'700, 15},
};

// The row of an operation; each operation has one.
[[nodiscard]] constexpr const CallRow& row_of(Operation operation) {
  return kCalls[static_cast<std::size_t>(operation)];
}

}  // namespace mlc::amazon
