#include "amazon/selling_partner_connection.h"

#include "amazon/denial.h"
#include "amazon/error_classification.h"
#include "amazon/errors.h"
#include "amazon/notices.h"
#include "net/http_date.h"

namespace mlc::amazon {
namespace {

std::string address_of(const ConnectionSettings& settings, Region region) {
  if (settings.endpoint.empty()) return endpoint(region);
  if (region == settings.region) return settings.endpoint;
  const auto known = settings.other_endpoints.find(region);
  return known == settings.other_endpoints.end() ? "" : known->second;
}

struct Parts {
  net::HttpClient& http;
  AccessTokens& tokens;
  RateLimiter& limiter;
};

std::unique_ptr<SellingPartnerStub> stub_of(const Parts& parts, const ConnectionSettings& settings,
                                            Region region) {
  auto stub =
      http_stub(parts.http, {address_of(settings, region), settings.user_agent, settings.limits});
  stub = token_stub(std::move(stub), parts.tokens);
  // One seller may sell in several regions: each has a quota of its own.
  stub = rate_limit_stub(std::move(stub), parts.limiter, settings.application,
                         settings.account + "." + std::string(to_word(region)));
  return settings.counts == nullptr ? std::move(stub)
                                    : counting_stub(std::move(stub), *settings.counts);
}

RegionStubs other_stubs(const Parts& parts, const ConnectionSettings& settings) {
  RegionStubs out;
  for (const Region region : {Region::kNorthAmerica, Region::kEurope, Region::kFarEast}) {
    if (region == settings.region || address_of(settings, region).empty()) continue;
    out.emplace(region, stub_of(parts, settings, region));
  }
  return out;
}

class Connection final : public SellingPartnerConnection {
 public:
  Connection(const Parts& parts, const runtime::Clock& clock, const ConnectionSettings& settings)
      : stub_(stub_of(parts, settings, settings.region)),
        tokens_(parts.tokens),
        clock_(clock),
        region_(settings.region),
        host_(host_of(address_of(settings, settings.region))),
        denials_(*stub_, settings.region, other_stubs(parts, settings), clock) {}

  Result<ApiAnswer> call(const ApiCall& call) override {
    MLC_TRY(ApiAnswer answer, stub_->call(call));
    if (means_useless_token(answer)) {
      tokens_.reject(answer.token);
      if (row_of(call.operation).repeatable == Repeatable::kYes) {
        MLC_TRY(answer, stub_->call(call));
      }
    }
    const Duration ahead = clock_ahead(answer);
    note_clock(ahead);
    const bool good = answer.status >= 200 && answer.status < 300;
    if (good && !is_web_page(answer.content_type, answer.body)) return answer;
    Error error = classify(call, answer, {to_word(region_), host_, ahead});
    if (error.is(kAccessDenied)) return failure(denials_.explain(error, call.operation));
    return failure(std::move(error));
  }

  std::vector<Error> notices() const override {
    std::vector<Error> out = tokens_.notices();
    for (Error& notice : notices_.all()) out.push_back(std::move(notice));
    return out;
  }

 private:
  static std::string host_of(const std::string& address) {
    const auto url = net::parse_url(address);
    return url ? url->host : address;
  }

  // Our clock less Amazon's; zero when the answer does not say.
  Duration clock_ahead(const ApiAnswer& answer) const {
    const auto theirs = net::parse_http_date(answer.date);
    return theirs ? clock_.now() - *theirs : Duration::zero();
  }

  void note_clock(Duration ahead) {
    if (std::chrono::abs(ahead) <= kClockTolerance) {
      notices_.clear(kClockDiffers);
    } else {
      notices_.put(Error(kClockDiffers, clock_facts(ahead)));
    }
  }

  std::unique_ptr<SellingPartnerStub> stub_;
  AccessTokens& tokens_;
  const runtime::Clock& clock_;
  const Region region_;
  const std::string host_;
  Notices notices_;
  DenialFinder denials_;
};

}  // namespace

std::unique_ptr<SellingPartnerConnection> selling_partner_connection(net::HttpClient& http,
                                                                     AccessTokens& tokens,
                                                                     RateLimiter& limiter,
                                                                     const runtime::Clock& clock,
                                                                     ConnectionSettings settings) {
  return std::make_unique<Connection>(Parts{http, tokens, limiter}, clock, settings);
}

}  // namespace mlc::amazon
