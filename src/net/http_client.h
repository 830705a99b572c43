// The way out: one request, one answer, no opinion about either.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "net/http_message.h"

namespace mlc::net {

// Takes the body of an answer piece by piece.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // An error ends the transfer and is what the caller of `receive` gets.
  [[nodiscard]] virtual Status on_bytes(std::string_view bytes) = 0;
};

// Thread-safe. Redirects are answers like others: nothing is sent to a host nobody named. Nothing
// is repeated. Errors (net/errors.h): net.bad_url, net.not_secure, net.bad_header,
// net.connect_failed, net.timeout, net.tls_failed, net.body_too_large, net.broken. After
// net.timeout, net.broken and net.body_too_large of anything but GET and HEAD `written()` is
// `perhaps`.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Any status is an answer, not an error.
  [[nodiscard]] virtual Result<HttpResponse> send(const HttpRequest& request) = 0;
  // As `send`, but the body of a 2xx answer goes to `sink` (the answer's own stays empty); bodies
  // of other answers stay in the answer. A complete body has been handed over only when this
  // returns an answer.
  [[nodiscard]] virtual Result<HttpResponse> receive(const HttpRequest& request,
                                                     BodySink& sink) = 0;
};

struct HttpClientSettings {
  std::string proxy;  // "http://host:port"; empty: none
  // Instead of `proxy`: what https_proxy, all_proxy and no_proxy say. Never for this machine
  // itself.
  bool proxy_from_environment = false;
  std::string proxy_user;  // empty: the proxy wants none
  Secret proxy_password;   //
  std::string ca_file;     // PEM file of trusted roots; empty: the system's
};

// Over libcurl: TLS 1.2 or later, certificates always verified, HTTP/2 where offered.
[[nodiscard]] std::unique_ptr<HttpClient> curl_http_client(HttpClientSettings settings = {});

}  // namespace mlc::net
