#include "simulators/amazon/login_endpoint.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "simulators/amazon/answers.h"
#include "simulators/amazon/parameters.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::chrono::seconds kTokenLife{3600};
constexpr std::array<std::string_view, 2> kScopes{"sellingpartnerapi::notifications",
                                                  "sellingpartnerapi::client_credential:rotation"};

net::HttpResponse refuse(int status, const char* code, const char* description) {
  const nlohmann::ordered_json body = {{"error_description", description}, {"error", code}};
  return json_answer(status, body.dump());
}

// The fields of the body, in either of its two forms.
std::optional<net::Parameters> fields_of(const net::HttpRequest& request) {
  const auto type = net::header_value(request.headers, "content-type");
  if (type.starts_with("application/x-www-form-urlencoded")) {
    return net::decode_parameters(request.body);
  }
  if (!type.starts_with("application/json")) return std::nullopt;
  const auto body = nlohmann::json::parse(request.body, nullptr, false);
  if (!body.is_object()) return std::nullopt;
  net::Parameters out;
  for (const auto& [name, value] : body.items()) {
    if (value.is_string()) out.emplace_back(name, value.get<std::string>());
  }
  return out;
}

std::string field(const net::Parameters& form, std::string_view name) {
  return value_of(form, name).value_or("");
}

}  // namespace

net::HttpResponse LoginEndpoint::token(const net::HttpRequest& request, Instant now, bool behind) {
  if (request.method != "POST") return refuse(405, "invalid_request", "Use POST");
  const auto form = fields_of(request);
  if (!form) return refuse(400, "invalid_request", "The request body is neither form nor JSON");
  const std::string grant = field(*form, "grant_type");
  if (grant != "refresh_token" && grant != "client_credentials") {
    return refuse(400, "unsupported_grant_type", "The grant type is not supported");
  }
  const bool for_a_seller = grant == "refresh_token";
  if (for_a_seller && field(*form, "refresh_token").empty()) {
    return refuse(400, "invalid_request", "refresh_token is missing");
  }
  if (!knows(field(*form, "client_id"), field(*form, "client_secret"), now, behind)) {
    return refuse(401, "invalid_client", "Client authentication failed");
  }
  return for_a_seller ? for_seller(*form, now) : for_scope(*form, now);
}

bool LoginEndpoint::knows(const std::string& client_id, const std::string& secret, Instant now,
                          bool behind) const {
  const auto rotated = rotations_.find(client_id);
  if (rotated != rotations_.end()) {
    const Rotation& rotation = rotated->second;
    const bool old_counts = behind || now < rotation.old_until;
    return (!behind && secret == rotation.secret) || (old_counts && secret == rotation.old_secret);
  }
  return std::ranges::any_of(accounts_, [&](const SimulatedAccount& account) {
    return account.client_id == client_id && account.client_secret == secret;
  });
}

net::HttpResponse LoginEndpoint::for_seller(const net::Parameters& form, Instant now) {
  const std::string refresh_token = field(form, "refresh_token");
  const auto account = std::ranges::find_if(accounts_, [&](const SimulatedAccount& candidate) {
    return candidate.client_id == field(form, "client_id") &&
           candidate.refresh_token == refresh_token;
  });
  if (account == accounts_.end() || revoked_.contains(refresh_token)) {
    return refuse(400, "invalid_grant",
                  "The request has an invalid grant parameter : refresh_token");
  }
  const nlohmann::ordered_json body = {{"access_token", give(&*account, refresh_token, now)},
                                       {"refresh_token", refresh_token},
                                       {"token_type", "bearer"},
                                       {"expires_in", kTokenLife.count()}};
  return json_answer(200, body.dump());
}

net::HttpResponse LoginEndpoint::for_scope(const net::Parameters& form, Instant now) {
  const std::string scope = field(form, "scope");
  if (std::ranges::find(kScopes, scope) == kScopes.end()) {
    return refuse(400, "invalid_scope", "The requested scope is invalid");
  }
  const nlohmann::ordered_json body = {{"access_token", give(nullptr, scope, now)},
                                       {"token_type", "bearer"},
                                       {"expires_in", kTokenLife.count()}};
  return json_answer(200, body.dump());
}

std::string LoginEndpoint::give(const SimulatedAccount* account, const std::string& reason,
                                Instant now) {
  std::string token = "Atza|" + to_hex(sha256(reason + std::to_string(++given_)));
  tokens_[token] = {account, now + kTokenLife};
  return token;
}

LoginEndpoint::Found LoginEndpoint::find(std::string_view token, Instant now) const {
  if (token.empty()) return {Standing::kMissing, nullptr};
  const auto found = tokens_.find(token);
  if (found == tokens_.end()) return {Standing::kUnknown, nullptr};
  if (now >= found->second.expires) return {Standing::kExpired, nullptr};
  const SimulatedAccount* account = found->second.account;
  if (account == nullptr) return {Standing::kGrantless, nullptr};
  if (revoked_.contains(account->refresh_token)) return {Standing::kUnknown, nullptr};
  return {Standing::kGood, account};
}

void LoginEndpoint::expire_all() {
  for (auto& [token, given] : tokens_) given.expires = Instant::min();
}

void LoginEndpoint::rotate(const std::string& client_id, const std::string& secret,
                           Instant old_until) {
  std::string old;
  if (const auto known = rotations_.find(client_id); known != rotations_.end()) {
    old = known->second.secret;
  } else {
    const auto account = std::ranges::find(accounts_, client_id, &SimulatedAccount::client_id);
    if (account != accounts_.end()) old = account->client_secret;
  }
  rotations_.insert_or_assign(client_id, Rotation{secret, old, old_until});
}

}  // namespace mlc::simulators::amazon
