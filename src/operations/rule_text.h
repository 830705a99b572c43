// A missing rule as a person would write it into the rule file.
#pragma once

#include <string>

#include "ledger/settlement.h"

namespace mlc::operations {

// "Order / ItemFees / New fee on amazon.com".
[[nodiscard]] std::string class_text(const ledger::RowClass& row_class);
// A [[rule]] for exactly this class, with the account left to fill in (docs/formats/rules.md).
[[nodiscard]] std::string rule_to_type(const ledger::RowClass& row_class);

}  // namespace mlc::operations
