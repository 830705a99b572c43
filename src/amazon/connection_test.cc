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
    connection_ = selling_partner_connection(http_.client(), tokens_, limiter_, clock_, settings);
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

TEST_F(Connection, RevokedTokenIsRenewedAndTheCallMadeOnceMore) {
  http_.answer(403, body_of("Unauthorized", "Access to requested resource is denied.",
                            "The access token you provided is revoked, malformed or invalid."));
  http_.answer(200, "{}");
  EXPECT_TRUE(report());
  EXPECT_NE(token_of(http_.requests[0]), token_of(http_.requests[1]));
}

TEST_F(Connection, ExpiredSecretIsToldFromAnExpiredToken) {
  const std::string expired = body_of("Unauthorized", "Access to requested resource is denied.",
                                      "The LWA secret token you provided has expired.");
  http_.answer(403, expired);
  http_.answer(403, expired);
  const auto refused = report();
  EXPECT_TRUE(refused.error().is(kSecretExpired));
  EXPECT_EQ(refused.error().again(), Again::kNo);
  EXPECT_EQ(http_.requests.size(), 2U);
}

TEST_F(Connection, WebPageInsteadOfDataIsNamedWhateverItsStatus) {
  http_.answer(200, "<!DOCTYPE html><p>Log in to Hotel Wi-Fi", {{"content-type", "text/html"}});
  http_.answer(403, "\n<html>blocked by policy</html>");
  http_.answer(200, "{}");
  for (int i = 0; i < 2; ++i) {
    const auto refused = report();
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(kWebPage));
    EXPECT_EQ(refused.error().again(), Again::kLater);
    EXPECT_NE(refused.error().cure().find("sellingpartnerapi-na.amazon.com"), std::string::npos);
  }
  EXPECT_TRUE(report());
}

TEST_F(Connection, ClockThatDiffersIsNotedAndNamedWhenACallFails) {
  const net::Headers ten_minutes_before = {{"Date", "Mon, 23 Nov 2026 07:50:00 GMT"}};
  http_.answer(200, "{}", ten_minutes_before);
  EXPECT_TRUE(report());
  ASSERT_EQ(connection_->notices().size(), 1U);
  EXPECT_EQ(connection_->notices()[0].text(),
            "This machine's clock is 10 minutes ahead of Amazon's.");
  http_.answer(400, body_of("InvalidInput", "createdSince is too old"), ten_minutes_before);
  const auto refused = report();
  EXPECT_TRUE(refused.error().is(kClockWrong));
  EXPECT_EQ(refused.error().fact("minutes"), "10");
  http_.answer(400, body_of("InvalidInput", "bad"), {{"Date", "Mon, 23 Nov 2026 08:04:00 GMT"}});
  EXPECT_TRUE(report().error().is(kInvalidInput));
  EXPECT_TRUE(connection_->notices().empty());
}

TEST_F(Connection, QuotaRefusedForHoursHasAnotherNameUntilACallSucceeds) {
  std::optional<Error> last;
  for (int i = 0; i < 40; ++i) {
    http_.answer(429, body_of("QuotaExceeded", "You exceeded your quota."));
    const auto refused = report();
    last = refused.error();
    EXPECT_EQ(last->again(), Again::kLater);
    clock_.advance(last->wait().value());
    if (last->is(kQuotaExhausted)) break;
    EXPECT_TRUE(last->is(kQuotaExceeded)) << last->id();
  }
  ASSERT_TRUE(last->is(kQuotaExhausted));
  EXPECT_GE(std::stoi(std::string(last->fact("minutes"))), 60);
  http_.answer(200, "{}");
  EXPECT_TRUE(report());
  http_.answer(429, "");
  EXPECT_TRUE(report().error().is(kQuotaExceeded));
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

// The Reports API denies everything; the Sellers API answers as each region is told to.
class Denied : public Connection {
 protected:
  Denied() {
    ConnectionSettings settings;
    settings.application = "client-1";
    settings.account = "seller-1";
    denied_ = selling_partner_connection(*http_of_regions_, tokens_, limiter_, clock_, settings);
  }
  Error denial(Operation operation = Operation::kGetReport) {
    return denied_->call({operation, "50", {}, std::nullopt}).error();
  }
  std::map<std::string, int> sellers_ = {{"na", 403}, {"eu", 403}, {"fe", 403}};
  std::vector<std::string> asked_;  // regions whose Sellers API was asked

 private:
  Result<net::HttpResponse> answer(const net::HttpRequest& request) {
    const std::string region =
        request.url.substr(std::string("https://sellingpartnerapi-").size(), 2);
    const bool sellers = request.url.find("/sellers/v1/") != std::string::npos;
    if (sellers) asked_.push_back(region);
    net::HttpResponse out;
    out.status = sellers ? sellers_.at(region) : 403;
    out.body = body_of("Unauthorized", "Access to requested resource is denied.");
    out.headers = {{"x-amzn-RequestId", "r-9"}};
    return out;
  }
  std::unique_ptr<net::HttpClient> http_of_regions_ =
      net::in_process_client([this](const net::HttpRequest& request) { return answer(request); });
  std::unique_ptr<SellingPartnerConnection> denied_;
};

TEST_F(Denied, MarketplacesMayBeReadHere_ARoleIsMissing) {
  sellers_["na"] = 200;
  const Error error = denial();
  EXPECT_TRUE(error.is(kRoleMissing));
  EXPECT_EQ(error.fact("request_id"), "r-9");
  EXPECT_EQ(error.again(), Again::kNo);
  EXPECT_NE(error.cure().find("Finance and Accounting"), std::string::npos);
  EXPECT_EQ(asked_, std::vector<std::string>{"na"});
}

TEST_F(Denied, MarketplacesMayBeReadElsewhere_TheRegionIsWrong) {
  sellers_["eu"] = 200;
  const Error error = denial();
  EXPECT_TRUE(error.is(kWrongRegion));
  EXPECT_NE(error.text().find("one of region eu"), std::string::npos);
  EXPECT_NE(error.cure().find("region = \"eu\""), std::string::npos);
  EXPECT_TRUE(denial(Operation::kGetMarketplaceParticipations).is(kWrongRegion));
}

TEST_F(Denied, MarketplacesMayBeReadNowhere_ItStaysOpen) {
  EXPECT_TRUE(denial().is(kAccessDenied));
  EXPECT_EQ(asked_, (std::vector<std::string>{"na", "eu", "fe"}));
  sellers_["na"] = 500;
  EXPECT_TRUE(denial().is(kAccessDenied));
}

TEST_F(Denied, FindingIsRememberedForAnHour) {
  sellers_["na"] = 200;
  EXPECT_TRUE(denial().is(kRoleMissing));
  clock_.advance(std::chrono::minutes(59));
  EXPECT_TRUE(denial().is(kRoleMissing));
  EXPECT_EQ(asked_.size(), 1U);
  clock_.advance(std::chrono::minutes(1));
  sellers_ = {{"na", 403}, {"eu", 403}, {"fe", 200}};
  EXPECT_TRUE(denial().is(kWrongRegion));
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
INSTANTIATE_TEST_SUITE_P(
    Statuses, Classified,
    ::testing::Values(StatusCase{400, kNull, "amazon.invalid_input", kNo},
                      StatusCase{400, "", "amazon.invalid_input", kNo},
                      StatusCase{401, "{}", "amazon.token_expired", kNo},
                      StatusCase{403, "{}", "amazon.access_denied", kNo},
                      StatusCase{403, "<html>", "amazon.web_page", kLater},
                      StatusCase{404, R"({"errors":[]})", "amazon.not_found", kNo},
                      StatusCase{413, "", "amazon.refused", kNo},
                      StatusCase{415, "[]", "amazon.refused", kNo},
                      StatusCase{302, "", "amazon.refused", kNo},
                      StatusCase{407, "<html>", "amazon.web_page", kLater},
                      StatusCase{429, "", "amazon.quota_exceeded", kLater},
                      StatusCase{500, "", "amazon.unavailable", kLater},
                      StatusCase{503, "x", "amazon.unavailable", kLater},
                      StatusCase{503, "<html>", "amazon.unavailable", kLater}));

TEST(Classify, BadRequestOfAPageTokenAloneStartsTheListingAgain) {
  ApiAnswer answer;
  answer.status = 400;
  const Error page = classify({Operation::kGetReports, "", {{"nextToken", "x"}}, {}}, answer, {});
  EXPECT_TRUE(page.is(kPageTokenRefused));
  EXPECT_EQ(page.wait(), Duration::zero());
  EXPECT_TRUE(classify({Operation::kGetReports, "", {{"pageSize", "0"}}, {}}, answer, {})
                  .is(kInvalidInput));
}

TEST_F(Connection, NoErrorTellsTheToken) {
  for (const int status : {400, 403, 404, 418, 429, 500}) {
    testing::ScriptedHttp http;
    const auto connection =
        selling_partner_connection(http.client(), tokens_, limiter_, clock_, {});
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
  EXPECT_EQ(safe_text("a=Atzr%7Cx-y&b=1"), "a=***&b=1");
  EXPECT_EQ(safe_text(std::string(1'000, 'x')).size(), 303U);
  // Characters are not cut, and what is none does not get into a log.
  const std::string umlauts = [] {
    std::string out;
    for (int i = 0; i < 301; ++i) out += "\u00fc";
    return out;
  }();
  EXPECT_EQ(safe_text(umlauts), umlauts.substr(0, 600) + "...");
  EXPECT_EQ(safe_text("r\xC3\xFF\x80 \xE2\x82"), "r??? ??");
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
    ASSERT_NE(kCalls.at(i).plan, nullptr);
    EXPECT_EQ(kCalls.at(i).plan->operation, kCalls.at(i).name);
  }
}

// Amazon makes settlement reports by itself and answers 400 to whoever asks for one.
TEST(RepeatableCalls, NothingIsEverAskedToBeMade) {
  for (const CallRow& row : kCalls) {
    EXPECT_EQ(row.method, "GET") << row.name;
    EXPECT_EQ(row.repeatable, Repeatable::kYes) << row.name;
  }
}

TEST(UsagePlans, EachOperationStandsOnceWithALimit) {
  for (const UsagePlan& plan : kUsagePlans) {
    EXPECT_EQ(find_usage_plan(plan.api, plan.operation), &plan) << plan.operation;
    EXPECT_GT(plan.rate_micro, 0) << plan.operation;
    EXPECT_GT(plan.burst, 0) << plan.operation;
  }
  EXPECT_EQ(kUsagePlans.size(), 81U);
  EXPECT_EQ(find_usage_plan("orders", "getOrders"), nullptr);
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
