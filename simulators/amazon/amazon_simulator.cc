#include "simulators/amazon/amazon_simulator.h"

#include <mutex>

#include "base/digest.h"
#include "net/errors.h"
#include "net/in_process_client.h"
#include "simulators/amazon/answers.h"
#include "simulators/amazon/document_storage.h"
#include "simulators/amazon/faults.h"
#include "simulators/amazon/login_endpoint.h"
#include "simulators/amazon/quotas.h"
#include "simulators/amazon/report_shelf.h"
#include "simulators/amazon/reports_endpoint.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::string_view kLoginPath = "/auth/o2/token";
constexpr std::string_view kReportsPath = "/reports/2021-06-30/reports";
constexpr std::string_view kReportDocumentsPath = "/reports/2021-06-30/documents/";
constexpr std::string_view kStoragePath = "/documents/";
constexpr std::size_t kLongestUserAgent = 500;

// Where a request goes.
struct Route {
  std::string_view operation;  // empty: there is no such thing
  std::string region;          // "na", "eu", "fe"; empty: the account's own
  std::string id;              // last part of the path, decoded
  net::Url url;                // with the region's segment taken off the path
  std::string origin;          // what addresses of documents begin with
};

enum class Host { kUnknown, kAny, kLogin, kApi, kStorage };

Host host_of(net::Url& url, std::string& region) {
  if (net::is_loopback(url.host)) {
    for (const std::string_view word : {"na", "eu", "fe"}) {
      const std::string segment = "/" + std::string(word) + "/";
      if (!url.path.starts_with(segment)) continue;
      region = word;
      url.path.erase(0, segment.size() - 1);
    }
    return Host::kAny;
  }
  if (url.host == "api.amazon.com") return Host::kLogin;
  if (url.host == kStorageHost) return Host::kStorage;
  for (const std::string_view word : {"na", "eu", "fe"}) {
    if (url.host != "sellingpartnerapi-" + std::string(word) + ".amazon.com") continue;
    region = word;
    return Host::kApi;
  }
  return Host::kUnknown;
}

std::string_view api_operation(const std::string& method, const std::string& path) {
  const std::string under_reports = std::string(kReportsPath) + "/";
  if (path == kReportsPath && method == "GET") return "getReports";
  if (path == kReportsPath && method == "POST") return "createReport";
  if (path.starts_with(under_reports) && method == "GET") return "getReport";
  if (path.starts_with(kReportDocumentsPath) && method == "GET") return "getReportDocument";
  return "";
}

std::string_view operation_of(Host host, const std::string& method, const std::string& path) {
  const auto serves = [host](Host wanted) { return host == wanted || host == Host::kAny; };
  if (serves(Host::kLogin) && path == kLoginPath) return "login";
  if (serves(Host::kStorage) && path.starts_with(kStoragePath)) return "document";
  return serves(Host::kApi) ? api_operation(method, path) : "";
}

// Nothing for a host that is not simulated.
std::optional<Route> route_of(const net::HttpRequest& request) {
  const auto url = net::parse_url(request.url);
  if (!url) return std::nullopt;
  Route route;
  route.url = *url;
  route.origin = net::origin(*url);
  const Host host = host_of(route.url, route.region);
  if (host == Host::kUnknown) return std::nullopt;
  route.operation = operation_of(host, request.method, route.url.path);
  const auto last = std::string_view(route.url.path).substr(route.url.path.rfind('/') + 1);
  route.id = net::percent_decode(last).value_or("");
  return route;
}

std::string_view words_for(LoginEndpoint::Standing standing) {
  switch (standing) {
    case LoginEndpoint::Standing::kMissing: return "Access token is missing in the request header.";
    case LoginEndpoint::Standing::kExpired: return "The access token you provided has expired.";
    default: return "The access token you provided is revoked, malformed or invalid.";
  }
}

}  // namespace

struct AmazonSimulator::State {
  explicit State(Settings given)
      : settings(std::move(given)),
        plan(settings.faults),
        login(settings.accounts),
        shelf({settings.seed, settings.anchor, settings.settlements, settings.rows},
              settings.accounts, plan),
        storage(shelf, settings.seed),
        reports(shelf, storage) {}

  net::HttpResponse answer(const Route& route, const net::HttpRequest& request, Instant now);
  net::HttpResponse api(const Route& route, const net::HttpRequest& request, Instant now);
  net::HttpResponse endpoint(const Route& route, const ReportsCall& call);
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

net::HttpResponse AmazonSimulator::State::answer(const Route& route,
                                                 const net::HttpRequest& request, Instant now) {
  if (route.operation == "login") return login.token(request, now);
  if (route.operation == "document") return storage.get(request, route.url, now);
  if (route.operation.empty()) return not_found("There is no such operation");
  return api(route, request, now);
}

net::HttpResponse AmazonSimulator::State::api(const Route& route, const net::HttpRequest& request,
                                              Instant now) {
  const auto agent = net::header_value(request.headers, "user-agent");
  if (agent.empty() || agent.size() > kLongestUserAgent) {
    return invalid_input("The User-Agent header is missing or too long");
  }
  const auto found = login.find(net::header_value(request.headers, "x-amz-access-token"), now);
  if (found.standing != LoginEndpoint::Standing::kGood) {
    return access_denied(words_for(found.standing));
  }
  const SimulatedAccount& account = *found.account;
  const bool here = route.region.empty() || route.region == account.region;
  if (!here || !account.has_finance_role) return access_denied("");
  const UsagePlan& plan_row = *usage_plan(route.operation);
  if (!quotas.take(account.client_id + "/" + account.selling_partner_id, plan_row, now)) {
    return error_answer(429, "QuotaExceeded",
                        "You exceeded your quota for the requested resource.");
  }
  const auto parameters = net::decode_parameters(route.url.query);
  net::HttpResponse response = parameters
                                   ? endpoint(route, {account.selling_partner_id, *parameters,
                                                      route.id, request.body, route.origin, now})
                                   : invalid_input("The query cannot be decoded");
  response.headers.push_back({"x-amzn-RateLimit-Limit", std::string(plan_row.rate)});
  return response;
}

net::HttpResponse AmazonSimulator::State::endpoint(const Route& route, const ReportsCall& call) {
  if (route.operation == "getReports") return reports.get_reports(call);
  if (route.operation == "getReport") return reports.get_report(call);
  if (route.operation == "createReport") return ReportsEndpoint::create_report(call);
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
  const auto orders = state_->plan.visit(route->operation);
  if (wants(orders, "expire_token")) state_->login.expire_all();
  auto instead = answer_instead(orders, route->operation);
  auto response = instead ? std::move(*instead)
                          : Result<net::HttpResponse>(state_->answer(*route, request, now));
  if (!response) return response;
  response->headers.push_back({"x-amzn-RequestId", state_->next_request_id()});
  return spoil(std::move(*response), orders);
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

SettlementSeries AmazonSimulator::series(std::size_t account) const {
  const Settings& settings = state_->settings;
  return series_of_account(settings.seed, account, settings.accounts.at(account), settings.anchor,
                           settings.rows);
}

void AmazonSimulator::revoke(const std::string& refresh_token) {
  const std::lock_guard lock(state_->mutex);
  state_->login.revoke(refresh_token);
}

std::uint64_t AmazonSimulator::tokens_given() const {
  const std::lock_guard lock(state_->mutex);
  return state_->login.tokens_given();
}

}  // namespace mlc::simulators::amazon
