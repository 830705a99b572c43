// What a settlement is to a company's books. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/rules.h"

namespace mlc::ledger {

enum class PostingModel {
  kSalesJournal,  // A: the settlement is the sales journal
  kClearing,      // B: SD bills the orders; the settlement clears what they owe
};
[[nodiscard]] std::string_view to_word(PostingModel model);  // "A", "B"
[[nodiscard]] std::optional<PostingModel> posting_model(std::string_view word);

// Rules that do not fit the model: under A those with {order_id}, because the settlement's own sums
// are posted; under B those that post sales, refunds or tax elsewhere than to the receivable of
// their order, because SD posted them already. Errors: ledger.rule_not_of_model, one per rule.
[[nodiscard]] std::vector<Error> problems_of(const RuleBook& rules, PostingModel model);

}  // namespace mlc::ledger
