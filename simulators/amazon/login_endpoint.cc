#include "simulators/amazon/login_endpoint.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "net/url.h"
#include "simulators/amazon/answers.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::chrono::seconds kTokenLife{3600};

net::HttpResponse refuse(int status, const char* code, const char* description) {
  const nlohmann::ordered_json body = {{"error_description", description}, {"error", code}};
  return json_answer(status, body.dump());
}

std::string value_of(const net::Parameters& form, std::string_view name) {
  const auto found =
      std::ranges::find_if(form, [name](const auto& field) { return field.first == name; });
  return found == form.end() ? "" : found->second;
}

}  // namespace

net::HttpResponse LoginEndpoint::token(const net::HttpRequest& request, Instant now) {
  if (request.method != "POST") return refuse(405, "invalid_request", "Use POST");
  const auto type = net::header_value(request.headers, "content-type");
  const auto form = net::decode_parameters(request.body);
  if (!type.starts_with("application/x-www-form-urlencoded") || !form) {
    return refuse(400, "invalid_request", "The request body is not a form");
  }
  const std::string client_id = value_of(*form, "client_id");
  const std::string refresh_token = value_of(*form, "refresh_token");
  if (value_of(*form, "grant_type") != "refresh_token") {
    return refuse(400, "unsupported_grant_type", "The grant type is not supported");
  }
  if (refresh_token.empty()) return refuse(400, "invalid_request", "refresh_token is missing");
  const auto client = std::ranges::find_if(accounts_, [&](const SimulatedAccount& account) {
    return account.client_id == client_id &&
           account.client_secret == value_of(*form, "client_secret");
  });
  if (client == accounts_.end())
    return refuse(401, "invalid_client", "Client authentication failed");
  const auto account = std::ranges::find_if(accounts_, [&](const SimulatedAccount& candidate) {
    return candidate.client_id == client_id && candidate.refresh_token == refresh_token;
  });
  if (account == accounts_.end() || revoked_.contains(refresh_token)) {
    return refuse(400, "invalid_grant",
                  "The request has an invalid grant parameter : refresh_token");
  }
  const std::string access_token =
      "Atza|" + to_hex(sha256(refresh_token + std::to_string(++given_)));
  tokens_[access_token] = {&*account, now + kTokenLife};
  const nlohmann::ordered_json body = {{"access_token", access_token},
                                       {"refresh_token", refresh_token},
                                       {"token_type", "bearer"},
                                       {"expires_in", kTokenLife.count()}};
  return json_answer(200, body.dump());
}

LoginEndpoint::Found LoginEndpoint::find(std::string_view token, Instant now) const {
  if (token.empty()) return {Standing::kMissing, nullptr};
  const auto found = tokens_.find(token);
  if (found == tokens_.end()) return {Standing::kUnknown, nullptr};
  if (now >= found->second.expires) return {Standing::kExpired, nullptr};
  return {Standing::kGood, found->second.account};
}

void LoginEndpoint::expire_all() {
  for (auto& [token, given] : tokens_) given.expires = Instant::min();
}

}  // namespace mlc::simulators::amazon
