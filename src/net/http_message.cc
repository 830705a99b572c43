#include "net/http_message.h"

#include <algorithm>

namespace mlc::net {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

auto find(const Headers& headers, std::string_view name) {
  return std::ranges::find_if(headers, [&](const Header& header) {
    return std::ranges::equal(header.name, name, {}, lower, lower);
  });
}

}  // namespace

std::string_view header_value(const Headers& headers, std::string_view name) {
  const auto found = find(headers, name);
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

bool has_header(const Headers& headers, std::string_view name) {
  return find(headers, name) != headers.end();
}

}  // namespace mlc::net
