// What rule sets must keep to. Used by the rule book and by `rules check`. Pure; thread-safe.
#pragma once

#include <vector>

#include "base/result.h"
#include "ledger/rules.h"

namespace mlc::ledger {

// Patterns and marketplaces of cost centres as they are compared.
[[nodiscard]] RuleSet in_compared_form(RuleSet rules);

// Everything that is wrong with the versions of a rule set, in compared form; empty when they can
// be used together. Errors: those of RuleBook::make.
[[nodiscard]] std::vector<Error> problems_of(const std::vector<RuleSet>& versions);

}  // namespace mlc::ledger
