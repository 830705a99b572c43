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

// Whether the token is to be renewed and the call made once more: 401, or 403 that says the token
// has expired. Every other 403 is a missing role or the wrong region.
[[nodiscard]] bool means_expired_token(const ApiAnswer& answer);

// What to do about a status outside 2xx, in the order of these rows:
//   401, 403 for an expired token          amazon.token_expired       a person
//   403                                    amazon.access_denied       a person
//   429                                    amazon.quota_exceeded      later, answer.wait
//   5xx                                    amazon.unavailable         later, answer.wait
//   404                                    amazon.not_found           a person
//   400 of a call with only a page token   amazon.page_token_refused  later, from the first page
//   400                                    amazon.invalid_input       a person
//   any other                              amazon.refused             a person
[[nodiscard]] Error classify(const ApiCall& call, const ApiAnswer& answer, std::string_view region);

}  // namespace mlc::amazon
