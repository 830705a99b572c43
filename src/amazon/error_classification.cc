#include "amazon/error_classification.h"

#include <algorithm>
#include <simdjson.h>

#include "amazon/errors.h"
#include "amazon/safe_text.h"

namespace mlc::amazon {
namespace {

constexpr std::chrono::hours kExhaustedAfter{1};

std::string text_field(simdjson::dom::element object, std::string_view name) {
  std::string_view text;
  if (object[name].get(text) != simdjson::SUCCESS) return "";
  return std::string(text);
}

bool only_page_token(const ApiCall& call) {
  return call.query.size() == 1 && call.query.front().first == "nextToken";
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// What a refusal says, for the few cases that have no code of their own.
std::string words_of(const AmazonError& error) {
  return lower(error.message + " " + error.details);
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// "The LWA secret token you provided has expired.", amzn/selling-partner-api-models#4489.
bool means_expired_secret(const ApiAnswer& answer) {
  if (answer.status != 401 && answer.status != 403) return false;
  const std::string words = words_of(read_error(answer.body));
  return has(words, "secret") && has(words, "expired");
}

bool is_wrong(Duration clock_ahead) {
  return clock_ahead > kClockTolerance || clock_ahead < -kClockTolerance;
}

const ErrorKind& kind_of_bad_request(const ApiCall& call) {
  if (only_page_token(call)) return kPageTokenRefused;
  return call.operation == Operation::kGetReportDocument ? kDocumentGone : kInvalidInput;
}

const ErrorKind& kind_of(const ApiCall& call, const ApiAnswer& answer, const Circumstances& known) {
  if (answer.status >= 500) return kUnavailable;
  if (is_web_page(answer.content_type, answer.body)) return kWebPage;
  if (means_expired_secret(answer)) return kSecretExpired;
  const bool may_be_time = answer.status == 400 || answer.status == 401 || answer.status == 403;
  if (may_be_time && is_wrong(known.clock_ahead)) return kClockWrong;
  if (means_useless_token(answer)) return kTokenExpired;
  switch (answer.status) {
    case 400: return kind_of_bad_request(call);
    case 403: return kAccessDenied;
    case 404: return call.operation == Operation::kGetReportDocument ? kDocumentGone : kNotFound;
    case 429: return answer.refused_for >= kExhaustedAfter ? kQuotaExhausted : kQuotaExceeded;
    default: return kRefused;
  }
}

std::string minutes_of(Duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(duration).count());
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

bool means_useless_token(const ApiAnswer& answer) {
  if (answer.status == 401) return true;
  if (answer.status != 403) return false;
  const std::string words = words_of(read_error(answer.body));
  return has(words, "token") && (has(words, "expired") || has(words, "revoked"));
}

bool is_web_page(std::string_view content_type, std::string_view body) {
  if (lower(std::string(content_type)).starts_with("text/html")) return true;
  const auto first = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && body[first] == '<';
}

std::vector<Fact> clock_facts(Duration clock_ahead) {
  return {{"minutes", minutes_of(std::chrono::abs(clock_ahead))},
          {"direction", clock_ahead > Duration::zero() ? "ahead of" : "behind"}};
}

Error classify(const ApiCall& call, const ApiAnswer& answer, const Circumstances& known) {
  const AmazonError found = read_error(answer.body);
  const auto safe = [&](std::string_view text) { return safe_text(text, {answer.token.reveal()}); };
  const std::string words =
      found.details.empty() ? found.message : found.message + " " + found.details;
  const ErrorKind& kind = kind_of(call, answer, known);
  std::vector<Fact> facts{{"operation", std::string(row_of(call.operation).name)},
                          {"status", std::to_string(answer.status)},
                          {"code", found.code.empty() ? "no code" : safe(found.code)},
                          {"message", words.empty() ? "no reason given" : safe(words)},
                          {"request_id", safe(answer.request_id)},
                          {"region", std::string(known.region)},
                          {"host", std::string(known.host)}};
  if (kind.id == kQuotaExhausted.id) facts.push_back({"minutes", minutes_of(answer.refused_for)});
  if (kind.id == kClockWrong.id)
    std::ranges::copy(clock_facts(known.clock_ahead), std::back_inserter(facts));
  Error error(kind, std::move(facts));
  if (kind.id == kPageTokenRefused.id) return error.with_wait(Duration::zero());
  return answer.wait ? error.with_wait(*answer.wait) : error;
}

}  // namespace mlc::amazon
