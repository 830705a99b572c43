// A missing rule as a person would write it into the rule file.
#pragma once

#include <string>

#include "ledger/rules.h"

namespace mlc::operations {

// "Order / ItemFees / New fee on amazon.com".
[[nodiscard]] std::string class_text(const ledger::RowClass& row_class);
// A [[rule]] for exactly this class, with the account left to fill in (docs/formats/rules.md).
// Where rules of `rules` for its amount type take their cost centre from the marketplace, it does,
// too; null: no rules are known.
[[nodiscard]] std::string rule_to_type(const ledger::RowClass& row_class,
                                       const ledger::RuleSet* rules);

}  // namespace mlc::operations
