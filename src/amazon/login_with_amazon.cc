#include "amazon/login_with_amazon.h"

#include <array>
#include <simdjson.h>

#include "amazon/error_classification.h"
#include "amazon/errors.h"
#include "amazon/safe_text.h"
#include "net/url.h"

namespace mlc::amazon {
namespace {

constexpr Duration kRenewBefore{60'000};
constexpr Duration kPauseAfterRefusal{5 * 60'000};
constexpr Duration kPauseAfterFault{30'000};
constexpr std::int64_t kLongestLife = 24 * 3600;

struct CodeRow {
  std::string_view code;
  const ErrorKind* kind;
};
constexpr std::array kCodes{
    CodeRow{"invalid_client", &kInvalidClient},
    CodeRow{"invalid_grant", &kInvalidGrant},
    CodeRow{"unauthorized_client", &kUnauthorizedClient},
    CodeRow{"server_error", &kLoginUnavailable},
    CodeRow{"temporarily_unavailable", &kLoginUnavailable},
};

const ErrorKind& kind_of(std::string_view code, std::string_view description, int status) {
  if (code == "invalid_client" && description.find("expired") != std::string_view::npos) {
    return kSecretExpired;
  }
  for (const CodeRow& row : kCodes) {
    if (row.code == code) return *row.kind;
  }
  return status >= 500 || status == 429 ? kLoginUnavailable : kLoginRefused;
}

std::string text_field(simdjson::dom::element root, std::string_view name) {
  std::string_view text;
  if (root[name].get(text) != simdjson::SUCCESS) return "";
  return std::string(text);
}

Error unavailable(std::string message) {
  return Error(kLoginUnavailable, {{"message", std::move(message)}}).with_wait(kPauseAfterFault);
}

Error refusal(int status, const std::string& code, const std::string& description) {
  const ErrorKind& kind = kind_of(code, description, status);
  Error error(kind, {{"message", description.empty() ? code : description},
                     {"code", code},
                     {"status", std::to_string(status)}});
  return kind.again == Again::kLater ? error.with_wait(kPauseAfterFault) : error;
}

net::HttpRequest token_request(const LoginSettings& settings, const Secret& client_secret) {
  net::HttpRequest request;
  request.method = "POST";
  request.url = settings.address;
  request.headers = {{"content-type", "application/x-www-form-urlencoded;charset=UTF-8"},
                     {"accept", "application/json"},
                     {"user-agent", settings.user_agent}};
  request.body =
      net::encode_parameters({{"grant_type", "refresh_token"},
                              {"refresh_token", std::string(settings.refresh_token.reveal())},
                              {"client_id", settings.client_id},
                              {"client_secret", std::string(client_secret.reveal())}});
  request.limits.body_bytes = 64UL * 1024;
  return request;
}

}  // namespace

LoginWithAmazon::LoginWithAmazon(net::HttpClient& http, const runtime::Clock& clock,
                                 LoginSettings settings)
    : http_(http), clock_(clock), settings_(std::move(settings)) {}

bool LoginWithAmazon::fresh(Instant now) const {
  return held_ && now < held_->expires - kRenewBefore;
}

Result<Secret> LoginWithAmazon::token() {
  std::unique_lock lock(mutex_);
  const Instant now = clock_.now();
  if (fresh(now)) return held_->token;
  if (last_failure_ && last_failure_->again() == Again::kNo && now < refused_until_) {
    return failure(*last_failure_);
  }
  if (asking_) {
    // Somebody asks already: their answer is ours, good or bad.
    const std::uint64_t round = rounds_;
    done_.wait(lock, [&] { return rounds_ != round; });
    if (held_ && now < held_->expires) return held_->token;
    return failure(last_failure_.value_or(unavailable("no token")));
  }
  asking_ = true;
  lock.unlock();
  auto renewed = refresh(now);
  lock.lock();
  auto result = after_refresh(std::move(renewed), now);
  asking_ = false;
  ++rounds_;
  done_.notify_all();
  return result;
}

Result<Secret> LoginWithAmazon::after_refresh(Result<Held> renewed, Instant asked) {
  if (renewed) {
    held_ = std::move(*renewed);
    last_failure_.reset();
    return held_->token;
  }
  last_failure_ = renewed.error();
  if (last_failure_->again() == Again::kNo) {
    refused_until_ = asked + kPauseAfterRefusal;
    held_.reset();
  } else if (held_ && asked < held_->expires) {
    return held_->token;
  }
  return failure(*last_failure_);
}

void LoginWithAmazon::reject(const Secret& used) {
  const std::lock_guard lock(mutex_);
  if (held_ && held_->token.reveal() == used.reveal()) held_.reset();
}

Result<LoginWithAmazon::Held> LoginWithAmazon::refresh(Instant asked) {
  std::optional<Error> first_refusal;
  for (std::size_t i = 0; i < settings_.client_secrets.size(); ++i) {
    auto renewed = ask(settings_.client_secrets[i], asked);
    if (renewed && i > 0) {
      notices_.put(Error(kOldSecretInUse, {{"number", std::to_string(i + 1)}}));
    }
    if (renewed && i == 0) notices_.clear(kOldSecretInUse);
    const bool refused =
        !renewed && (renewed.error().is(kInvalidClient) || renewed.error().is(kSecretExpired));
    if (!refused) return renewed;
    if (!first_refusal) first_refusal = renewed.error();
  }
  return failure(first_refusal.value_or(Error(kInvalidClient, {{"message", "no secret is set"}})));
}

std::string LoginWithAmazon::safe(std::string_view text) const {
  std::vector<std::string_view> secrets{settings_.refresh_token.reveal()};
  for (const Secret& secret : settings_.client_secrets) secrets.push_back(secret.reveal());
  return safe_text(text, secrets);
}

Result<LoginWithAmazon::Held> LoginWithAmazon::ask(const Secret& client_secret, Instant asked) {
  const auto response = http_.send(token_request(settings_, client_secret));
  if (!response) {
    // A setting or certificate that only a person can correct keeps its own name.
    if (response.error().again() == Again::kNo) return failure(response.error());
    return failure(unavailable(response.error().text()).caused_by(response.error()));
  }
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const bool readable = parser.parse(response->body).get(root) == simdjson::SUCCESS;
  const auto type = net::header_value(response->headers, "content-type");
  if (response->status < 500 && is_web_page(type, response->body)) {
    const auto url = net::parse_url(settings_.address);
    return failure(Error(kWebPage, {{"operation", "the login"},
                                    {"status", std::to_string(response->status)},
                                    {"host", url ? url->host : ""}})
                       .with_wait(kPauseAfterFault));
  }
  if (!response->ok()) {
    const auto field = [&](const char* name) {
      return safe(readable ? text_field(root, name) : "");
    };
    return failure(refusal(response->status, field("error"), field("error_description")));
  }
  Held held;
  std::int64_t life = 0;
  if (readable) held.token = Secret(text_field(root, "access_token"));
  if (!readable || root["expires_in"].get(life) != simdjson::SUCCESS || held.token.empty() ||
      life <= 0 || life > kLongestLife) {
    return failure(unavailable("the answer holds no token with a life"));
  }
  held.expires = asked + std::chrono::seconds(life);
  return held;
}

}  // namespace mlc::amazon
