// Dates of HTTP headers: "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7, IMF-fixdate).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mlc::net {

// Whole seconds; a fraction is cut. Pure.
[[nodiscard]] std::string format_http_date(Instant instant);
// Nothing when the text is anything else, also the two obsolete forms. The day of the week is not
// compared with the date. Pure.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace mlc::net
