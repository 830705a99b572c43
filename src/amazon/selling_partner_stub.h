// The lowest floor: one call, no opinion. Small stubs around it add the token and keep the quota.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "amazon/call_counts.h"
#include "amazon/login_with_amazon.h"
#include "amazon/rate_limiter.h"
#include "amazon/repeatable_calls.h"
#include "base/result.h"
#include "net/http_client.h"
#include "net/url.h"

namespace mlc::amazon {

struct ApiCall {
  Operation operation = Operation::kGetReports;
  std::string path_parameter;  // fills {} of the path
  net::Parameters query;
  std::optional<Secret> token;  // put in by the stub that holds the tokens
};

struct ApiAnswer {
  int status = 0;
  std::string body;
  std::string request_id;        // x-amzn-RequestId, empty when there was none
  std::string rate_limit;        // x-amzn-RateLimit-Limit, empty when there was none
  std::string content_type;      // empty when there was none
  std::string date;              // of Amazon's clock, as the header says it; may be empty
  Secret token;                  // the call was made with it
  std::optional<Duration> wait;  // after 429 and 5xx: how long this operation rests
  Duration refused_for{};        // after 429: since when nothing but 429 came
};

// Thread-safe. Any status is an answer; an error means that there was none.
class SellingPartnerStub {
 public:
  virtual ~SellingPartnerStub() = default;
  [[nodiscard]] virtual Result<ApiAnswer> call(const ApiCall& call) = 0;
};

struct StubSettings {
  std::string endpoint;  // "https://sellingpartnerapi-na.amazon.com"
  std::string user_agent;
  net::Limits limits;
};

// "ml-connector/1.0 (Language=C++; Platform=Linux)", escaped as Amazon wants it.
// Errors: amazon.bad_user_agent (longer than 500 characters).
[[nodiscard]] Result<std::string> user_agent(const std::string& application,
                                             const std::string& version);

// What is passed by reference must outlive the stub.
[[nodiscard]] std::unique_ptr<SellingPartnerStub> http_stub(net::HttpClient& http,
                                                            StubSettings settings);
[[nodiscard]] std::unique_ptr<SellingPartnerStub> token_stub(
    std::unique_ptr<SellingPartnerStub> inner, AccessTokens& tokens);
// Errors: amazon.quota_wait. Learns rates from answers; after 429 and 5xx the operation rests.
[[nodiscard]] std::unique_ptr<SellingPartnerStub> rate_limit_stub(
    std::unique_ptr<SellingPartnerStub> inner, RateLimiter& limiter, std::string application,
    std::string account);
[[nodiscard]] std::unique_ptr<SellingPartnerStub> counting_stub(
    std::unique_ptr<SellingPartnerStub> inner, CallCounts& counts);

}  // namespace mlc::amazon
