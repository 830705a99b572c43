// Scripts that let shells complete the commands and options of ml-connector.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"

namespace mlc::cli {

// Nothing outside the shell itself is needed. Words that are no option are completed as files.
// Pure.
[[nodiscard]] std::string bash_completion(const std::vector<CommandDoc>& commands);
[[nodiscard]] std::string zsh_completion(const std::vector<CommandDoc>& commands);
[[nodiscard]] std::string fish_completion(const std::vector<CommandDoc>& commands);

}  // namespace mlc::cli
