#include "amazon/selling_partner_stub.h"

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

constexpr std::size_t kLongestUserAgent = 500;

// Puts a backslash before each of `marks`, which delimit this part of the header.
std::string escaped(std::string_view text, std::string_view marks) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || marks.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

class HttpStub final : public SellingPartnerStub {
 public:
  HttpStub(net::HttpClient& http, StubSettings settings)
      : http_(http), settings_(std::move(settings)) {}

  Result<ApiAnswer> call(const ApiCall& call) override {
    MLC_TRY(net::HttpResponse response, http_.send(request_of(call)));
    ApiAnswer answer;
    answer.status = response.status;
    answer.request_id = net::header_value(response.headers, "x-amzn-RequestId");
    answer.rate_limit = net::header_value(response.headers, "x-amzn-RateLimit-Limit");
    answer.content_type = net::header_value(response.headers, "content-type");
    answer.date = net::header_value(response.headers, "date");
    answer.body = std::move(response.body);
    if (call.token) answer.token = *call.token;
    return answer;
  }

 private:
  net::HttpRequest request_of(const ApiCall& call) const {
    const CallRow& row = row_of(call.operation);
    std::string path(row.path);
    if (const auto gap = path.find("{}"); gap != std::string::npos) {
      path.replace(gap, 2, net::percent_encode(call.path_parameter));
    }
    net::HttpRequest request;
    request.method = row.method;
    request.url = settings_.endpoint + path;
    if (!call.query.empty()) request.url += "?" + net::encode_parameters(call.query);
    request.headers = {{"accept", "application/json"}, {"user-agent", settings_.user_agent}};
    if (call.token) {
      request.headers.push_back({"x-amz-access-token", std::string(call.token->reveal())});
    }
    request.limits = settings_.limits;
    return request;
  }

  net::HttpClient& http_;
  const StubSettings settings_;
};

class TokenStub final : public SellingPartnerStub {
 public:
  TokenStub(std::unique_ptr<SellingPartnerStub> inner, AccessTokens& tokens)
      : inner_(std::move(inner)), tokens_(tokens) {}

  Result<ApiAnswer> call(const ApiCall& call) override {
    ApiCall with_token = call;
    MLC_TRY(with_token.token, tokens_.token());
    return inner_->call(with_token);
  }

 private:
  std::unique_ptr<SellingPartnerStub> inner_;
  AccessTokens& tokens_;
};

class RateLimitStub final : public SellingPartnerStub {
 public:
  RateLimitStub(std::unique_ptr<SellingPartnerStub> inner, RateLimiter& limiter,
                std::string application, std::string account)
      : inner_(std::move(inner)),
        limiter_(limiter),
        application_(std::move(application)),
        account_(std::move(account)) {}

  Result<ApiAnswer> call(const ApiCall& call) override {
    const RateKey key{application_, account_, call.operation};
    MLC_TRY_STATUS(limiter_.take(key));
    MLC_TRY(ApiAnswer answer, inner_->call(call));
    const bool throttled = answer.status == 429;
    if (throttled || answer.status >= 500) {
      MLC_TRY(const Rest rest, limiter_.refused(key, throttled));
      answer.wait = rest.wait;
      if (throttled) answer.refused_for = rest.lasting;
    } else {
      MLC_TRY_STATUS(limiter_.answered(key, answer.rate_limit));
    }
    return answer;
  }

 private:
  std::unique_ptr<SellingPartnerStub> inner_;
  RateLimiter& limiter_;
  const std::string application_;
  const std::string account_;
};

class CountingStub final : public SellingPartnerStub {
 public:
  CountingStub(std::unique_ptr<SellingPartnerStub> inner, CallCounts& counts)
      : inner_(std::move(inner)), counts_(counts) {}

  Result<ApiAnswer> call(const ApiCall& call) override {
    auto answer = inner_->call(call);
    counts_.count(call.operation, end_of_call(answer));
    return answer;
  }

 private:
  static CallEnd end_of_call(const Result<ApiAnswer>& answer) {
    if (answer) return end_of(answer->status);
    return answer.error().is(kQuotaWait) ? CallEnd::kPutOff : CallEnd::kFailed;
  }

  std::unique_ptr<SellingPartnerStub> inner_;
  CallCounts& counts_;
};

}  // namespace

Result<std::string> user_agent(const std::string& application, const std::string& version) {
  std::string out =
      escaped(application, "/") + "/" + escaped(version, "(") + " (Language=C++; Platform=Linux)";
  if (out.size() <= kLongestUserAgent) return out;
  return failure(kBadUserAgent, {{"found", std::to_string(out.size())},
                                 {"limit", std::to_string(kLongestUserAgent)}});
}

std::unique_ptr<SellingPartnerStub> http_stub(net::HttpClient& http, StubSettings settings) {
  return std::make_unique<HttpStub>(http, std::move(settings));
}

std::unique_ptr<SellingPartnerStub> token_stub(std::unique_ptr<SellingPartnerStub> inner,
                                               AccessTokens& tokens) {
  return std::make_unique<TokenStub>(std::move(inner), tokens);
}

std::unique_ptr<SellingPartnerStub> rate_limit_stub(std::unique_ptr<SellingPartnerStub> inner,
                                                    RateLimiter& limiter, std::string application,
                                                    std::string account) {
  return std::make_unique<RateLimitStub>(std::move(inner), limiter, std::move(application),
                                         std::move(account));
}

std::unique_ptr<SellingPartnerStub> counting_stub(std::unique_ptr<SellingPartnerStub> inner,
                                                  CallCounts& counts) {
  return std::make_unique<CountingStub>(std::move(inner), counts);
}

}  // namespace mlc::amazon
