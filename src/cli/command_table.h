// The commands and what each takes, in the order of the help. Private to this module.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/command_line.h"

namespace CLI {  // NOLINT(readability-identifier-naming): that of CLI11
class App;
}

namespace mlc::cli {

struct Command {
  std::string name;  // "audit verify" is `verify` below `audit`
  std::string words;
  std::string example;
  std::function<void(CLI::App&, CommandLine&)> add;
};

[[nodiscard]] std::vector<Command> command_table();

}  // namespace mlc::cli
