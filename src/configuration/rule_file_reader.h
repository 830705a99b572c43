// The text of one rule file as a version of a rule set, with everything that is wrong with it.
// Private to this module. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "configuration/toml_value.h"
#include "ledger/rules.h"

namespace mlc::configuration {

// A file's rules, and the place of its version for what is wrong with it as a whole.
struct Inspected {
  std::string file;
  ledger::RuleSet rules;
  TomlPlace version;
};

// Nothing when the text is no TOML. Problems are added, each with file, line, column, found and
// expected; a rule with one of its own is left out.
[[nodiscard]] std::optional<Inspected> inspect(std::string_view text, const std::string& file,
                                               std::vector<Error>& problems);

}  // namespace mlc::configuration
