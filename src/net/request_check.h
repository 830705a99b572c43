// What every client refuses before anything is sent.
#pragma once

#include "net/http_message.h"
#include "net/url.h"

namespace mlc::net {

// The parsed address. Errors: net.bad_url, net.not_secure, net.bad_header.
[[nodiscard]] Result<Url> check_request(const HttpRequest& request);

// An error of `kind` about this request, with the facts method and host; `written()` is `perhaps`
// when the request may have had an effect.
[[nodiscard]] Error transfer_error(const ErrorKind& kind, const HttpRequest& request,
                                   std::vector<Fact> facts = {});

}  // namespace mlc::net
