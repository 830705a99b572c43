// A missing rule as a person would write it into the rule file.
#pragma once

#include <string>

#include "ledger/rules.h"

namespace mlc::operations {

// "Order / ItemFees / New fee on amazon.com".
[[nodiscard]] std::string class_text(const ledger::RowClass& row_class);
struct RuleSuggestion {
  std::string text;     // a [[rule]] for exactly this class (docs/formats/rules.md)
  std::string nearest;  // id of the rule it is like; empty: none is near
  std::string shared;   // what both have in common, "amount_type, transaction_type"
};

// Decides what the rule nearest to the class decides, as a remark in the text says, which can be
// pasted into the rule file as it is. Where no rule is near, or `rules` is null, the account is
// left to fill in. Nothing is applied by itself. Pure.
[[nodiscard]] RuleSuggestion rule_to_type(const ledger::RowClass& row_class,
                                          const ledger::RuleSet* rules);

}  // namespace mlc::operations
