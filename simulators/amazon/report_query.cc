#include "simulators/amazon/report_query.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "simulators/amazon/parameters.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::array<std::string_view, 6> kParameters{"reportTypes",    "processingStatuses",
                                                      "marketplaceIds", "pageSize",
                                                      "createdSince",   "createdUntil"};
constexpr std::array<std::string_view, 5> kStatuses{"CANCELLED", "DONE", "FATAL", "IN_PROGRESS",
                                                    "IN_QUEUE"};
constexpr std::size_t kMostValues = 10;

bool is_marketplace_id(const std::string& text) {
  return text.size() >= 12 && text.size() <= 14 && text.front() == 'A' &&
         std::ranges::all_of(
             text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

void read_lists(const net::Parameters& parameters, ReportQuery& query) {
  query.types = list_of(value_of(parameters, "reportTypes").value_or(""));
  if (query.types.size() > kMostValues) query.refusal = "reportTypes holds more than 10 values";
  if (const auto text = value_of(parameters, "marketplaceIds")) {
    query.marketplaces = list_of(*text);
    if (query.marketplaces.size() > kMostValues) {
      query.refusal = "marketplaceIds holds more than 10 values";
    }
    if (!std::ranges::all_of(query.marketplaces, is_marketplace_id)) {
      query.refusal = "marketplaceIds holds what is no marketplace identifier";
    }
  }
  if (const auto text = value_of(parameters, "processingStatuses")) {
    query.statuses = list_of(*text);
    const bool known = std::ranges::all_of(query.statuses, [](const std::string& status) {
      return std::ranges::find(kStatuses, status) != kStatuses.end();
    });
    if (!known) query.refusal = "processingStatuses holds an unknown value";
  }
}

void read_page_size(const net::Parameters& parameters, ReportQuery& query) {
  const auto text = value_of(parameters, "pageSize");
  if (!text) return;
  const auto [end, error] =
      std::from_chars(text->data(), text->data() + text->size(), query.page_size);
  const bool whole = error == std::errc() && end == text->data() + text->size();
  if (!whole || query.page_size < 1 || query.page_size > 100) {
    query.refusal = "pageSize must be between 1 and 100";
  }
}

void read_times(const net::Parameters& parameters, Instant now, ReportQuery& query) {
  query.since = now - kRetention;
  query.until = now;
  const auto read = [&](const char* name, Instant& into) {
    const auto text = value_of(parameters, name);
    if (!text) return;
    const auto instant = parse_instant(*text);
    if (!instant) query.refusal = std::string(name) + " is no ISO 8601 date-time";
    into = instant.value_or(into);
  };
  read("createdSince", query.since);
  read("createdUntil", query.until);
  // The real border is said to refuse values that are 90 days old to the second.
  if (value_of(parameters, "createdSince") && query.since <= now - kRetention) {
    query.refusal = "createdSince must be within the last 90 days";
  }
  if (query.since > now) query.refusal = "createdSince is in the future";
  if (query.until < query.since) query.refusal = "createdUntil is before createdSince";
}

}  // namespace

ReportQuery read_report_query(const net::Parameters& parameters, Instant now) {
  ReportQuery query;
  read_lists(parameters, query);
  read_page_size(parameters, query);
  read_times(parameters, now, query);
  if (!value_of(parameters, "reportTypes")) query.refusal = "reportTypes or nextToken is required";
  if (auto fault = fault_of(parameters, kParameters)) query.refusal = std::move(fault);
  return query;
}

}  // namespace mlc::simulators::amazon
