// Login with Amazon: gives out access tokens and knows whose they are.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "net/http_message.h"
#include "simulators/amazon/accounts.h"

namespace mlc::simulators::amazon {

// Not thread-safe: the simulator asks one request at a time.
class LoginEndpoint {
 public:
  // `accounts` must outlive it.
  explicit LoginEndpoint(const std::vector<SimulatedAccount>& accounts) : accounts_(accounts) {}

  // POST /auth/o2/token with a form (RFC 6749 section 6).
  [[nodiscard]] net::HttpResponse token(const net::HttpRequest& request, Instant now);

  // What a token of the API is good for at `now`.
  enum class Standing { kMissing, kUnknown, kExpired, kGood };
  struct Found {
    Standing standing = Standing::kMissing;
    const SimulatedAccount* account = nullptr;  // only with kGood
  };
  [[nodiscard]] Found find(std::string_view token, Instant now) const;

  // Every token given out so far counts as expired from now on.
  void expire_all();
  // The seller takes the authorisation back.
  void revoke(const std::string& refresh_token) { revoked_.insert(refresh_token); }
  [[nodiscard]] std::uint64_t tokens_given() const { return given_; }

 private:
  struct Given {
    const SimulatedAccount* account = nullptr;
    Instant expires;
  };
  const std::vector<SimulatedAccount>& accounts_;
  std::map<std::string, Given, std::less<>> tokens_;
  std::set<std::string, std::less<>> revoked_;
  std::uint64_t given_ = 0;
};

}  // namespace mlc::simulators::amazon
