// What the middle floor decides about answers, with a scripted Amazon.
#include <gtest/gtest.h>
#include <optional>
#include <ostream>

#include "amazon/error_classification.h"
#include "amazon/errors.h"
#include "amazon/safe_text.h"
#include "amazon/selling_partner_connection.h"
#include "amazon/testing/scripted_http.h"
#include "net/errors.h"

namespace mlc::amazon {
namespace {

// Gives "Atza|1", and the next number after each rejection.
class CountingTokens final : public AccessTokens {
 public:
  Result<Secret> token() override { return Secret("Atza|" + std::to_string(number_)); }
  void reject(const Secret& used) override {
    if (used.reveal() == "Atza|" + std::to_string(number_)) ++number_;
  }

 private:
  int number_ = 1;
};

std::string body_of(const std::string& code, const std::string& message,
                    const std::string& details = "") {
  return R"({"errors":[{"code":")" + code + R"(","message":")" + message + R"(","details":")" +
         details + R"("}]})";
}
const std::string kExpired = body_of("Unauthorized", "Access to requested resource is denied.",
                                     "The access token you provided has expired.");

class Connection : public ::testing::Test {
 protected:
  Connection() {
    ConnectionSettings settings;
    settings.application = "client-1";
    settings.account = "seller-1";
    settings.user_agent = "ml-connector/1 (Language=C++; Platform=Linux)";
    connection_ = selling_partner_connection(http_.client(), tokens_, limiter_, settings);
  }
  Result<ApiAnswer> report(const std::string& id = "50") {
    return connection_->call({Operation::kGetReport, id, {}, std::nullopt});
  }
  static std::string token_of(const net::HttpRequest& request) {
    return std::string(net::header_value(request.headers, "x-amz-access-token"));
  }

  testing::ScriptedHttp http_;
  runtime::ManualClock clock_{parse_instant("2026-11-23T08:00:00Z").value()};
  std::unique_ptr<RateBucketStore> store_ = rate_buckets_in_memory();
  RateLimiter limiter_{clock_, *store_, runtime::seeded_random(1)};
  CountingTokens tokens_;
  std::unique_ptr<SellingPartnerConnection> connection_;
};

TEST_F(Connection, CallCarriesTokenAgentAndEscapedPath) {
  http_.answer(200, "{}", {{"x-amzn-RequestId", "r-1"}, {"x-amzn-RateLimit-Limit", "2.0"}});
  const auto answer = report("a/b+c=");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->request_id, "r-1");
  EXPECT_EQ(answer->rate_limit, "2.0");
  ASSERT_EQ(http_.requests.size(), 1U);
  const auto& request = http_.requests[0];
  EXPECT_EQ(request.url,
            "https://sellingpartnerapi-na.amazon.com/reports/2021-06-30/reports/a%2Fb%2Bc%3D");
  EXPECT_EQ(token_of(request), "Atza|1");
  EXPECT_EQ(net::header_value(request.headers, "user-agent"),
            "ml-connector/1 (Language=C++; Platform=Linux)");
  EXPECT_FALSE(net::has_header(request.headers, "authorization"));
}

TEST_F(Connection, ExpiredTokenIsRenewedAndTheCallMadeOnceMore) {
  for (const int status : {401, 403}) {
    http_.requests.clear();
    http_.answer(status, kExpired);
    http_.answer(200, "{}");
    EXPECT_TRUE(report());
    ASSERT_EQ(http_.requests.size(), 2U);
    EXPECT_NE(token_of(http_.requests[0]), token_of(http_.requests[1]));
  }
}

TEST_F(Connection, FreshTokenCalledExpiredIsAnErrorAfterOneRepetition) {
  http_.answer(403, kExpired);
  http_.answer(403, kExpired);
  http_.answer(200, "{}");
  const auto refused = report();
  EXPECT_TRUE(refused.error().is(kTokenExpired));
  EXPECT_EQ(http_.requests.size(), 2U);
}

TEST_F(Connection, DeniedAccessIsNotRepeated) {
  http_.answer(403, body_of("Unauthorized", "Access to requested resource is denied."),
               {{"x-amzn-RequestId", "r-9"}});
  http_.answer(200, "{}");
  const auto refused = report();
  EXPECT_TRUE(refused.error().is(kAccessDenied));
  EXPECT_EQ(refused.error().fact("region"), "na");
  EXPECT_EQ(refused.error().fact("request_id"), "r-9");
  EXPECT_EQ(http_.requests.size(), 1U);
  EXPECT_TRUE(report());
}

TEST_F(Connection, BrokenConnectionIsNotRepeated) {
  http_.break_connection();
  http_.answer(200, "{}");
  EXPECT_TRUE(report().error().is(net::kBroken));
  EXPECT_EQ(http_.requests.size(), 1U);
}

TEST_F(Connection, RefusedForQuotaTheOperationRestsAndRecovers) {
  http_.answer(429, body_of("QuotaExceeded", "You exceeded your quota."));
  http_.answer(200, "{}");
  const auto refused = report();
  EXPECT_TRUE(refused.error().is(kQuotaExceeded));
  ASSERT_TRUE(refused.error().wait());
  EXPECT_GE(*refused.error().wait(), Duration(500));  // one call at two per second
  const auto waiting = report();
  EXPECT_TRUE(waiting.error().is(kQuotaWait));
  EXPECT_EQ(waiting.error().wait(), refused.error().wait());
  EXPECT_EQ(http_.requests.size(), 1U);
  clock_.advance(*waiting.error().wait());
  EXPECT_TRUE(report());
}

TEST_F(Connection, NoTokenIsAskedForWhenTheQuotaIsUsedUp) {
  for (int i = 0; i < 15; ++i) http_.answer(200, "{}");
  for (int i = 0; i < 15; ++i) EXPECT_TRUE(report());
  EXPECT_TRUE(report().error().is(kQuotaWait));
  EXPECT_EQ(http_.requests.size(), 15U);
}

struct StatusCase {
  int status;
  const char* body;
  const char* error;
  Again again;
};
void PrintTo(const StatusCase& c, std::ostream* out) { *out << c.status; }

class Classified : public Connection, public ::testing::WithParamInterface<StatusCase> {};

TEST_P(Classified, EveryStatusHasItsNamedError) {
  http_.answer(GetParam().status, GetParam().body, {{"x-amzn-RequestId", "r-2"}});
  http_.answer(GetParam().status, GetParam().body, {{"x-amzn-RequestId", "r-2"}});
  const auto refused = report();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id(), GetParam().error);
  EXPECT_EQ(refused.error().again(), GetParam().again);
  EXPECT_EQ(refused.error().fact("operation"), "getReport");
  EXPECT_EQ(refused.error().fact("status"), std::to_string(GetParam().status));
  EXPECT_EQ(refused.error().fact("request_id"), "r-2");
  EXPECT_NE(refused.error().fact("message"), "");
}

constexpr const char* kNull = R"({"errors":[{"message":null,"code":"InvalidInput"}]})";
constexpr Again kNo = Again::kNo;
constexpr Again kLater = Again::kLater;
INSTANTIATE_TEST_SUITE_P(Statuses, Classified,
                         ::testing::Values(StatusCase{400, kNull, "amazon.invalid_input", kNo},
                                           StatusCase{400, "", "amazon.invalid_input", kNo},
                                           StatusCase{401, "{}", "amazon.token_expired", kNo},
                                           StatusCase{403, "<html>", "amazon.access_denied", kNo},
                                           StatusCase{404, R"({"errors":[]})", "amazon.not_found",
                                                      kNo},
                                           StatusCase{413, "", "amazon.refused", kNo},
                                           StatusCase{415, "[]", "amazon.refused", kNo},
                                           StatusCase{302, "", "amazon.refused", kNo},
                                           StatusCase{429, "", "amazon.quota_exceeded", kLater},
                                           StatusCase{500, "", "amazon.unavailable", kLater},
                                           StatusCase{503, "x", "amazon.unavailable", kLater}));

TEST(Classify, BadRequestOfAPageTokenAloneStartsTheListingAgain) {
  ApiAnswer answer;
  answer.status = 400;
  const Error page = classify({Operation::kGetReports, "", {{"nextToken", "x"}}, {}}, answer, "na");
  EXPECT_TRUE(page.is(kPageTokenRefused));
  EXPECT_EQ(page.wait(), Duration::zero());
  EXPECT_TRUE(classify({Operation::kGetReports, "", {{"pageSize", "0"}}, {}}, answer, "na")
                  .is(kInvalidInput));
}

TEST_F(Connection, NoErrorTellsTheToken) {
  for (const int status : {400, 403, 404, 418, 429, 500}) {
    testing::ScriptedHttp http;
    const auto connection = selling_partner_connection(http.client(), tokens_, limiter_, {});
    http.answer(status, body_of("Atza|1", "your Atza|1 or Atzr|abc is bad", "x-amz: Atza|1;"),
                {{"x-amzn-RequestId", "Atza|1"}});
    const auto refused = connection->call({Operation::kGetReport, "1", {}, std::nullopt});
    ASSERT_FALSE(refused);
    std::string all = refused.error().explain();
    for (const Fact& fact : refused.error().facts()) all += fact.value;
    EXPECT_EQ(all.find("Atza"), std::string::npos) << all;
    EXPECT_EQ(all.find("abc"), std::string::npos) << all;
    clock_.advance(std::chrono::hours(1));
  }
}

TEST(SafeText, HidesSecretsAndControlCharacters) {
  EXPECT_EQ(safe_text("a\nb\tc"), "a b c");
  EXPECT_EQ(safe_text("key=topsecret;topsecret", {"topsecret"}), "key=***;***");
  EXPECT_EQ(safe_text("see Atza|abc.def and 'Atzr|x'"), "see *** and '***'");
  EXPECT_EQ(safe_text(std::string(1'000, 'x')).size(), 303U);
  EXPECT_EQ(safe_text("short no", {"no"}), "short no");
}

TEST(UserAgent, FollowsAmazonsSyntax) {
  EXPECT_EQ(user_agent("ml-connector", "1.0").value(),
            "ml-connector/1.0 (Language=C++; Platform=Linux)");
  EXPECT_EQ(user_agent("a/b\\c", "1(2").value(), "a\\/b\\\\c/1\\(2 (Language=C++; Platform=Linux)");
  EXPECT_TRUE(user_agent(std::string(480, 'a'), "1").error().is(kBadUserAgent));
}

TEST(RepeatableCalls, RowsStandInTheOrderOfTheOperations) {
  for (std::size_t i = 0; i < kCalls.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(kCalls.at(i).operation), i);
    EXPECT_GT(kCalls.at(i).rate_micro, 0);
    EXPECT_GT(kCalls.at(i).burst, 0);
  }
}

TEST(RegionOf, FollowsTheMarketplaceAndIsNeverMixed) {
  EXPECT_EQ(region_of({"US"}).value(), Region::kNorthAmerica);
  EXPECT_EQ(region_of({"A1PA6795UKMFR9", "uk"}).value(), Region::kEurope);
  EXPECT_EQ(region_of({"a1vc38t7yxb528"}).value(), Region::kFarEast);
  EXPECT_TRUE(region_of({"US", "DE"}).error().is(kMixedRegions));
  EXPECT_TRUE(region_of({"XX"}).error().is(kUnknownMarketplace));
  EXPECT_TRUE(region_of({}).error().is(kUnknownMarketplace));
  EXPECT_EQ(endpoint(Region::kFarEast), "https://sellingpartnerapi-fe.amazon.com");
  EXPECT_EQ(sandbox_endpoint(Region::kEurope), "https://sandbox.sellingpartnerapi-eu.amazon.com");
  EXPECT_EQ(marketplaces().size(), 23U);
}

}  // namespace
}  // namespace mlc::amazon
