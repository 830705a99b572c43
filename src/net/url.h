// Addresses, percent-encoding and forms (RFC 3986; the form encoding is WHATWG's with %20).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlc::net {

struct Url {
  std::string scheme;  // "https" or "http"
  std::string host;    // lower case, without port; IPv6 in brackets
  std::string port;    // digits; empty: the scheme's own
  std::string path;    // begins with '/'
  std::string query;   // without '?'
};

// Nothing for anything but an absolute http or https URL without user information.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);
// scheme://host[:port]
[[nodiscard]] std::string origin(const Url& url);
// localhost, 127.0.0.0/8 and [::1].
[[nodiscard]] bool is_loopback(std::string_view host);

// All but letters, digits and -._~ becomes %XX (upper case).
[[nodiscard]] std::string percent_encode(std::string_view text);
// Nothing when a % is not followed by two hex digits. '+' stays '+'.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

using Parameters = std::vector<std::pair<std::string, std::string>>;
// name=value&name=value, in the given order.
[[nodiscard]] std::string encode_parameters(const Parameters& parameters);
// '+' is a blank, as forms want it. Nothing when the encoding is broken.
[[nodiscard]] std::optional<Parameters> decode_parameters(std::string_view text);

}  // namespace mlc::net
