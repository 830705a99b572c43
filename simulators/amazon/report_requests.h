// What can be asked of the Reports API besides reading: all of it is refused for settlement
// reports, which Amazon makes by itself, and nothing else is simulated.
#pragma once

#include <string>
#include <string_view>

#include "net/http_message.h"
#include "net/url.h"

namespace mlc::simulators::amazon {

// createReport, createReportSchedule: bodies as the model requires them, then 400.
[[nodiscard]] net::HttpResponse create_report(const std::string& body);
[[nodiscard]] net::HttpResponse create_report_schedule(const std::string& body);
// getReportSchedules: there are none. getReportSchedule, cancelReportSchedule: 404.
[[nodiscard]] net::HttpResponse report_schedules(const net::Parameters& parameters);
// createRestrictedDataToken: settlement reports are not restricted, so no path is granted.
[[nodiscard]] net::HttpResponse create_restricted_data_token(const std::string& body);

}  // namespace mlc::simulators::amazon
