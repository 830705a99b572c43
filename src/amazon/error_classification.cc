#include "amazon/error_classification.h"

#include <simdjson.h>

#include "amazon/errors.h"
#include "amazon/safe_text.h"

namespace mlc::amazon {
namespace {

std::string text_field(simdjson::dom::element object, std::string_view name) {
  std::string_view text;
  if (object[name].get(text) != simdjson::SUCCESS) return "";
  return std::string(text);
}

bool only_page_token(const ApiCall& call) {
  return call.query.size() == 1 && call.query.front().first == "nextToken";
}

const ErrorKind& kind_of(const ApiCall& call, const ApiAnswer& answer) {
  if (means_expired_token(answer)) return kTokenExpired;
  if (answer.status >= 500) return kUnavailable;
  switch (answer.status) {
    case 400: return only_page_token(call) ? kPageTokenRefused : kInvalidInput;
    case 403: return kAccessDenied;
    case 404: return kNotFound;
    case 429: return kQuotaExceeded;
    default: return kRefused;
  }
}

}  // namespace

AmazonError read_error(std::string_view body) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  simdjson::dom::element first;
  if (parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS) return {};
  if (root["errors"].at(0).get(first) != simdjson::SUCCESS) return {};
  return {text_field(first, "code"), text_field(first, "message"), text_field(first, "details")};
}

bool means_expired_token(const ApiAnswer& answer) {
  if (answer.status == 401) return true;
  if (answer.status != 403) return false;
  const AmazonError error = read_error(answer.body);
  const std::string words = error.message + " " + error.details;
  return words.find("token") != std::string::npos && words.find("expired") != std::string::npos;
}

Error classify(const ApiCall& call, const ApiAnswer& answer, std::string_view region) {
  const AmazonError found = read_error(answer.body);
  const auto safe = [&](std::string_view text) { return safe_text(text, {answer.token.reveal()}); };
  const std::string words =
      found.details.empty() ? found.message : found.message + " " + found.details;
  const ErrorKind& kind = kind_of(call, answer);
  Error error(kind, {{"operation", std::string(row_of(call.operation).name)},
                     {"status", std::to_string(answer.status)},
                     {"code", found.code.empty() ? "no code" : safe(found.code)},
                     {"message", words.empty() ? "no reason given" : safe(words)},
                     {"request_id", safe(answer.request_id)},
                     {"region", std::string(region)}});
  if (kind.id == kPageTokenRefused.id) return error.with_wait(Duration::zero());
  return answer.wait ? error.with_wait(*answer.wait) : error;
}

}  // namespace mlc::amazon
