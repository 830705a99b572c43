// The rule that is most like a class of rows which no rule knows: a help for whoever writes the
// missing one. Never used to post. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/rules.h"

namespace mlc::ledger {

struct NearestRule {
  const Rule* rule = nullptr;       // of the rule set that was asked
  std::vector<std::string> shared;  // "amount_type", "transaction_type", "a similar description"
};

// The rule that agrees with the class in most: amount type counts most, then the description (as
// far as its groups of three letters are the same), the transaction type, the sign, marketplace and
// fulfilment. Rules that exclude rows are no model, nor are those that agree in neither amount type
// nor transaction type nor most of the description. Of equals the first of the file.
[[nodiscard]] std::optional<NearestRule> nearest_rule(const RuleSet& rules,
                                                      const RowClass& row_class);

}  // namespace mlc::ledger
