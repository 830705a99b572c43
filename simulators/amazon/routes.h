// Where a request goes: which operation of Amazon's, in which region.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/http_message.h"
#include "net/url.h"

namespace mlc::simulators::amazon {

struct Route {
  std::string_view operation;  // Amazon's operationId, "login" or "document"; empty: unknown
  std::string region;          // "na", "eu", "fe"; empty: the account's own
  std::string id;              // last part of the path, decoded
  net::Url url;                // with the region's segment taken off the path
  std::string origin;          // what addresses of documents begin with
};

// Nothing for a host that is not simulated. Hosts: see amazon_simulator.h.
[[nodiscard]] std::optional<Route> route_of(const net::HttpRequest& request);

}  // namespace mlc::simulators::amazon
