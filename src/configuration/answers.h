// A flat TOML file: one `key = value` a line, such as the answers that `init` is given.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mlc::configuration {

// Texts as they are, dates and whole numbers as written, lists of texts with ", " between. `file`
// names the text in messages. Pure. Errors: configuration.bad_toml, .bad_value (tables and other
// kinds).
[[nodiscard]] Result<std::map<std::string, std::string>> read_answers(std::string_view text,
                                                                      const std::string& file);

}  // namespace mlc::configuration
