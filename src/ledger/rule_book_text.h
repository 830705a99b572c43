// The canonical text of a rule book (docs/formats/rule-book.md): what the store keeps of the rules
// that a settlement was classified with, so that it stays explained when the rule files change.
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/rules.h"

namespace mlc::ledger {

// What the rules were bound to, as far as they look at it.
struct RuleBinding {
  std::string seller;         // selling account
  std::string groups_digest;  // of the mapping of SKUs
};

// Versions in compared form, in the order of the book: same rules, same bytes. Used by RuleBook.
[[nodiscard]] std::string write_rule_sets(const std::vector<RuleSet>& versions,
                                          const RuleBinding& binding);

// The rule book whose text this is. Errors: ledger.bad_rule_book when the text does not hash to
// `digest`, is cut, or is not what the writer would write; those of RuleBook::make.
[[nodiscard]] Result<RuleBook> read_rule_book(std::string_view text, const std::string& digest);

}  // namespace mlc::ledger
