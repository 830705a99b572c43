// Rule files (docs/formats/rules.md): one TOML file per version of a rule set.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/rules.h"

namespace mlc::configuration {

// Of one file, lists taken apart: eight long lists would else stand for more than any machine
// holds.
inline constexpr std::size_t kMostRules = 20'000;

// One version from the text of a file. `file` names it in messages and in Rule::place. A rule with
// lists becomes one rule per combination, named `id/1`, `id/2`, ...; of all together there are at
// most kMostRules. Pure; thread-safe. Errors: configuration.bad_toml, .unknown_key, .missing_key,
// .bad_value, each with file, line, column, found and expected.
[[nodiscard]] Result<ledger::RuleSet> parse_rule_file(std::string_view text,
                                                      const std::string& file);

// All versions of a rule set. Reads the files at every call; thread-safe.
// Errors: configuration.unreadable, those of `parse_rule_file`, and those of RuleBook::make.
[[nodiscard]] Result<ledger::RuleBook> read_rule_files(
    const std::vector<std::filesystem::path>& files);

// The mapping of SKUs (docs/formats/material-groups.md). Errors: configuration.unreadable,
// ledger.bad_material_groups.
[[nodiscard]] Result<ledger::MaterialGroups> read_material_groups(
    const std::filesystem::path& file);

// What `rules check` says of a file. Of an unreadable one only the name is known.
struct CheckedRuleFile {
  std::string file;
  std::string name;  // of the rule set
  std::string version;
  std::optional<Date> valid_from;
  std::size_t rules = 0;  // a list counts as several; those with a problem of their own do not
};

struct RuleCheck {
  std::vector<CheckedRuleFile> files;
  // Each with the facts file, line and column where it has a place; the same problem of several
  // rules of one section once.
  std::vector<Error> problems;
};

// Everything that is wrong with the files of one rule set, alone and together, instead of the first
// thing only. Reads the files at every call; thread-safe. Problems: as `read_rule_files`.
[[nodiscard]] RuleCheck check_rule_files(const std::vector<std::filesystem::path>& files);

}  // namespace mlc::configuration
