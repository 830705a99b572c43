// What a query of getReports asks for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "net/url.h"

namespace mlc::simulators::amazon {

inline constexpr std::string_view kSettlementType = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
// Amazon keeps reports and documents so long.
inline constexpr std::chrono::days kRetention{90};

struct ReportQuery {
  std::vector<std::string> types;
  std::vector<std::string> statuses;
  std::vector<std::string> marketplaces;
  std::size_t page_size = 10;
  Instant since;
  Instant until;
  std::optional<std::string> refusal;  // why it cannot be answered
};

// Of a query without nextToken. Pure.
[[nodiscard]] ReportQuery read_report_query(const net::Parameters& parameters, Instant now);

}  // namespace mlc::simulators::amazon
