// Which proxy a request goes through.
#include <algorithm>
#include <cctype>

#include "net/reach.h"
#include "net/url.h"

namespace mlc::net {
namespace {

using Environment = std::function<std::optional<std::string>(const std::string&)>;

std::string first_of(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto value = environment(name);
    if (value && !value->empty()) return *value;
  }
  return "";
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// "example.org" and ".example.org" are that host and all below it, "*" is every host.
bool is_excepted(const std::string& host, const std::string& list) {
  std::size_t begin = 0;
  while (begin < list.size()) {
    const auto end = std::min(list.find_first_of(", ", begin), list.size());
    std::string entry = lower(list.substr(begin, end - begin));
    begin = end + 1;
    if (entry == "*") return true;
    if (entry.starts_with('.')) entry.erase(0, 1);
    if (entry.empty()) continue;
    if (host == entry || host.ends_with("." + entry)) return true;
  }
  return false;
}

// User and password are nobody's business.
std::string without_user(std::string proxy) {
  const auto scheme = proxy.find("://");
  const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
  const auto at = proxy.rfind('@');
  if (at != std::string::npos && at >= begin) proxy.erase(begin, at + 1 - begin);
  return proxy;
}

}  // namespace

std::string proxy_for(const std::string& url, const HttpClientSettings& settings,
                      const Environment& environment) {
  const auto parsed = parse_url(url);
  if (!parsed || is_loopback(parsed->host)) return "";
  if (!settings.proxy_from_environment) return without_user(settings.proxy);
  if (is_excepted(lower(parsed->host), first_of(environment, {"no_proxy", "NO_PROXY"}))) return "";
  std::string proxy = parsed->scheme == "https"
                          ? first_of(environment, {"https_proxy", "HTTPS_PROXY"})
                          : first_of(environment, {"http_proxy"});
  if (proxy.empty()) proxy = first_of(environment, {"all_proxy", "ALL_PROXY"});
  return without_user(std::move(proxy));
}

}  // namespace mlc::net
