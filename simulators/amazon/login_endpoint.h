// Login with Amazon: gives out access tokens and knows whose they are.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "net/http_message.h"
#include "net/url.h"
#include "simulators/amazon/accounts.h"

namespace mlc::simulators::amazon {

// Not thread-safe: the simulator asks one request at a time.
class LoginEndpoint {
 public:
  // `accounts` must outlive it.
  explicit LoginEndpoint(const std::vector<SimulatedAccount>& accounts) : accounts_(accounts) {}

  // POST /auth/o2/token with a form (RFC 6749 section 6) or the same as JSON, which Amazon's own
  // client sends. Grants: refresh_token; client_credentials with a scope, for tokens that serve no
  // selling account. `behind`: this server has not heard of a rotation yet and knows the secret
  // before it only.
  [[nodiscard]] net::HttpResponse token(const net::HttpRequest& request, Instant now, bool behind);

  // What a token of the API is good for at `now`.
  enum class Standing { kMissing, kUnknown, kExpired, kGrantless, kGood };
  struct Found {
    Standing standing = Standing::kMissing;
    const SimulatedAccount* account = nullptr;  // only with kGood
  };
  [[nodiscard]] Found find(std::string_view token, Instant now) const;

  // Every token given out so far counts as expired from now on.
  void expire_all();
  // The seller takes the authorisation back: also tokens given out for it are refused.
  void revoke(const std::string& refresh_token) { revoked_.insert(refresh_token); }
  // A new secret for the application; the one before is accepted until `old_until`.
  void rotate(const std::string& client_id, const std::string& secret, Instant old_until);
  [[nodiscard]] std::uint64_t tokens_given() const { return given_; }

 private:
  struct Given {
    const SimulatedAccount* account = nullptr;  // nullptr: grantless
    Instant expires;
  };
  struct Rotation {
    std::string secret;
    std::string old_secret;
    Instant old_until;
  };
  [[nodiscard]] bool knows(const std::string& client_id, const std::string& secret, Instant now,
                           bool behind) const;
  [[nodiscard]] net::HttpResponse for_seller(const net::Parameters& form, Instant now);
  [[nodiscard]] net::HttpResponse for_scope(const net::Parameters& form, Instant now);
  [[nodiscard]] std::string give(const SimulatedAccount* account, const std::string& reason,
                                 Instant now);

  const std::vector<SimulatedAccount>& accounts_;
  std::map<std::string, Given, std::less<>> tokens_;
  std::map<std::string, Rotation, std::less<>> rotations_;  // by client id
  std::set<std::string, std::less<>> revoked_;
  std::uint64_t given_ = 0;
};

}  // namespace mlc::simulators::amazon
