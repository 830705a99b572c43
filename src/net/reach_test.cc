#include "net/reach.h"

#include <gtest/gtest.h>
#include <map>

#include "net/errors.h"
#include "net/http_server.h"

namespace mlc::net {
namespace {

struct ProxyCase {
  const char* url;
  std::string proxy;  // of the settings; "environment"
  std::map<std::string, std::string> environment;
  const char* wanted;
};

TEST(ProxyFor, IsWhatLibcurlWouldTake) {
  const char* amazon = "https://sellingpartnerapi-na.amazon.com/x";
  const std::vector<ProxyCase> table{
      {amazon, "", {{"https_proxy", "http://p:1"}}, ""},
      {amazon, "http://user:secret@proxy:3128", {}, "http://proxy:3128"},
      {amazon, "environment", {}, ""},
      {amazon, "environment", {{"https_proxy", "http://p:1"}}, "http://p:1"},
      {amazon, "environment", {{"HTTPS_PROXY", "http://u:s@p:1"}}, "http://p:1"},
      {amazon, "environment", {{"http_proxy", "http://p:1"}}, ""},
      {amazon, "environment", {{"ALL_PROXY", "p:1"}}, "p:1"},
      {amazon, "environment", {{"https_proxy", "p:1"}, {"no_proxy", "amazon.com"}}, ""},
      {amazon, "environment", {{"https_proxy", "p:1"}, {"NO_PROXY", "x, .AMAZON.com"}}, ""},
      {amazon, "environment", {{"https_proxy", "p:1"}, {"no_proxy", "zon.com"}}, "p:1"},
      {amazon, "environment", {{"https_proxy", "p:1"}, {"no_proxy", "*"}}, ""},
      {"http://127.0.0.1:8080/", "http://proxy:3128", {}, ""},
      {"http://example.org/", "environment", {{"HTTP_PROXY", "p:1"}}, ""},
      {"http://example.org/", "environment", {{"http_proxy", "p:1"}}, "p:1"},
  };
  for (const auto& row : table) {
    HttpClientSettings settings;
    settings.proxy_from_environment = row.proxy == "environment";
    if (!settings.proxy_from_environment) settings.proxy = row.proxy;
    const auto environment = [&row](const std::string& name) -> std::optional<std::string> {
      const auto at = row.environment.find(name);
      return at == row.environment.end() ? std::nullopt : std::optional(at->second);
    };
    EXPECT_EQ(proxy_for(row.url, settings, environment), row.wanted);
  }
}

TEST(Reach, SaysHowFarItCame) {
  const Limits limits{Duration{2'000}, Duration{2'000}, 1};
  const auto nowhere = reach("http://127.0.0.1:1/", {}, limits);
  EXPECT_EQ(nowhere.stage, ReachStage::kResolved);
  ASSERT_TRUE(nowhere.error);
  EXPECT_TRUE(nowhere.error->is(kConnectFailed));
  const auto unknown = reach("https://host.invalid/", {}, limits);
  EXPECT_EQ(unknown.stage, ReachStage::kNothing);
  ASSERT_TRUE(unknown.error);
}

TEST(Reach, ConnectsWithoutARequest) {
  const auto sleeper = runtime::thread_sleeper();
  bool asked = false;
  HttpServer server(
      {},
      [&asked](const HttpRequest&) -> Result<HttpResponse> {
        asked = true;
        return HttpResponse{};
      },
      *sleeper);
  ASSERT_TRUE(server.start());
  const auto there = reach(server.address() + "/", {}, {});
  EXPECT_EQ(there.stage, ReachStage::kSecured);
  EXPECT_EQ(there.address, "127.0.0.1");
  EXPECT_FALSE(there.error);
  EXPECT_FALSE(asked);
}

}  // namespace
}  // namespace mlc::net
