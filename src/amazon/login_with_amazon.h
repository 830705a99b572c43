// Access tokens of Login with Amazon (LWA) for one seller's authorisation.
// Source: SP-API documentation, "Connecting to the Selling Partner API"; RFC 6749.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "amazon/notices.h"
#include "amazon/region.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "net/http_client.h"
#include "runtime/clock.h"

namespace mlc::amazon {

// Gives a token that Amazon should accept now. Thread-safe.
class AccessTokens {
 public:
  virtual ~AccessTokens() = default;
  // Errors: amazon.invalid_client, amazon.secret_expired, amazon.invalid_grant,
  // amazon.unauthorized_client, amazon.login_refused (a person must act),
  // amazon.login_unavailable, amazon.web_page (later).
  [[nodiscard]] virtual Result<Secret> token() = 0;
  // Amazon called `used` expired: it is not given out again.
  virtual void reject(const Secret& used) = 0;
  // What a person should know although tokens are given, as of the last one.
  [[nodiscard]] virtual std::vector<Error> notices() const { return {}; }
};

struct LoginSettings {
  std::string client_id;
  // The newest first; each is tried when the one before is refused, because for some time after a
  // rotation Amazon accepts both and some of its servers only the older one. At least one.
  std::vector<Secret> client_secrets;
  Secret refresh_token;
  std::string address{kLoginAddress};
  std::string user_agent;
};

// However many callers wait, one request is under way. A token is renewed 60 s before its end; if
// that fails for a passing reason the old one serves until its end. After a refusal that only a
// person can cure nothing is asked for five minutes. Notices: amazon.old_secret_in_use while
// another than the first secret is what Amazon accepts. Thread-safe.
class LoginWithAmazon final : public AccessTokens {
 public:
  // `http` and `clock` must outlive it.
  LoginWithAmazon(net::HttpClient& http, const runtime::Clock& clock, LoginSettings settings);

  Result<Secret> token() override;
  void reject(const Secret& used) override;
  [[nodiscard]] std::vector<Error> notices() const override { return notices_.all(); }

 private:
  struct Held {
    Secret token;
    Instant expires;
  };
  [[nodiscard]] bool fresh(Instant now) const;
  [[nodiscard]] Result<Secret> after_refresh(Result<Held> renewed, Instant asked);
  [[nodiscard]] Result<Held> refresh(Instant asked);
  [[nodiscard]] Result<Held> ask(const Secret& client_secret, Instant asked);
  [[nodiscard]] std::string safe(std::string_view text) const;

  net::HttpClient& http_;
  const runtime::Clock& clock_;
  const LoginSettings settings_;
  Notices notices_;
  std::mutex mutex_;
  std::condition_variable done_;
  bool asking_ = false;
  std::uint64_t rounds_ = 0;  // finished requests
  std::optional<Held> held_;
  std::optional<Error> last_failure_;  // of the last finished request
  Instant refused_until_;              // nothing is asked before
};

}  // namespace mlc::amazon
