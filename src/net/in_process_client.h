// A client without sockets: requests go straight to a handler function.
#pragma once

#include <memory>

#include "net/http_client.h"

namespace mlc::net {

// Keeps the promises of the real client: https or loopback only, limits, breaks and delays as the
// handler's answer orders them (a delay beyond the request's limit is net.timeout; nothing waits).
// As thread-safe as `handler`. A handler's error comes back as net.broken; net.connect_failed,
// net.timeout and net.tls_failed come back as they are.
[[nodiscard]] std::unique_ptr<HttpClient> in_process_client(HttpHandler handler);

}  // namespace mlc::net
