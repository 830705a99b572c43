#include "net/url.h"

#include <algorithm>

namespace mlc::net {
namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 0 to 255 without a zero in front, which some resolvers take for octal.
bool is_octet(std::string_view text) {
  if (text.empty() || text.size() > 3 || !std::ranges::all_of(text, is_digit)) return false;
  return (text.size() == 1 || text.front() != '0') && (text.size() < 3 || text <= "255");
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_host(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return std::ranges::all_of(host.substr(1, host.size() - 2),
                               [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; });
  }
  return !host.empty() && std::ranges::all_of(host, is_unreserved);
}

// Fills host and port from "host[:port]"; false when they are not that.
bool split_authority(std::string_view authority, Url& url) {
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  url.host = lower(authority.substr(0, colon));
  if (colon != std::string_view::npos) {
    url.port = authority.substr(colon + 1);
    if (url.port.empty() || url.port.size() > 5) return false;
  }
  return is_host(url.host) && std::ranges::all_of(url.port, is_digit);
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  // A blank or control character would end up in the request line.
  if (std::ranges::any_of(text, [](char c) { return c <= ' ' || c == 0x7f; })) return std::nullopt;
  const auto mark = text.find("://");
  if (mark == std::string_view::npos) return std::nullopt;
  Url url;
  url.scheme = lower(text.substr(0, mark));
  if (url.scheme != "https" && url.scheme != "http") return std::nullopt;
  text.remove_prefix(mark + 3);
  text = text.substr(0, text.find('#'));
  const auto end = text.find_first_of("/?");
  if (!split_authority(text.substr(0, end), url)) return std::nullopt;
  const std::string_view target = end == std::string_view::npos ? "" : text.substr(end);
  const auto question = target.find('?');
  url.path = target.substr(0, question);
  if (url.path.empty()) url.path = "/";
  if (question != std::string_view::npos) url.query = target.substr(question + 1);
  return url;
}

std::string origin(const Url& url) {
  return url.scheme + "://" + url.host + (url.port.empty() ? "" : ":" + url.port);
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  // Four numbers, so that 127.example.com, 127..1. and 127.0.0.999 are somebody else's machines.
  if (!host.starts_with("127.") || host.ends_with('.')) return false;
  if (std::ranges::count(host, '.') != 3) return false;
  for (; !host.empty(); host.remove_prefix(std::min(host.find('.'), host.size() - 1) + 1)) {
    if (!is_octet(host.substr(0, host.find('.')))) return false;
  }
  return true;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4U];
    out += kHex[byte & 15U];
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string encode_parameters(const Parameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    out += percent_encode(name) + "=" + percent_encode(value);
  }
  return out;
}

std::optional<Parameters> decode_parameters(std::string_view text) {
  Parameters out;
  while (!text.empty()) {
    const auto end = text.find('&');
    std::string pair(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (pair.empty()) continue;
    std::ranges::replace(pair, '+', ' ');
    const auto equals = pair.find('=');
    const auto name = percent_decode(std::string_view(pair).substr(0, equals));
    const auto value =
        percent_decode(equals == std::string::npos ? std::string_view()
                                                   : std::string_view(pair).substr(equals + 1));
    if (!name || !value) return std::nullopt;
    out.emplace_back(*name, *value);
  }
  return out;
}

}  // namespace mlc::net
