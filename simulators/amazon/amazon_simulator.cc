#include "simulators/amazon/amazon_simulator.h"

#include <mutex>

#include "base/digest.h"
#include "net/errors.h"
#include "net/http_date.h"
#include "net/in_process_client.h"
#include "simulators/amazon/answers.h"
#include "simulators/amazon/document_storage.h"
#include "simulators/amazon/faults.h"
#include "simulators/amazon/login_endpoint.h"
#include "simulators/amazon/quotas.h"
#include "simulators/amazon/report_requests.h"
#include "simulators/amazon/report_shelf.h"
#include "simulators/amazon/reports_endpoint.h"
#include "simulators/amazon/routes.h"
#include "simulators/amazon/sellers_endpoint.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::size_t kLongestUserAgent = 500;

// A call on its way through the simulator.
struct Visit {
  const Route& route;
  const net::HttpRequest& request;
  std::vector<FaultOrder> orders;
  Instant now;  // of Amazon's clock
};

std::string_view words_for(LoginEndpoint::Standing standing) {
  switch (standing) {
    case LoginEndpoint::Standing::kMissing: return "Access token is missing in the request header.";
    case LoginEndpoint::Standing::kExpired: return "The access token you provided has expired.";
    case LoginEndpoint::Standing::kGrantless: return "";
    default: return "The access token you provided is revoked, malformed or invalid.";
  }
}

bool has_role_for(std::string_view operation, const SimulatedAccount& account) {
  return operation == "getMarketplaceParticipations" ? account.has_insights_role
                                                     : account.has_finance_role;
}

ShelfSettings shelf_settings(const Settings& settings) {
  return {settings.seed, settings.anchor, settings.settlements, settings.rows, settings.everything};
}

bool is_post(const net::HttpRequest& request) { return request.method == "POST"; }

}  // namespace

struct AmazonSimulator::State {
  explicit State(Settings given)
      : settings(std::move(given)),
        plan(settings.faults),
        login(settings.accounts),
        shelf(shelf_settings(settings), settings.accounts, plan),
        storage(shelf, settings.seed),
        reports(shelf, storage) {}

  net::HttpResponse answer(const Visit& visit);
  net::HttpResponse api(const Visit& visit);
  net::HttpResponse allowed(const Visit& visit, const SimulatedAccount& account);
  net::HttpResponse endpoint(const Visit& visit, const SimulatedAccount& account,
                             const net::Parameters& parameters);
  std::string next_request_id();

  const Settings settings;
  FaultPlan plan;
  std::mutex mutex;
  LoginEndpoint login;
  ReportShelf shelf;
  DocumentStorage storage;
  ReportsEndpoint reports;
  Quotas quotas;
  std::uint64_t requests = 0;
};

std::string AmazonSimulator::State::next_request_id() {
  const std::string hex =
      to_hex(sha256("request " + std::to_string(settings.seed) + " " + std::to_string(++requests)));
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" + hex.substr(13, 3) + "-a" +
         hex.substr(17, 3) + "-" + hex.substr(20, 12);
}

net::HttpResponse AmazonSimulator::State::answer(const Visit& visit) {
  const std::string_view operation = visit.route.operation;
  if (operation == "login") {
    return login.token(visit.request, visit.now, wants(visit.orders, "old_secret_only"));
  }
  if (operation == "document") {
    return storage.get(visit.request, visit.route.url, visit.now, wants(visit.orders, "inflated"));
  }
  if (operation.empty()) return not_found("There is no such operation");
  return api(visit);
}

net::HttpResponse AmazonSimulator::State::api(const Visit& visit) {
  const auto agent = net::header_value(visit.request.headers, "user-agent");
  if (agent.empty() || agent.size() > kLongestUserAgent) {
    return invalid_input("The User-Agent header is missing or too long");
  }
  const auto token = net::header_value(visit.request.headers, "x-amz-access-token");
  const auto found = login.find(token, visit.now);
  if (found.standing != LoginEndpoint::Standing::kGood) {
    return access_denied(words_for(found.standing));
  }
  const SimulatedAccount& account = *found.account;
  const bool here = visit.route.region.empty() || visit.route.region == account.region;
  // The same words for both: whoever wants to know must ask further.
  if (!here || !has_role_for(visit.route.operation, account)) return access_denied("");
  return allowed(visit, account);
}

net::HttpResponse AmazonSimulator::State::allowed(const Visit& visit,
                                                  const SimulatedAccount& account) {
  const UsagePlan& plan_row = *usage_plan(visit.route.operation);
  if (const FaultOrder* order = order_of(visit.orders, "quota")) {
    quotas.exhaust(plan_row.operation, visit.now + std::chrono::hours(order->number("hours", 3)));
  }
  if (!quotas.take(account.client_id + "/" + account.selling_partner_id, plan_row,
                   account.limits_percent, visit.now)) {
    return error_answer(429, "QuotaExceeded",
                        "You exceeded your quota for the requested resource.");
  }
  const auto type = net::header_value(visit.request.headers, "content-type");
  if (is_post(visit.request) && !type.starts_with("application/json")) {
    return error_answer(415, "UnsupportedMediaType", "The body must be application/json");
  }
  const auto parameters = net::decode_parameters(visit.route.url.query);
  net::HttpResponse response = parameters ? endpoint(visit, account, *parameters)
                                          : invalid_input("The query cannot be decoded");
  response.headers.push_back(
      {"x-amzn-RateLimit-Limit", rate_text(plan_row.rate_micro * account.limits_percent / 100)});
  return response;
}

net::HttpResponse AmazonSimulator::State::endpoint(const Visit& visit,
                                                   const SimulatedAccount& account,
                                                   const net::Parameters& parameters) {
  const std::string_view operation = visit.route.operation;
  const std::string& body = visit.request.body;
  if (operation == "getMarketplaceParticipations") {
    return marketplace_participations(account, parameters);
  }
  if (operation == "createReport") return create_report(body);
  if (operation == "createReportSchedule") return create_report_schedule(body);
  if (operation == "createRestrictedDataToken") return create_restricted_data_token(body);
  if (operation == "getReportSchedules") return report_schedules(parameters);
  if (operation.ends_with("ReportSchedule")) return not_found("There is no such schedule");
  const ReportsCall call{account.selling_partner_id, parameters, visit.route.id,
                         visit.route.origin,         visit.now,  visit.orders};
  if (operation == "getReports") return reports.get_reports(call);
  if (operation == "getReport") return reports.get_report(call);
  if (operation == "cancelReport") return reports.cancel_report(call);
  return reports.get_report_document(call);
}

AmazonSimulator::AmazonSimulator(Settings settings)
    : state_(std::make_unique<State>(std::move(settings))) {}

AmazonSimulator::~AmazonSimulator() = default;

Result<net::HttpResponse> AmazonSimulator::handle(const net::HttpRequest& request, Instant now) {
  const std::lock_guard lock(state_->mutex);
  const auto route = route_of(request);
  if (!route) {
    return failure(net::kConnectFailed, {{"host", "this host"}, {"reason", "it is not simulated"}});
  }
  Visit visit{*route, request, state_->plan.visit(route->operation), now};
  if (const FaultOrder* order = order_of(visit.orders, "clock")) {
    visit.now -= std::chrono::minutes(order->number("minutes", 30));
  }
  if (wants(visit.orders, "expire_token")) state_->login.expire_all();
  auto instead = answer_instead(visit.orders, route->operation);
  auto response = instead ? std::move(*instead) : Result<net::HttpResponse>(state_->answer(visit));
  if (!response) return response;
  response->headers.push_back({"x-amzn-RequestId", state_->next_request_id()});
  response->headers.push_back({"Date", net::format_http_date(visit.now)});
  return spoil(std::move(*response), visit.orders);
}

std::unique_ptr<net::HttpClient> AmazonSimulator::in_process_client(const runtime::Clock& clock) {
  return net::in_process_client(
      [this, &clock](const net::HttpRequest& request) { return handle(request, clock.now()); });
}

Result<std::unique_ptr<net::HttpServer>> AmazonSimulator::serve(std::uint16_t port,
                                                                const runtime::Clock& clock,
                                                                runtime::Sleeper& sleeper) {
  net::HttpServerSettings settings;
  settings.port = port;
  auto server = std::make_unique<net::HttpServer>(
      settings,
      [this, &clock](const net::HttpRequest& request) { return handle(request, clock.now()); },
      sleeper);
  MLC_TRY_STATUS(server->start());
  return server;
}

FaultPlan& AmazonSimulator::faults() { return state_->plan; }

const Settings& AmazonSimulator::settings() const { return state_->settings; }

SettlementSeries AmazonSimulator::series(std::size_t account, std::size_t stream) const {
  const Settings& settings = state_->settings;
  return series_of_stream(shelf_settings(settings), {account, stream},
                          settings.accounts.at(account));
}

void AmazonSimulator::revoke(const std::string& refresh_token) {
  const std::lock_guard lock(state_->mutex);
  state_->login.revoke(refresh_token);
}

void AmazonSimulator::rotate_secret(const std::string& client_id, const std::string& secret,
                                    Instant old_until) {
  const std::lock_guard lock(state_->mutex);
  state_->login.rotate(client_id, secret, old_until);
}

std::uint64_t AmazonSimulator::tokens_given() const {
  const std::lock_guard lock(state_->mutex);
  return state_->login.tokens_given();
}

}  // namespace mlc::simulators::amazon
