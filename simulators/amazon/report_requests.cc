#include "simulators/amazon/report_requests.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "base/time.h"
#include "simulators/amazon/answers.h"
#include "simulators/amazon/parameters.h"

namespace mlc::simulators::amazon {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> kReportFields{
    "reportOptions", "reportType", "dataStartTime", "dataEndTime", "marketplaceIds"};
constexpr std::array<std::string_view, 5> kScheduleFields{
    "reportType", "marketplaceIds", "reportOptions", "period", "nextReportCreationTime"};
constexpr std::array<std::string_view, 18> kPeriods{
    "PT5M", "PT15M", "PT30M", "PT1H", "PT2H", "PT4H", "PT8H", "PT12H", "P1D",
    "P2D",  "P3D",   "PT84H", "P7D",  "P14D", "P15D", "P18D", "P30D",  "P1M"};
constexpr std::size_t kMostMarketplaces = 25;

// Why a body cannot be read as one with these fields.
std::optional<std::string> fault_in(const json& body, std::span<const std::string_view> known) {
  if (!body.is_object()) return "The body is not a JSON object";
  for (const auto& [name, value] : body.items()) {
    if (std::ranges::find(known, name) == known.end()) return "unknown field " + name;
  }
  const auto type = body.find("reportType");
  if (type == body.end() || !type->is_string()) return "reportType is required";
  const auto marketplaces = body.find("marketplaceIds");
  if (marketplaces == body.end() || !marketplaces->is_array() || marketplaces->empty() ||
      marketplaces->size() > kMostMarketplaces) {
    return "marketplaceIds must hold 1 to 25 values";
  }
  for (const char* name : {"dataStartTime", "dataEndTime", "nextReportCreationTime"}) {
    const auto time = body.find(name);
    if (time == body.end()) continue;
    if (!time->is_string() || !parse_instant(time->get<std::string>())) {
      return std::string(name) + " is no ISO 8601 date-time";
    }
  }
  return std::nullopt;
}

net::HttpResponse refuse_type(const json& body) {
  // Amazon's words for settlement reports, amzn/selling-partner-api-models#1948.
  if (body["reportType"].get<std::string>().find("SETTLEMENT") != std::string::npos) {
    return invalid_input("The report type 1118 is not allowed at this time");
  }
  return invalid_input("The report type is not supported");
}

}  // namespace

net::HttpResponse create_report(const std::string& text) {
  const json body = json::parse(text, nullptr, false);
  if (const auto fault = fault_in(body, kReportFields)) return invalid_input(*fault);
  return refuse_type(body);
}

net::HttpResponse create_report_schedule(const std::string& text) {
  const json body = json::parse(text, nullptr, false);
  if (const auto fault = fault_in(body, kScheduleFields)) return invalid_input(*fault);
  const auto period = body.find("period");
  if (period == body.end() || !period->is_string() ||
      std::ranges::find(kPeriods, period->get<std::string>()) == kPeriods.end()) {
    return invalid_input("period is none of Amazon's");
  }
  return refuse_type(body);
}

net::HttpResponse report_schedules(const net::Parameters& parameters) {
  constexpr std::array<std::string_view, 1> kKnown{"reportTypes"};
  if (const auto fault = fault_of(parameters, kKnown)) return invalid_input(*fault);
  const auto types = value_of(parameters, "reportTypes");
  if (!types) return invalid_input("reportTypes is required");
  if (list_of(*types).size() > 10) return invalid_input("reportTypes holds more than 10 values");
  return json_answer(200, R"({"reportSchedules":[]})");
}

net::HttpResponse create_restricted_data_token(const std::string& text) {
  const json body = json::parse(text, nullptr, false);
  const bool listed = body.is_object() && body.contains("restrictedResources") &&
                      body["restrictedResources"].is_array() &&
                      !body["restrictedResources"].empty();
  if (!listed) return invalid_input("restrictedResources is required");
  return invalid_input("The resource is not a restricted resource");
}

}  // namespace mlc::simulators::amazon
