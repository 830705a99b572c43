// From an answer that is no success to one of our named errors.
#pragma once

#include <string_view>

#include "amazon/selling_partner_stub.h"

namespace mlc::amazon {

// The first entry of Amazon's `errors` list; empty fields where the body has none.
struct AmazonError {
  std::string code;
  std::string message;
  std::string details;
};
[[nodiscard]] AmazonError read_error(std::string_view body);

// Whether the token is to be renewed and the call made once more: 401, or 403 whose words say that
// the access token (or the secret it was given for) has expired, or that it is revoked, malformed
// or invalid. Every other 403 is a missing role or the wrong region.
[[nodiscard]] bool means_useless_token(const ApiAnswer& answer);

// Whether an answer is a page for people: Content-Type text/html, or a body that begins with `<`.
// Amazon's API never sends one; proxies and log-in pages of networks do.
[[nodiscard]] bool is_web_page(std::string_view content_type, std::string_view body);

// What is known besides the answer.
struct Circumstances {
  std::string_view region;  // "na", "eu", "fe"
  std::string_view host;    // that was asked
  Duration clock_ahead{};   // our clock less Amazon's; beyond kClockTolerance it matters
};

// Amazon's signatures and ours never depended on less.
inline constexpr Duration kClockTolerance{5 * 60'000};
// "5" and "ahead of" or "behind" for a difference of clocks, for errors.
[[nodiscard]] std::vector<Fact> clock_facts(Duration clock_ahead);

// What to do about a status outside 2xx, the first row that fits:
//   5xx                                    amazon.unavailable         later, answer.wait
//   a web page                             amazon.web_page            later
//   429 for an hour and longer             amazon.quota_exhausted     later, answer.wait
//   429                                    amazon.quota_exceeded      later, answer.wait
//   401, 403: the secret has expired       amazon.secret_expired      a person
//   400, 401, 403 and the clock is wrong   amazon.clock_wrong         a person
//   401, 403 for a useless token           amazon.token_expired       a person
//   403                                    amazon.access_denied       a person (see denial.h)
//   400, 404 of getReportDocument          amazon.document_gone       a person
//   404                                    amazon.not_found           a person
//   400 of a call with only a page token   amazon.page_token_refused  later, from the first page
//   400                                    amazon.invalid_input       a person
//   any other                              amazon.refused             a person
[[nodiscard]] Error classify(const ApiCall& call, const ApiAnswer& answer,
                             const Circumstances& known);

}  // namespace mlc::amazon
