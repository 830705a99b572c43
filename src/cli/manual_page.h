// The manual page of ml-connector, from the commands themselves.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"

namespace mlc::cli {

// In roff with the macros of man(7), section 1. `version` is the program's. Pure.
[[nodiscard]] std::string manual_page(const std::vector<CommandDoc>& commands,
                                      const std::string& version);

}  // namespace mlc::cli
