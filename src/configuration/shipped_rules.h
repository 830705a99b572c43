// The rule set that comes with the program: rules/us-sample.toml, built in, so that a program that
// is installed elsewhere has it.
#pragma once

#include <string_view>

namespace mlc::configuration {

[[nodiscard]] std::string_view shipped_rules();
inline constexpr std::string_view kShippedRulesName = "rules/us-sample.toml";

}  // namespace mlc::configuration
