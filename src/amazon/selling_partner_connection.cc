#include "amazon/selling_partner_connection.h"

#include "amazon/error_classification.h"

namespace mlc::amazon {
namespace {

class Connection final : public SellingPartnerConnection {
 public:
  Connection(std::unique_ptr<SellingPartnerStub> stub, AccessTokens& tokens, Region region)
      : stub_(std::move(stub)), tokens_(tokens), region_(region) {}

  Result<ApiAnswer> call(const ApiCall& call) override {
    MLC_TRY(ApiAnswer answer, stub_->call(call));
    if (means_expired_token(answer)) {
      tokens_.reject(answer.token);
      if (row_of(call.operation).repeatable == Repeatable::kYes) {
        MLC_TRY(answer, stub_->call(call));
      }
    }
    if (answer.status >= 200 && answer.status < 300) return answer;
    return failure(classify(call, answer, to_word(region_)));
  }

 private:
  std::unique_ptr<SellingPartnerStub> stub_;
  AccessTokens& tokens_;
  const Region region_;
};

}  // namespace

std::unique_ptr<SellingPartnerConnection> selling_partner_connection(net::HttpClient& http,
                                                                     AccessTokens& tokens,
                                                                     RateLimiter& limiter,
                                                                     ConnectionSettings settings) {
  const Region region = settings.region;
  std::string address = settings.endpoint.empty() ? endpoint(region) : settings.endpoint;
  auto stub = http_stub(http, {std::move(address), settings.user_agent, settings.limits});
  stub = token_stub(std::move(stub), tokens);
  // One seller may sell in several regions: each has a quota of its own.
  stub = rate_limit_stub(std::move(stub), limiter, settings.application,
                         settings.account + "." + std::string(to_word(region)));
  return std::make_unique<Connection>(std::move(stub), tokens, region);
}

}  // namespace mlc::amazon
