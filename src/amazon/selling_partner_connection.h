// The middle floor: what our side decides about calls of one selling account in one region.
#pragma once

#include <memory>
#include <string>

#include "amazon/login_with_amazon.h"
#include "amazon/rate_limiter.h"
#include "amazon/region.h"
#include "amazon/selling_partner_stub.h"

namespace mlc::amazon {

// Thread-safe. Never waits; asks a second time only when Amazon called the token expired.
class SellingPartnerConnection {
 public:
  virtual ~SellingPartnerConnection() = default;
  // A 2xx answer. Errors: those of error_classification.h, AccessTokens, amazon.quota_wait, net.
  [[nodiscard]] virtual Result<ApiAnswer> call(const ApiCall& call) = 0;
};

struct ConnectionSettings {
  Region region = Region::kNorthAmerica;
  std::string endpoint;     // empty: the region's own; simulators have others
  std::string application;  // client id, for the quota
  std::string account;      // selling account, for the quota
  std::string user_agent;
  net::Limits limits;
};

// Puts the stubs together: quota, then token, then HTTP. What is passed by reference must outlive
// the connection.
[[nodiscard]] std::unique_ptr<SellingPartnerConnection> selling_partner_connection(
    net::HttpClient& http, AccessTokens& tokens, RateLimiter& limiter, ConnectionSettings settings);

}  // namespace mlc::amazon
