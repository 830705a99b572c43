#include "simulators/amazon/reports_endpoint.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <simdjson.h>

#include "base/digest.h"
#include "simulators/amazon/answers.h"

namespace mlc::simulators::amazon {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kSettlementType = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
constexpr std::chrono::days kRetention{90};
constexpr std::chrono::minutes kPageTokenLife{10};
constexpr std::array<std::string_view, 7> kParameters{
    "reportTypes",  "processingStatuses", "marketplaceIds", "pageSize",
    "createdSince", "createdUntil",       "nextToken"};
constexpr std::array<std::string_view, 5> kStatuses{"CANCELLED", "DONE", "FATAL", "IN_PROGRESS",
                                                    "IN_QUEUE"};

std::optional<std::string> value_of(const ReportsCall& call, std::string_view name) {
  const auto found = std::ranges::find_if(
      call.parameters, [name](const auto& field) { return field.first == name; });
  return found == call.parameters.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    out.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

ordered_json json_of(const ShelvedReport& report) {
  return {{"reportType", kSettlementType},
          {"processingEndTime", format_instant(report.created)},
          {"processingStatus", "DONE"},
          {"marketplaceIds", report.marketplace_ids},
          {"reportDocumentId", report.document_id},
          {"reportId", report.report_id},
          {"dataEndTime", format_instant(report.data_end)},
          {"createdTime", format_instant(report.created)},
          {"processingStartTime", format_instant(report.created)},
          {"dataStartTime", format_instant(report.data_start)}};
}

// What a query of getReports asks for; `refusal` says why it cannot be answered.
struct Query {
  std::vector<std::string> types;
  std::vector<std::string> statuses;
  std::vector<std::string> marketplaces;
  std::size_t page_size = 10;
  Instant since;
  Instant until;
  std::optional<std::string> refusal;
};

void read_lists(const ReportsCall& call, Query& query) {
  query.types = list_of(value_of(call, "reportTypes").value_or(""));
  if (query.types.size() > 10) query.refusal = "reportTypes holds more than 10 values";
  if (const auto text = value_of(call, "marketplaceIds")) {
    query.marketplaces = list_of(*text);
    if (query.marketplaces.size() > 10) query.refusal = "marketplaceIds holds more than 10 values";
  }
  if (const auto text = value_of(call, "processingStatuses")) {
    query.statuses = list_of(*text);
    const bool known = std::ranges::all_of(query.statuses, [](const std::string& status) {
      return std::ranges::find(kStatuses, status) != kStatuses.end();
    });
    if (!known) query.refusal = "processingStatuses holds an unknown value";
  }
}

void read_page_size(const ReportsCall& call, Query& query) {
  const auto text = value_of(call, "pageSize");
  if (!text) return;
  const auto [end, error] =
      std::from_chars(text->data(), text->data() + text->size(), query.page_size);
  const bool whole = error == std::errc() && end == text->data() + text->size();
  if (!whole || query.page_size < 1 || query.page_size > 100) {
    query.refusal = "pageSize must be between 1 and 100";
  }
}

void read_times(const ReportsCall& call, Query& query) {
  query.since = call.now - kRetention;
  query.until = call.now;
  const auto read = [&](const char* name, Instant& into) {
    const auto text = value_of(call, name);
    if (!text) return;
    const auto instant = parse_instant(*text);
    if (!instant) query.refusal = std::string(name) + " is no ISO 8601 date-time";
    into = instant.value_or(into);
  };
  read("createdSince", query.since);
  read("createdUntil", query.until);
  // The real border is said to refuse values that are 90 days old to the second.
  if (value_of(call, "createdSince") && query.since <= call.now - kRetention) {
    query.refusal = "createdSince must be within the last 90 days";
  }
  if (query.until < query.since) query.refusal = "createdUntil is before createdSince";
}

Query read_query(const ReportsCall& call) {
  Query query;
  read_lists(call, query);
  read_page_size(call, query);
  read_times(call, query);
  if (!value_of(call, "reportTypes")) query.refusal = "reportTypes or nextToken is required";
  for (const auto& [name, value] : call.parameters) {
    if (std::ranges::find(kParameters, name) == kParameters.end()) {
      query.refusal = "unknown parameter " + name;
    }
    if (value.empty()) query.refusal = name + " is empty";
  }
  return query;
}

// Only settlement reports exist here and all are DONE. Marketplaces do not separate them, as with
// Amazon: a seller's reports are listed whatever marketplace of the account is asked for.
bool can_have_answers(const Query& query) {
  const auto holds = [](const std::vector<std::string>& list, std::string_view value) {
    return std::ranges::find(list, value) != list.end();
  };
  return holds(query.types, kSettlementType) &&
         (query.statuses.empty() || holds(query.statuses, "DONE"));
}

}  // namespace

net::HttpResponse ReportsEndpoint::get_reports(const ReportsCall& call) {
  if (value_of(call, "nextToken")) return next_page(call);
  const Query query = read_query(call);
  if (query.refusal) return invalid_input(*query.refusal);
  if (!can_have_answers(query)) {
    return json_answer(200, ordered_json{{"reports", ordered_json::array()}}.dump());
  }
  return page({call.account, query.since, query.until, query.page_size, 0, {}}, call.now);
}

net::HttpResponse ReportsEndpoint::next_page(const ReportsCall& call) {
  if (call.parameters.size() != 1) {
    std::string others;
    for (const auto& [name, value] : call.parameters) {
      if (name != "nextToken") others += name + ";";
    }
    return invalid_input("NextToken cannot be specified with other input parameters", others);
  }
  const auto found = page_tokens_.find(*value_of(call, "nextToken"));
  if (found == page_tokens_.end() || found->second.account != call.account ||
      call.now >= found->second.expires) {
    return invalid_input("The nextToken is invalid or has expired");
  }
  return page(found->second, call.now);
}

net::HttpResponse ReportsEndpoint::page(Listing listing, Instant now) {
  const auto reports = shelf_.created(listing.account, listing.since, listing.until, now);
  ordered_json body = {{"reports", ordered_json::array()}};
  const std::size_t end = std::min(reports.size(), listing.offset + listing.page_size);
  for (std::size_t i = listing.offset; i < end; ++i)
    body["reports"].push_back(json_of(*reports[i]));
  if (end < reports.size()) {
    listing.offset = end;
    listing.expires = now + kPageTokenLife;
    // Base64 with + / = in it, so that a client that does not escape tokens fails.
    const std::string token =
        "+/" +
        to_base64(listing.account + "|" + std::to_string(end) + "|" + format_instant(now) + "|" +
                  std::to_string(page_tokens_.size())) +
        "==";
    page_tokens_[token] = listing;
    body["nextToken"] = token;
  }
  return json_answer(200, body.dump());
}

net::HttpResponse ReportsEndpoint::get_report(const ReportsCall& call) {
  if (!call.parameters.empty()) return invalid_input("getReport takes no query parameters");
  const ShelvedReport* const report = shelf_.by_report_id(call.id, call.now);
  if (report == nullptr || report->selling_partner_id != call.account ||
      report->created <= call.now - kRetention) {
    return not_found("Report " + call.id + " does not exist");
  }
  return json_answer(200, json_of(*report).dump());
}

net::HttpResponse ReportsEndpoint::get_report_document(const ReportsCall& call) {
  const ShelvedReport* const report = shelf_.by_document_id(call.id, call.now);
  if (report == nullptr || report->selling_partner_id != call.account) {
    return not_found("The report document does not exist");
  }
  if (report->created <= call.now - kRetention) {
    return invalid_input("The report document is no longer available");
  }
  ordered_json body = {{"reportDocumentId", report->document_id},
                       {"url", storage_.address(*report, call.origin, call.now)}};
  if (report->gzip) body["compressionAlgorithm"] = "GZIP";
  return json_answer(200, body.dump());
}

net::HttpResponse ReportsEndpoint::create_report(const ReportsCall& call) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  std::string_view type;
  if (parser.parse(call.body).get(root) != simdjson::SUCCESS ||
      root["reportType"].get(type) != simdjson::SUCCESS) {
    return invalid_input("reportType is required");
  }
  if (type == kSettlementType) {
    return invalid_input("The report type 1118 is not allowed at this time");
  }
  return invalid_input("The report type is not supported");
}

}  // namespace mlc::simulators::amazon
