#include "simulators/amazon/reports_endpoint.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "simulators/amazon/answers.h"
#include "simulators/amazon/faults.h"
#include "simulators/amazon/parameters.h"
#include "simulators/amazon/report_query.h"

namespace mlc::simulators::amazon {
namespace {

using nlohmann::ordered_json;

constexpr std::chrono::minutes kPageTokenLife{10};

std::string status_of(const ShelvedReport& report, Instant now) {
  return now < report.done ? "IN_PROGRESS" : report.final_state;
}

ordered_json json_of(const ShelvedReport& report, Instant now) {
  const std::string status = status_of(report, now);
  ordered_json out = {{"reportType", kSettlementType},
                      {"processingStatus", status},
                      {"marketplaceIds", report.marketplace_ids},
                      {"reportId", report.report_id},
                      {"dataEndTime", format_instant(report.data_end)},
                      {"createdTime", format_instant(report.created)},
                      {"processingStartTime", format_instant(report.created)},
                      {"dataStartTime", format_instant(report.data_start)}};
  if (status == "IN_PROGRESS") return out;
  out["processingEndTime"] = format_instant(report.done);
  if (status == "DONE") out["reportDocumentId"] = report.document_id;
  return out;
}

// What live answers are known for, beside the model: optional fields that are missing, fields that
// no model has, and marketplaces that are not the settlement's.
void disturb(ordered_json& report, const std::vector<FaultOrder>& orders) {
  if (wants(orders, "other_marketplaces")) report["marketplaceIds"] = {"A1AM78C64UM0Y8"};
  if (wants(orders, "strange_fields"))
    report["reportVersion"] = {{"number", 2}, {"notes", nullptr}};
  if (!wants(orders, "bare")) return;
  for (const char* optional : {"marketplaceIds", "dataStartTime", "dataEndTime",
                               "processingStartTime", "processingEndTime"}) {
    report.erase(optional);
  }
}

// Marketplaces do not separate settlement reports, as with Amazon: a seller's reports are listed
// whatever marketplace of the account is asked for.
bool can_have_answers(const ReportQuery& query) {
  return std::ranges::find(query.types, kSettlementType) != query.types.end();
}

}  // namespace

net::HttpResponse ReportsEndpoint::get_reports(const ReportsCall& call) {
  if (value_of(call.parameters, "nextToken")) return next_page(call);
  const ReportQuery query = read_report_query(call.parameters, call.now);
  if (query.refusal) return invalid_input(*query.refusal);
  if (!can_have_answers(query)) {
    return json_answer(200, ordered_json{{"reports", ordered_json::array()}}.dump());
  }
  return page({call.account, query.since, query.until, query.statuses, query.page_size, 0, {}},
              call);
}

net::HttpResponse ReportsEndpoint::next_page(const ReportsCall& call) {
  if (call.parameters.size() != 1) {
    std::string others;
    for (const auto& [name, value] : call.parameters) {
      if (name != "nextToken") others += name + ";";
    }
    return invalid_input("NextToken cannot be specified with other input parameters", others);
  }
  const auto found = page_tokens_.find(*value_of(call.parameters, "nextToken"));
  if (found == page_tokens_.end() || found->second.account != call.account ||
      call.now >= found->second.expires || wants(call.orders, "page_token_expired")) {
    return invalid_input("The nextToken is invalid or has expired");
  }
  return page(found->second, call);
}

std::vector<const ShelvedReport*> ReportsEndpoint::reports_of(const Listing& listing, Instant now) {
  auto out = shelf_.created(listing.account, listing.since, listing.until, now);
  if (listing.statuses.empty()) return out;
  std::erase_if(out, [&](const ShelvedReport* report) {
    return std::ranges::find(listing.statuses, status_of(*report, now)) == listing.statuses.end();
  });
  return out;
}

net::HttpResponse ReportsEndpoint::page(Listing listing, const ReportsCall& call) {
  const auto reports = reports_of(listing, call.now);
  ordered_json body = {{"reports", ordered_json::array()}};
  const std::size_t begin = std::min(reports.size(), listing.offset);
  const std::size_t end = std::min(reports.size(), begin + listing.page_size);
  for (std::size_t i = begin; i < end; ++i) {
    body["reports"].push_back(json_of(*reports[i], call.now));
    disturb(body["reports"].back(), call.orders);
  }
  if (wants(call.orders, "strange_fields")) body["pageInfo"] = {{"of", reports.size()}};
  const bool circles = wants(call.orders, "same_token");
  if (end < reports.size() || circles) {
    listing.offset = circles ? begin : end;
    listing.expires = call.now + kPageTokenLife;
    // Base64 with + / = in it, so that a client that does not escape tokens fails.
    const std::string fresh =
        "+/" +
        to_base64(listing.account + "|" + std::to_string(end) + "|" + format_instant(call.now) +
                  "|" + std::to_string(page_tokens_.size())) +
        "==";
    const std::string token =
        circles ? value_of(call.parameters, "nextToken").value_or(fresh) : fresh;
    page_tokens_[token] = listing;
    body["nextToken"] = token;
  }
  return json_answer(200, body.dump());
}

const ShelvedReport* ReportsEndpoint::report_of(const ReportsCall& call) {
  const ShelvedReport* const report = shelf_.by_report_id(call.id, call.now);
  const bool there = report != nullptr && report->selling_partner_id == call.account &&
                     report->created > call.now - kRetention;
  return there ? report : nullptr;
}

net::HttpResponse ReportsEndpoint::get_report(const ReportsCall& call) {
  // The model has none. A client used by many sends these, so Amazon must pass over them.
  constexpr std::array<std::string_view, 4> kPassedOver{"MarketplaceId", "MarketplaceIds",
                                                        "marketplaceIds", "marketplace_ids"};
  if (const auto fault = fault_of(call.parameters, kPassedOver)) return invalid_input(*fault);
  const ShelvedReport* const report = report_of(call);
  if (report == nullptr) return not_found("Report " + call.id + " does not exist");
  return json_answer(200, json_of(*report, call.now).dump());
}

net::HttpResponse ReportsEndpoint::cancel_report(const ReportsCall& call) {
  if (report_of(call) == nullptr) return not_found("Report " + call.id + " does not exist");
  return invalid_input("Only reports in the state IN_QUEUE can be cancelled");
}

net::HttpResponse ReportsEndpoint::get_report_document(const ReportsCall& call) {
  constexpr std::array<std::string_view, 1> kKnown{"enableContentEncodingUrlHeader"};
  if (const auto fault = fault_of(call.parameters, kKnown)) return invalid_input(*fault);
  const std::string encoding = value_of(call.parameters, kKnown[0]).value_or("false");
  if (encoding != "true" && encoding != "false") {
    return invalid_input("enableContentEncodingUrlHeader is neither true nor false");
  }
  const ShelvedReport* const report = shelf_.by_document_id(call.id, call.now);
  if (report == nullptr || report->selling_partner_id != call.account) {
    return not_found("The report document does not exist");
  }
  if (report->created <= call.now - kRetention) {
    return invalid_input("The report document is no longer available");
  }
  ordered_json body = {
      {"reportDocumentId", report->document_id},
      {"url", storage_.address(*report, call.origin, call.now, encoding == "true")}};
  // Label and body are known to disagree.
  if (report->gzip != wants(call.orders, "gzip_label")) body["compressionAlgorithm"] = "GZIP";
  return json_answer(200, body.dump());
}

}  // namespace mlc::simulators::amazon
