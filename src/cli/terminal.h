// A person at the terminal.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace mlc::cli {

// Reads one line that a person types; `hidden` does not show it. Nothing at the end of the input.
using ReadLine = std::function<std::optional<std::string>(bool hidden)>;

// From standard input, where that is a terminal; null elsewhere, since nobody can be asked there.
[[nodiscard]] ReadLine terminal_reader();

}  // namespace mlc::cli
