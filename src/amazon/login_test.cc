#include <atomic>
#include <gtest/gtest.h>
#include <ostream>
#include <thread>

#include "amazon/errors.h"
#include "amazon/login_with_amazon.h"
#include "amazon/testing/scripted_http.h"
#include "net/errors.h"
#include "net/url.h"

namespace mlc::amazon {
namespace {

Instant start() { return parse_instant("2026-11-23T08:00:00Z").value(); }

std::string token_answer(const std::string& token, int life = 3600) {
  return R"({"access_token":"Atza|)" + token + R"(","token_type":"bearer","expires_in":)" +
         std::to_string(life) + R"(,"refresh_token":"Atzr|seller"})";
}

std::string refusal(const std::string& code, const std::string& description = "no") {
  return R"({"error":")" + code + R"(","error_description":")" + description + R"("})";
}

LoginSettings settings() {
  LoginSettings out;
  out.client_id = "client-1";
  out.client_secrets = {Secret("new+secret/")};
  out.refresh_token = Secret("Atzr|seller");
  out.user_agent = "test/1";
  return out;
}

class Login : public ::testing::Test {
 protected:
  std::string token() {
    const auto given = login_.token();
    return given ? std::string(given->reveal()) : std::string(given.error().id());
  }
  testing::ScriptedHttp http_;
  runtime::ManualClock clock_{start()};
  LoginWithAmazon login_{http_.client(), clock_, settings()};
};

TEST_F(Login, NoTokenYetOneIsAskedFor) {
  http_.answer(200, token_answer("one"));
  EXPECT_EQ(token(), "Atza|one");
  ASSERT_EQ(http_.requests.size(), 1U);
  const auto& request = http_.requests[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://api.amazon.com/auth/o2/token");
  const net::Parameters form = {{"grant_type", "refresh_token"},
                                {"refresh_token", "Atzr|seller"},
                                {"client_id", "client-1"},
                                {"client_secret", "new+secret/"}};
  EXPECT_EQ(net::decode_parameters(request.body), form);
}

TEST_F(Login, TokenStillGoodNothingIsAsked) {
  http_.answer(200, token_answer("one"));
  EXPECT_EQ(token(), "Atza|one");
  clock_.advance(std::chrono::seconds(3539));
  EXPECT_EQ(token(), "Atza|one");
  EXPECT_EQ(http_.requests.size(), 1U);
}

TEST_F(Login, TokenWithin60SecondsOfItsEndIsRenewed) {
  http_.answer(200, token_answer("one"));
  http_.answer(200, token_answer("two"));
  EXPECT_EQ(token(), "Atza|one");
  clock_.advance(std::chrono::seconds(3540));
  EXPECT_EQ(token(), "Atza|two");
}

TEST_F(Login, TokenExpiredAnotherIsAskedFor) {
  http_.answer(200, token_answer("one"));
  http_.answer(200, token_answer("two"));
  EXPECT_EQ(token(), "Atza|one");
  clock_.advance(std::chrono::seconds(7200));
  EXPECT_EQ(token(), "Atza|two");
}

TEST_F(Login, TokenNearlyExpiredAndRenewalFailsTheOldOneServes) {
  http_.answer(200, token_answer("one"));
  EXPECT_EQ(token(), "Atza|one");
  clock_.advance(std::chrono::seconds(3599));
  http_.answer(503, "");
  EXPECT_EQ(token(), "Atza|one");
  http_.break_connection();
  EXPECT_EQ(token(), "Atza|one");
  EXPECT_EQ(http_.requests.size(), 3U);
}

TEST_F(Login, TokenExpiredAndRenewalFailsItIsAnErrorUntilRecovery) {
  http_.answer(200, token_answer("one"));
  EXPECT_EQ(token(), "Atza|one");
  clock_.advance(std::chrono::seconds(3600));
  http_.answer(503, "");
  const auto refused = login_.token();
  EXPECT_TRUE(refused.error().is(kLoginUnavailable));
  EXPECT_EQ(refused.error().again(), Again::kLater);
  EXPECT_EQ(refused.error().wait(), Duration(30'000));
  http_.answer(200, token_answer("two"));
  EXPECT_EQ(token(), "Atza|two");
}

TEST_F(Login, RevokedAuthorisationEndsEvenAGoodToken) {
  http_.answer(200, token_answer("one"));
  EXPECT_EQ(token(), "Atza|one");
  clock_.advance(std::chrono::seconds(3550));
  http_.answer(400, refusal("invalid_grant"));
  EXPECT_EQ(token(), "amazon.invalid_grant");
}

TEST_F(Login, AfterARefusalNothingIsAskedForFiveMinutes) {
  http_.answer(400, refusal("invalid_grant"));
  EXPECT_EQ(token(), "amazon.invalid_grant");
  clock_.advance(std::chrono::seconds(299));
  EXPECT_EQ(token(), "amazon.invalid_grant");
  EXPECT_EQ(http_.requests.size(), 1U);
  clock_.advance(std::chrono::seconds(1));
  http_.answer(200, token_answer("again"));
  EXPECT_EQ(token(), "Atza|again");
}

TEST_F(Login, RejectedTokenIsNotGivenOutAgain) {
  http_.answer(200, token_answer("one"));
  http_.answer(200, token_answer("two"));
  EXPECT_EQ(token(), "Atza|one");
  login_.reject(Secret("Atza|another"));
  EXPECT_EQ(token(), "Atza|one");
  login_.reject(Secret("Atza|one"));
  EXPECT_EQ(token(), "Atza|two");
}

TEST_F(Login, PreviousSecretIsTriedAfterARotation) {
  LoginSettings rotated = settings();
  rotated.client_secrets.emplace_back("old-secret");
  LoginWithAmazon login(http_.client(), clock_, rotated);
  http_.answer(401, refusal("invalid_client"));
  http_.answer(200, token_answer("one"));
  EXPECT_EQ(login.token()->reveal(), "Atza|one");
  ASSERT_EQ(http_.requests.size(), 2U);
  EXPECT_NE(http_.requests[1].body.find("client_secret=old-secret"), std::string::npos);
  ASSERT_EQ(login.notices().size(), 1U);
  EXPECT_TRUE(login.notices()[0].is(kOldSecretInUse));
  EXPECT_EQ(login.notices()[0].explain().find("old-secret"), std::string::npos);
  // The rotation has reached all of Amazon: the notice goes.
  clock_.advance(std::chrono::hours(1));
  http_.answer(200, token_answer("two"));
  EXPECT_EQ(login.token()->reveal(), "Atza|two");
  EXPECT_TRUE(login.notices().empty());
}

TEST_F(Login, EverySecretRefusedTheFirstRefusalIsTold) {
  LoginSettings rotated = settings();
  rotated.client_secrets.emplace_back("old-secret");
  LoginWithAmazon login(http_.client(), clock_, rotated);
  http_.answer(401, refusal("invalid_client", "The client secret has expired"));
  http_.answer(401, refusal("invalid_client", "bad old-secret or new+secret/"));
  EXPECT_TRUE(login.token().error().is(kSecretExpired));
  clock_.advance(std::chrono::minutes(5));
  http_.answer(401, refusal("invalid_client", "bad old-secret or new+secret/"));
  http_.answer(401, refusal("invalid_client"));
  const Error refused = login.token().error();
  EXPECT_TRUE(refused.is(kInvalidClient));
  EXPECT_EQ(refused.fact("message"), "bad *** or ***");
}

TEST_F(Login, OtherRefusalsDoNotTryTheNextSecret) {
  LoginSettings rotated = settings();
  rotated.client_secrets.emplace_back("old-secret");
  LoginWithAmazon login(http_.client(), clock_, rotated);
  http_.answer(400, refusal("invalid_grant"));
  EXPECT_TRUE(login.token().error().is(kInvalidGrant));
  EXPECT_EQ(http_.requests.size(), 1U);
}

TEST_F(Login, WebPageIsNamedWithTheHostToLetThrough) {
  http_.answer(200, "<html>Please accept the terms</html>", {{"content-type", "text/html"}});
  const Error refused = login_.token().error();
  EXPECT_TRUE(refused.is(kWebPage));
  EXPECT_EQ(refused.fact("host"), "api.amazon.com");
  EXPECT_EQ(refused.again(), Again::kLater);
  http_.answer(200, token_answer("one"));
  EXPECT_EQ(token(), "Atza|one");
}

TEST_F(Login, ManyCallersShareOneRequest) {
  std::atomic<int> asked = 0;
  const auto slow =
      net::in_process_client([&](const net::HttpRequest&) -> Result<net::HttpResponse> {
        ++asked;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return net::HttpResponse{200, {}, token_answer("shared"), {}, {}};
      });
  LoginWithAmazon login(*slow, clock_, settings());
  std::vector<std::string> got(8);
  {
    std::vector<std::jthread> threads;
    for (auto& text : got) {
      threads.emplace_back([&] { text = login.token().value().reveal(); });
    }
  }
  for (const auto& text : got) EXPECT_EQ(text, "Atza|shared");
  EXPECT_EQ(asked, 1);
}

struct RefusalCase {
  int status;
  const char* code;
  const char* error;
  Again again;
};
void PrintTo(const RefusalCase& c, std::ostream* out) { *out << c.status << " " << c.code; }

class LoginRefusal : public Login, public ::testing::WithParamInterface<RefusalCase> {};

TEST_P(LoginRefusal, HasItsOwnNameAndTellsNoSecret) {
  // A server that repeats what it was sent.
  http_.answer(GetParam().status,
               refusal(GetParam().code, "bad new+secret/ and Atzr|seller and Atza|other"));
  const auto refused = login_.token();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().id(), GetParam().error);
  EXPECT_EQ(refused.error().again(), GetParam().again);
  EXPECT_EQ(refused.error().wait().has_value(), GetParam().again == Again::kLater);
  for (const Fact& fact : refused.error().facts()) {
    for (const char* secret : {"new+secret/", "seller", "Atza|other"}) {
      EXPECT_EQ(fact.value.find(secret), std::string::npos) << fact.name << ": " << fact.value;
    }
  }
}

constexpr Again kNo = Again::kNo;
constexpr Again kLater = Again::kLater;
INSTANTIATE_TEST_SUITE_P(
    Codes, LoginRefusal,
    ::testing::Values(RefusalCase{401, "invalid_client", "amazon.invalid_client", kNo},
                      RefusalCase{400, "invalid_grant", "amazon.invalid_grant", kNo},
                      RefusalCase{400, "unauthorized_client", "amazon.unauthorized_client", kNo},
                      RefusalCase{400, "invalid_scope", "amazon.login_refused", kNo},
                      RefusalCase{400, "invalid_request", "amazon.login_refused", kNo},
                      RefusalCase{400, "server_error", "amazon.login_unavailable", kLater},
                      RefusalCase{400, "temporarily_unavailable", "amazon.login_unavailable",
                                  kLater},
                      RefusalCase{429, "slow_down", "amazon.login_unavailable", kLater},
                      RefusalCase{503, "", "amazon.login_unavailable", kLater}));

TEST_F(Login, AnswerWithoutAUsableTokenIsAFaultOfAmazons) {
  for (const char* body :
       {"", "x", "{}", R"({"access_token":"Atza|x"})",
        R"({"access_token":"Atza|x","expires_in":0})", R"({"access_token":"","expires_in":3600})",
        R"({"access_token":5,"expires_in":3600})"}) {
    http_.answer(200, body);
    EXPECT_EQ(token(), "amazon.login_unavailable") << body;
  }
}

}  // namespace
}  // namespace mlc::amazon
