#include "simulators/amazon/faults.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "net/errors.h"
#include "simulators/amazon/accounts.h"
#include "simulators/amazon/answers.h"
#include "simulators/amazon/quotas.h"

namespace mlc::simulators::amazon {
namespace {

tl::unexpected<Error> dropped() {
  return failure(net::kBroken, {{"reason", "ordered by the fault plan"}});
}

net::HttpResponse status_answer(int status, std::string_view operation) {
  if (operation == "document") return storage_error(status, "InternalError", "Please try again.");
  if (operation == "login") return json_answer(status, R"({"error":"server_error"})");
  switch (status) {
    case 429:
      return error_answer(429, "QuotaExceeded",
                          "You exceeded your quota for the requested resource.");
    case 503: return error_answer(503, "ServiceUnavailable", "Service is temporarily unavailable.");
    default:
      return error_answer(status, "InternalFailure",
                          "We encountered an internal error. Please try again.");
  }
}

net::HttpResponse oauth(int status, const char* code, const char* description) {
  return json_answer(status, std::string(R"({"error_description":")") + description +
                                 R"(","error":")" + code + R"("})");
}

net::HttpResponse web_page(int status) {
  net::HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "text/html"}};
  response.body = "<html>Sorry</html>";
  return response;
}

// Where a kind may be ordered.
enum class Place { kAnywhere, kLogin, kApi, kListing, kAddress, kDocument, kSettlement };

using Instead = net::HttpResponse (*)(const FaultOrder&, std::string_view operation);

struct KindRow {
  std::string_view kind;
  Place place;
  Instead instead;  // nullptr: the real answer, changed
};

constexpr std::array kKinds{
    KindRow{"status", Place::kAnywhere,
            [](const FaultOrder& order, std::string_view operation) {
              return status_answer(static_cast<int>(order.number("status", 500)), operation);
            }},
    KindRow{"firewall", Place::kAnywhere,
            [](const FaultOrder&, std::string_view) { return web_page(403); }},
    KindRow{"garbage", Place::kAnywhere, nullptr},
    KindRow{"drop", Place::kAnywhere, nullptr},
    KindRow{"drop_after", Place::kAnywhere, nullptr},
    KindRow{"slow", Place::kAnywhere, nullptr},
    KindRow{"truncate", Place::kAnywhere, nullptr},
    KindRow{"short_body", Place::kAnywhere, nullptr},
    KindRow{"content_type", Place::kAnywhere, nullptr},
    KindRow{"expire_token", Place::kAnywhere, nullptr},
    KindRow{"clock", Place::kAnywhere, nullptr},
    KindRow{"invalid_client", Place::kLogin,
            [](const FaultOrder&, std::string_view) {
              return oauth(401, "invalid_client", "Client authentication failed");
            }},
    KindRow{"invalid_grant", Place::kLogin,
            [](const FaultOrder&, std::string_view) {
              return oauth(400, "invalid_grant",
                           "The request has an invalid grant parameter : refresh_token");
            }},
    KindRow{"unauthorized_client", Place::kLogin,
            [](const FaultOrder&, std::string_view) {
              return oauth(400, "unauthorized_client", "Not authorized for requested operation");
            }},
    KindRow{"old_secret_only", Place::kLogin, nullptr},
    KindRow{"denied", Place::kApi,
            [](const FaultOrder&, std::string_view) { return access_denied(""); }},
    KindRow{"revoked_token", Place::kApi,
            [](const FaultOrder&, std::string_view) {
              return access_denied(
                  "The access token you provided is revoked, malformed or invalid.");
            }},
    KindRow{"secret_expired", Place::kApi,
            [](const FaultOrder&, std::string_view) {
              return access_denied("The LWA secret token you provided has expired.");
            }},
    KindRow{"quota", Place::kApi, nullptr},
    KindRow{"page_token_expired", Place::kListing, nullptr},
    KindRow{"same_token", Place::kListing, nullptr},
    KindRow{"other_marketplaces", Place::kListing, nullptr},
    KindRow{"bare", Place::kListing, nullptr},
    KindRow{"strange_fields", Place::kListing, nullptr},
    KindRow{"gzip_label", Place::kAddress, nullptr},
    KindRow{"expired_address", Place::kDocument,
            [](const FaultOrder&, std::string_view) {
              return storage_error(403, "AccessDenied", "Request has expired");
            }},
    KindRow{"inflated", Place::kDocument, nullptr},
    KindRow{"new_fee", Place::kSettlement, nullptr},
    KindRow{"reissue", Place::kSettlement, nullptr},
    KindRow{"repeat", Place::kSettlement, nullptr},
    KindRow{"late", Place::kSettlement, nullptr},
    KindRow{"in_progress", Place::kSettlement, nullptr},
    KindRow{"cancelled", Place::kSettlement, nullptr},
    KindRow{"fatal", Place::kSettlement, nullptr},
};

// "settlement:3", "settlement:DE:3"
bool is_settlement(std::string_view where) {
  constexpr std::string_view kMark = "settlement:";
  if (!where.starts_with(kMark)) return false;
  where.remove_prefix(kMark.size());
  if (const auto colon = where.rfind(':'); colon != std::string_view::npos) {
    if (!find_stream(where.substr(0, colon))) return false;
    where.remove_prefix(colon + 1);
  }
  return !where.empty() && where.find_first_not_of("0123456789") == std::string_view::npos;
}

bool fits(Place place, const std::string& where) {
  const bool settlement = is_settlement(where);
  const bool api = usage_plan(where) != nullptr;
  switch (place) {
    case Place::kAnywhere: return api || where == "login" || where == "document";
    case Place::kLogin: return where == "login";
    case Place::kApi: return api;
    case Place::kListing: return where == "getReports";
    case Place::kAddress: return where == "getReportDocument";
    case Place::kDocument: return where == "document";
    case Place::kSettlement: return settlement;
  }
  return false;
}

void set_content_type(net::HttpResponse& response, const std::string& value) {
  std::erase_if(response.headers, [](const net::Header& h) { return h.name == "Content-Type"; });
  if (!value.empty()) response.headers.push_back({"Content-Type", value});
}

}  // namespace

Result<std::vector<FaultOrder>> read_fault_plan(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  if (!(text << stream.rdbuf())) return failure(kUnreadableFaultPlan, {{"file", file.string()}});
  MLC_TRY(auto orders, parse_fault_plan(text.str()));
  for (const FaultOrder& order : orders) {
    if (is_known(order)) continue;
    return failure(kBadFaultPlan, {{"reason", "there is no kind '" + order.kind + "'"},
                                   {"place", "'" + order.where + "'"}});
  }
  return orders;
}

bool is_known(const FaultOrder& order) {
  const auto* const row = std::ranges::find(kKinds, order.kind, &KindRow::kind);
  return row != kKinds.end() && fits(row->place, order.where);
}

bool wants(const std::vector<FaultOrder>& orders, std::string_view kind) {
  return order_of(orders, kind) != nullptr;
}

const FaultOrder* order_of(const std::vector<FaultOrder>& orders, std::string_view kind) {
  const auto found = std::ranges::find(orders, kind, &FaultOrder::kind);
  return found == orders.end() ? nullptr : &*found;
}

std::optional<Result<net::HttpResponse>> answer_instead(const std::vector<FaultOrder>& orders,
                                                        std::string_view operation) {
  for (const FaultOrder& order : orders) {
    if (order.kind == "drop") return dropped();
    const auto* const row = std::ranges::find(kKinds, order.kind, &KindRow::kind);
    if (row != kKinds.end() && row->instead != nullptr) return row->instead(order, operation);
  }
  return std::nullopt;
}

Result<net::HttpResponse> spoil(net::HttpResponse response, const std::vector<FaultOrder>& orders) {
  for (const FaultOrder& order : orders) {
    const auto half = static_cast<std::int64_t>(response.body.size() / 2);
    const auto kept =
        static_cast<std::size_t>(std::max<std::int64_t>(0, order.number("bytes", half)));
    if (order.kind == "drop_after") return dropped();
    if (order.kind == "slow") response.delay = std::chrono::seconds(order.number("seconds", 120));
    if (order.kind == "content_type") set_content_type(response, order.parameter("value"));
    if (order.kind == "garbage") {
      const net::HttpResponse page = web_page(200);
      response.status = page.status;
      response.body = page.body;
      set_content_type(response, "text/html");
    }
    if (order.kind == "truncate") response.declared_length = response.body.size();
    if (order.kind == "truncate" || order.kind == "short_body") {
      response.body.resize(std::min(kept, response.body.size()));
    }
  }
  return response;
}

}  // namespace mlc::simulators::amazon
