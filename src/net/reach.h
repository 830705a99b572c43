// How far a connection to a host comes: name, port, TLS. No request is made.
#pragma once

#include <optional>
#include <string>

#include "net/http_client.h"

namespace mlc::net {

enum class ReachStage { kNothing, kResolved, kConnected, kSecured };

struct Reached {
  ReachStage stage = ReachStage::kNothing;  // the last that went well
  std::string address;                      // of the peer that was connected to, "10.0.0.1"
  std::optional<Error> error;               // why it went no further; none: everything went well
};

// To the host of an https or http address, through the proxy of `settings` as requests go; then the
// name is resolved by the proxy. kSecured means kConnected for http. Repeatable; thread-safe.
[[nodiscard]] Reached reach(const std::string& url, const HttpClientSettings& settings,
                            const Limits& limits);

// The proxy that requests to `url` go through, without user and password; empty: none.
// `environment` looks a variable up. As libcurl reads it: https_proxy or HTTPS_PROXY (for http only
// http_proxy), else all_proxy or ALL_PROXY; none for hosts of no_proxy or NO_PROXY.
[[nodiscard]] std::string proxy_for(
    const std::string& url, const HttpClientSettings& settings,
    const std::function<std::optional<std::string>(const std::string&)>& environment);

}  // namespace mlc::net
