#include "simulators/amazon/faults.h"

#include <algorithm>

#include "net/errors.h"
#include "simulators/amazon/answers.h"

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

void set_content_type(net::HttpResponse& response, const std::string& value) {
  std::erase_if(response.headers, [](const net::Header& h) { return h.name == "Content-Type"; });
  if (!value.empty()) response.headers.push_back({"Content-Type", value});
}

}  // namespace

bool wants(const std::vector<FaultOrder>& orders, std::string_view kind) {
  return std::ranges::find(orders, kind, &FaultOrder::kind) != orders.end();
}

std::optional<Result<net::HttpResponse>> answer_instead(const std::vector<FaultOrder>& orders,
                                                        std::string_view operation) {
  for (const FaultOrder& order : orders) {
    if (order.kind == "drop") return dropped();
    if (order.kind == "status") {
      return status_answer(static_cast<int>(order.number("status", 500)), operation);
    }
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
      response.status = 200;
      response.body = "<html>Sorry</html>";
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
