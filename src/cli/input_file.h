// A file that a person named, opened for reading.
#pragma once

#include <fstream>
#include <string>

#include "base/result.h"

namespace mlc::cli {

// Binary, at its beginning. Errors: cli.unreadable_file (a folder, no rights, not there).
[[nodiscard]] Result<std::ifstream> open_input(const std::string& file);

}  // namespace mlc::cli
