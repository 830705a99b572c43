// What a rule set must keep to. Used by the rule book only. Pure; thread-safe.
#pragma once

#include "base/result.h"
#include "ledger/rules.h"

namespace mlc::ledger {

// One version in compared form. Errors: as RuleBook::make, but for overlapping versions.
[[nodiscard]] Status check(const RuleSet& rules);

}  // namespace mlc::ledger
