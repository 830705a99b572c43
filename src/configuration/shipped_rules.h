// The rule sets that come with the program, built in, so that a program that is installed elsewhere
// has them: rules/us-sample.toml for a United States company code, rules/de-sample.toml for a
// German one.
#pragma once

#include <string_view>

namespace mlc::configuration {

[[nodiscard]] std::string_view shipped_rules();
inline constexpr std::string_view kShippedRulesName = "rules/us-sample.toml";

[[nodiscard]] std::string_view shipped_german_rules();
inline constexpr std::string_view kShippedGermanRulesName = "rules/de-sample.toml";

}  // namespace mlc::configuration
