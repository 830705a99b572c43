#include "simulators/amazon/routes.h"

#include <array>

#include "simulators/amazon/document_storage.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::string_view kLoginPath = "/auth/o2/token";
constexpr std::string_view kStoragePath = "/documents/";

struct PathRow {
  std::string_view method;
  std::string_view path;  // a final slash: one more segment follows, which is the id
  std::string_view operation;
};

constexpr std::array kPaths{
    PathRow{"GET", "/reports/2021-06-30/reports", "getReports"},
    PathRow{"POST", "/reports/2021-06-30/reports", "createReport"},
    PathRow{"GET", "/reports/2021-06-30/reports/", "getReport"},
    PathRow{"DELETE", "/reports/2021-06-30/reports/", "cancelReport"},
    PathRow{"GET", "/reports/2021-06-30/schedules", "getReportSchedules"},
    PathRow{"POST", "/reports/2021-06-30/schedules", "createReportSchedule"},
    PathRow{"GET", "/reports/2021-06-30/schedules/", "getReportSchedule"},
    PathRow{"DELETE", "/reports/2021-06-30/schedules/", "cancelReportSchedule"},
    PathRow{"GET", "/reports/2021-06-30/documents/", "getReportDocument"},
    PathRow{"GET", "/sellers/v1/marketplaceParticipations", "getMarketplaceParticipations"},
    PathRow{"POST", "/tokens/2021-03-01/restrictedDataToken", "createRestrictedDataToken"},
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

bool fits(const PathRow& row, const std::string& method, std::string_view path) {
  if (row.method != method) return false;
  if (!row.path.ends_with('/')) return path == row.path;
  return path.starts_with(row.path) && path.size() > row.path.size() &&
         path.find('/', row.path.size()) == std::string_view::npos;
}

std::string_view operation_of(Host host, const std::string& method, const std::string& path) {
  const auto serves = [host](Host wanted) { return host == wanted || host == Host::kAny; };
  if (serves(Host::kLogin) && path == kLoginPath) return "login";
  if (serves(Host::kStorage) && path.starts_with(kStoragePath)) return "document";
  if (!serves(Host::kApi)) return "";
  for (const PathRow& row : kPaths) {
    if (fits(row, method, path)) return row.operation;
  }
  return "";
}

}  // namespace

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

}  // namespace mlc::simulators::amazon
