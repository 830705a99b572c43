// Requests and answers as values, for both ends.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mlc::net {

struct Header {
  std::string name;
  std::string value;
};
using Headers = std::vector<Header>;

// The first value of that name (names compare without case); empty when there is none.
[[nodiscard]] std::string_view header_value(const Headers& headers, std::string_view name);
[[nodiscard]] bool has_header(const Headers& headers, std::string_view name);

struct Limits {
  Duration connect{10'000};                       // until the connection stands
  Duration total{60'000};                         // until the last byte of the answer
  std::uint64_t body_bytes = 8ULL * 1024 * 1024;  // of the answer
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // absolute: https://host[:port]/path?query
  Headers headers;
  std::string body;
  Limits limits;  // ignored by servers
};

struct HttpResponse {
  int status = 200;
  Headers headers;
  std::string body;  // as received: never inflated, never decoded

  // For servers and doubles only. They wait `delay` before they answer. A declared length above
  // the size of the body makes the connection break after the body's bytes.
  Duration delay{};
  std::optional<std::uint64_t> declared_length;

  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

// Answers a request; an error means that the connection breaks without an answer.
using HttpHandler = std::function<Result<HttpResponse>(const HttpRequest&)>;

}  // namespace mlc::net
