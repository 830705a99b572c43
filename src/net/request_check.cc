#include "net/request_check.h"

#include <algorithm>

#include "net/errors.h"

namespace mlc::net {
namespace {

std::string host_of(const HttpRequest& request) {
  const auto url = parse_url(request.url);
  return url ? url->host : "";
}

bool is_token(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

bool changes_nothing(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

}  // namespace

Error transfer_error(const ErrorKind& kind, const HttpRequest& request, std::vector<Fact> facts) {
  Error error = Error(kind, std::move(facts)).with("method", request.method);
  error = error.with("host", host_of(request));
  const bool sent = kind.id == kTimeout.id || kind.id == kBroken.id || kind.id == kBodyTooLarge.id;
  return sent && !changes_nothing(request) ? error.with_written(Written::kPerhaps) : error;
}

Result<Url> check_request(const HttpRequest& request) {
  const auto url = parse_url(request.url);
  if (!url || !is_token(request.method)) return failure(transfer_error(kBadUrl, request));
  if (url->scheme != "https" && !is_loopback(url->host)) {
    return failure(transfer_error(kNotSecure, request));
  }
  for (const Header& header : request.headers) {
    if (is_token(header.name) && is_value(header.value)) continue;
    return failure(transfer_error(kBadHeader, request, {{"header", header.name}}));
  }
  return *url;
}

}  // namespace mlc::net
