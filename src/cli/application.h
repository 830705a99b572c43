// The program without its process: arguments in, text and exit code out.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"

namespace mlc::cli {

// `arguments` without the program's name. Returns the exit code; errors are printed, as text on
// `err`, or with --json as an object on `out`.
[[nodiscard]] int run(const std::vector<std::string>& arguments, Surroundings& around);

}  // namespace mlc::cli
