// Texts of HTTP: what is accepted reads the same when it is written again, and no address is taken
// for https or for this machine that libcurl would take elsewhere.
#include <chrono>
#include <cstdint>
#include <curl/curl.h>
#include <memory>
#include <string>
#include <string_view>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "net/errors.h"
#include "net/http_date.h"
#include "net/http_message.h"
#include "net/request_check.h"
#include "net/url.h"

namespace mlc::net {
namespace {

void check_date(std::string_view text) {
  const auto instant = parse_http_date(text);
  if (!instant) return;
  // The day of the week is not compared.
  MLC_EXPECT(format_http_date(*instant).substr(3) == text.substr(3));
  MLC_EXPECT(parse_http_date(format_http_date(*instant)) == instant);
}

void check_number_as_date(fuzzing::FuzzInput input) {
  const auto days = static_cast<int>(input.number());
  const auto seconds = static_cast<int>(input.number());
  const Instant instant =
      Instant{std::chrono::days(days * 40 - 700'000)} + std::chrono::seconds(seconds);
  MLC_EXPECT(parse_http_date(format_http_date(instant)) == instant);
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

struct FreeText {
  void operator()(char* text) const { curl_free(text); }
};
struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// The host that libcurl asks; empty when it asks none.
std::string host_for_curl(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return "";
  char* host = nullptr;
  if (curl_url_get(url.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) return "";
  const std::unique_ptr<char, FreeText> owned(host);
  return host;
}

void check_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return;
  MLC_EXPECT(url->scheme == "https" || url->scheme == "http");
  MLC_EXPECT(!url->host.empty() && url->path.starts_with('/'));
  MLC_EXPECT(url->host.find('@') == std::string::npos);
  const std::string again = origin(*url) + url->path + (url->query.empty() ? "" : "?" + url->query);
  MLC_EXPECT(is_printable(again));
  const auto reread = parse_url(again);
  MLC_EXPECT(reread.has_value());
  MLC_EXPECT(reread->scheme == url->scheme && reread->host == url->host);
  MLC_EXPECT(reread->port == url->port && reread->path == url->path && reread->query == url->query);
  const std::string host = host_for_curl(std::string(text));
  if (host.empty()) return;
  if (is_loopback(url->host)) {
    MLC_EXPECT(host == "localhost" || host == "LOCALHOST" ||
               is_loopback(parse_url("http://" + host)->host));
  }
  // Numbers are brought into one form by libcurl, IPv6 addresses too.
  const bool number =
      std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  if (number || url->host.front() == '[') return;
  const auto as_curl = parse_url("https://" + host);
  MLC_EXPECT(!as_curl || as_curl->host == url->host);
}

void check_encoding(std::string_view text) {
  const auto back = percent_decode(percent_encode(text));
  MLC_EXPECT(back.has_value() && *back == text);
  if (const auto decoded = percent_decode(text)) {
    MLC_EXPECT(decoded->size() <= text.size());
    MLC_EXPECT(percent_decode(percent_encode(*decoded)) == decoded);
  }
  if (const auto parameters = decode_parameters(text)) {
    const std::string encoded = encode_parameters(*parameters);
    MLC_EXPECT(decode_parameters(encoded) == parameters);
  }
}

// Lines: method and address, then headers as "name: value".
void check_request_text(fuzzing::FuzzInput input) {
  HttpRequest request;
  request.method = input.until(" ");
  request.url = input.line();
  while (!input.empty()) {
    fuzzing::FuzzInput line(input.line());
    const auto name = line.until(": ");
    request.headers.push_back({std::string(name), std::string(line.rest())});
  }
  const auto url = check_request(request);
  if (!url) {
    fuzzing::expect_named(url.error());
    MLC_EXPECT(url.error().written() == Written::kNo);
    return;
  }
  MLC_EXPECT(url->scheme == "https" || is_loopback(url->host));
  MLC_EXPECT(is_printable(request.method));
  for (const Header& header : request.headers) {
    MLC_EXPECT(is_printable(header.name) && header.name.find(':') == std::string::npos);
    MLC_EXPECT(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    MLC_EXPECT(has_header(request.headers, header.name));
  }
}

}  // namespace
}  // namespace mlc::net

// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  switch (input.byte()) {
    case 'd': mlc::net::check_date(input.rest()); break;
    case 'n': mlc::net::check_number_as_date(input); break;
    case 'u': mlc::net::check_url(input.rest()); break;
    case 'e': mlc::net::check_encoding(input.rest()); break;
    default: mlc::net::check_request_text(input);
  }
  return 0;
}
