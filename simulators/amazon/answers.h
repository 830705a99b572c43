// Answers as Amazon words them.
#pragma once

#include <string>
#include <string_view>

#include "net/http_message.h"

namespace mlc::simulators::amazon {

[[nodiscard]] net::HttpResponse json_answer(int status, std::string body);
// {"errors": [{code, message, details}]}, as in the ErrorList of Amazon's models.
[[nodiscard]] net::HttpResponse error_answer(int status, std::string_view code,
                                             std::string_view message,
                                             std::string_view details = "");
[[nodiscard]] net::HttpResponse invalid_input(std::string_view message,
                                              std::string_view details = "");
[[nodiscard]] net::HttpResponse not_found(std::string_view message);
// 403 in the words Amazon uses for every denial; `details` tells an expired token from the rest.
[[nodiscard]] net::HttpResponse access_denied(std::string_view details);
// The XML of Amazon's document storage.
[[nodiscard]] net::HttpResponse storage_error(int status, std::string_view code,
                                              std::string_view message);

}  // namespace mlc::simulators::amazon
