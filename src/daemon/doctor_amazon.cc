// Amazon's side of `doctor`, in the order in which one needs the other.
#include <algorithm>

#include "amazon/errors.h"
#include "amazon/participations.h"
#include "amazon/report_json.h"
#include "amazon/reports_client.h"
#include "daemon/doctor_parts.h"
#include "daemon/errors.h"
#include "daemon/quotas.h"
#include "daemon/store_place.h"
#include "flow/discovery.h"
#include "net/http_date.h"
#include "net/reach.h"
#include "net/url.h"

namespace mlc::daemon {
namespace {

using amazon::Operation;

constexpr auto kUsualPeriod = std::chrono::days(14);

std::string host_of(const std::string& address) {
  const auto url = net::parse_url(address);
  return url ? url->host : address;
}

// One address: its proxy, its name, its TLS. False when nothing can be asked there.
bool examine_way(const std::string& address, const AmazonProbe& probe, Findings& findings) {
  const std::string host = host_of(address);
  const std::string proxy = net::proxy_for(address, probe.http, environment_variable);
  findings.asks("way to " + host);
  const net::Reached reached = net::reach(address, probe.http, net::Limits{});
  const std::string peer = proxy.empty() ? host : "the proxy " + proxy;
  if (reached.stage == net::ReachStage::kNothing) {
    findings.failed("name resolution", *reached.error);
    findings.skipped("TLS", "the name of " + peer + " is not resolved");
    return false;
  }
  findings.passed("name resolution",
                  peer + (reached.address.empty() ? "" : " is " + reached.address));
  if (reached.error) {
    findings.failed("TLS", *reached.error);
    return false;
  }
  if (address.starts_with("http://")) {
    findings.skipped("TLS", host + " is this machine itself and spoken to without");
  } else {
    findings.passed("TLS", host + " shows a certificate that is trusted here");
  }
  return true;
}

void examine_proxy(const AmazonProbe& probe, Findings& findings) {
  const std::string used = net::proxy_for(probe.api_address, probe.http, environment_variable);
  if (!used.empty()) return findings.passed("proxy", "requests go through " + used);
  net::HttpClientSettings environment;
  environment.proxy_from_environment = true;
  const std::string unused = net::proxy_for(probe.api_address, environment, environment_variable);
  if (unused.empty()) return findings.passed("proxy", "none is used");
  findings.passed("proxy", "none is used, although the environment names " + unused +
                               "; proxy = \"environment\" in [connection.amazon] would use it");
}

Result<amazon::ApiAnswer> ask(const AmazonProbe& probe, Operation operation,
                              const std::string& parameter, net::Parameters query,
                              Findings& findings) {
  findings.asks(std::string(amazon::row_of(operation).name));
  return probe.connection.call({operation, parameter, std::move(query), std::nullopt});
}

// A line about the role of an operation; true when it may be called.
bool examine_role(Operation operation, const Result<amazon::ApiAnswer>& answer,
                  Findings& findings) {
  const std::string name = "role for " + std::string(amazon::row_of(operation).name);
  if (answer) {
    findings.passed(name, "Amazon answers");
    return true;
  }
  if (answer.error().is(amazon::kQuotaWait)) {
    findings.skipped(name, "no call of its quota is left now; asked again later");
  } else {
    findings.failed(name, answer.error());
  }
  return false;
}

void examine_clock(const amazon::ApiAnswer& answer, Instant now, Findings& findings) {
  const auto theirs = net::parse_http_date(answer.date);
  if (!theirs) return findings.skipped("clock", "Amazon's answer names no date");
  const auto apart = std::chrono::round<std::chrono::seconds>(std::chrono::abs(now - *theirs));
  constexpr auto kTolerance = std::chrono::minutes(5);
  const std::string text = std::to_string(apart.count()) + " s apart from Amazon's";
  if (apart <= kTolerance) return findings.passed("clock", text);
  findings.failed(
      "clock",
      Error(amazon::kClockDiffers,
            {{"minutes", std::to_string(std::chrono::round<std::chrono::minutes>(apart).count())},
             {"direction", now > *theirs ? "ahead of" : "behind"}}));
}

void examine_marketplaces(const Result<std::vector<amazon::Participation>>& all,
                          const configuration::ConnectionSettings& settings, Findings& findings) {
  if (!all) return findings.failed("marketplaces", all.error());
  std::string names;
  bool takes_one = false;
  for (const auto& one : *all) {
    if (!one.participating) continue;
    names += (names.empty() ? "" : ", ") + one.country + (one.suspended ? " (suspended)" : "");
    takes_one = takes_one ||
                std::ranges::find(settings.currencies, one.currency) != settings.currencies.end();
  }
  std::string currencies;
  for (const auto& code : settings.currencies) {
    currencies += (currencies.empty() ? "" : ", ") + code;
  }
  if (!takes_one) {
    return findings.failed("marketplaces", Error(kNoMarketplace, {{"currencies", currencies},
                                                                  {"marketplaces", names},
                                                                  {"region", settings.region}}));
  }
  findings.passed("marketplaces", "sells in " + names);
}

std::string age_text(Instant then, Instant now) {
  const auto days = std::chrono::floor<std::chrono::days>(now - then);
  return "the newest was made at " + format_instant(then) + ", " + std::to_string(days.count()) +
         " days ago" +
         (days > kUsualPeriod * 2 ? "; Amazon usually settles every 14 days: is the account active?"
                                  : "");
}

const ports::ReportListing* newest_of(const ports::ReportPage& page) {
  const auto at = std::ranges::max_element(page.reports, {}, &ports::ReportListing::created);
  return at == page.reports.end() ? nullptr : &*at;
}

void examine_listing(const ports::ReportPage& page, Instant now, Findings& findings) {
  const auto* newest = newest_of(page);
  if (newest == nullptr) {
    return findings.passed(
        "reports",
        "none within " + std::to_string(flow::kReportLookBack.count()) +
            " days. Amazon makes settlement reports by itself, about every 14 days, and "
            "keeps them 90 days; older ones are downloaded in Seller Central (Payments, Reports "
            "Repository) and imported. An account that settles but shows none here has them in "
            "another "
            "region, or the role Finance and Accounting came after the seller's authorisation");
  }
  findings.passed("reports", (page.next_token.empty() ? "" : "more than ") +
                                 std::to_string(page.reports.size()) + " visible; " +
                                 age_text(newest->created, now));
}

bool half_is_left(const configuration::ConnectionSettings& settings, HubProcess& process,
                  Operation operation) {
  const auto quotas = quotas_of(settings, process.hub().store, process.clock());
  if (!quotas) return false;
  const auto quota = std::ranges::find(*quotas, amazon::row_of(operation).name, &Quota::operation);
  return quota != quotas->end() && amazon::calls_left(quota->bucket) * 2 >= quota->bucket.burst;
}

void examine_document(const ports::ReportListing& newest, const AmazonProbe& probe,
                      const configuration::ConnectionSettings& settings, HubProcess& process,
                      Findings& findings) {
  examine_role(Operation::kGetReport,
               ask(probe, Operation::kGetReport, newest.report_id, {}, findings), findings);
  if (newest.report_document_id.empty()) return;
  if (!half_is_left(settings, process, Operation::kGetReportDocument)) {
    return findings.skipped("role for getReportDocument",
                            "its quota is kept for downloads; less than half of it is left");
  }
  examine_role(Operation::kGetReportDocument,
               ask(probe, Operation::kGetReportDocument, newest.report_document_id, {}, findings),
               findings);
}

void examine_reports(const AmazonProbe& probe, const configuration::ConnectionSettings& settings,
                     HubProcess& process, Findings& findings) {
  const Instant now = process.clock().now();
  const auto answer = ask(probe, Operation::kGetReports, "",
                          {{"reportTypes", std::string(amazon::kSettlementReportType)},
                           {"pageSize", "100"},
                           {"createdSince", format_instant(now - flow::kReportLookBack)}},
                          findings);
  if (!examine_role(Operation::kGetReports, answer, findings)) {
    return findings.skipped("reports", "they cannot be listed");
  }
  const auto page = amazon::read_report_page(*answer);
  if (!page) return findings.failed("reports", page.error());
  examine_listing(*page, now, findings);
  const auto* newest = newest_of(*page);
  if (newest == nullptr) {
    return findings.skipped("role for getReportDocument", "there is no document to ask for");
  }
  examine_document(*newest, probe, settings, process, findings);
}

}  // namespace

void examine_amazon(AmazonSide& side, const configuration::ConnectionSettings& settings,
                    HubProcess& process, Findings& findings) {
  const AmazonProbe probe = side.probe();
  examine_proxy(probe, findings);
  const bool api = examine_way(probe.api_address, probe, findings);
  const bool login = host_of(probe.login_address) == host_of(probe.api_address) ||
                     examine_way(probe.login_address, probe, findings);
  if (!login) return findings.skipped("login", "its host cannot be reached");
  findings.asks("login");
  const auto token = probe.tokens.token();
  if (!token) {
    findings.failed("login", token.error());
    return findings.skipped("roles and reports", "Amazon answers only who is logged in");
  }
  findings.passed("login", "Login with Amazon gives a token");
  if (!api) return findings.skipped("roles and reports", "Amazon's API cannot be reached");
  const auto sells = ask(probe, Operation::kGetMarketplaceParticipations, "", {}, findings);
  if (examine_role(Operation::kGetMarketplaceParticipations, sells, findings)) {
    examine_clock(*sells, process.clock().now(), findings);
    examine_marketplaces(amazon::read_participations(*sells), settings, findings);
  }
  examine_reports(probe, settings, process, findings);
  for (const Error& notice : probe.connection.notices()) {
    if (!notice.is(amazon::kClockDiffers)) findings.failed("login", notice);
  }
}

}  // namespace mlc::daemon
