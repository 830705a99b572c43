// The middle floor: what our side decides about calls of one selling account in one region.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "amazon/login_with_amazon.h"
#include "amazon/rate_limiter.h"
#include "amazon/region.h"
#include "amazon/selling_partner_stub.h"
#include "runtime/clock.h"

namespace mlc::amazon {

// Thread-safe. Never waits; asks a second time only when Amazon called the token useless. After a
// denial it may ask for the seller's marketplaces, here and in other regions (denial.h).
class SellingPartnerConnection {
 public:
  virtual ~SellingPartnerConnection() = default;
  // A 2xx answer. Errors: those of error_classification.h and denial.h, AccessTokens,
  // amazon.quota_wait, net.
  [[nodiscard]] virtual Result<ApiAnswer> call(const ApiCall& call) = 0;
  // What a person should know although calls succeed: notices of the login, and
  // amazon.clock_differs. As of the last answers.
  [[nodiscard]] virtual std::vector<Error> notices() const = 0;
};

struct ConnectionSettings {
  Region region = Region::kNorthAmerica;
  std::string endpoint;     // empty: the region's own; simulators have others
  std::string application;  // client id, for the quota
  std::string account;      // selling account, for the quota
  std::string user_agent;
  net::Limits limits;
  CallCounts* counts = nullptr;  // told how every call ended; must outlive the connection
  // Where the other regions are when `endpoint` is given; those without an address are not asked.
  std::map<Region, std::string> other_endpoints;
};

// Puts the stubs together: quota, then token, then HTTP. What is passed by reference must outlive
// the connection.
[[nodiscard]] std::unique_ptr<SellingPartnerConnection> selling_partner_connection(
    net::HttpClient& http, AccessTokens& tokens, RateLimiter& limiter, const runtime::Clock& clock,
    ConnectionSettings settings);

}  // namespace mlc::amazon
