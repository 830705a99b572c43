// Differences between a planned and a found document in words.
#pragma once

#include <string>
#include <vector>

#include "ledger/posted_document.h"

namespace mlc::ledger {

// "amount on account 0000476700 is 0.00, planned 471.41 (WRBTR)". Pure.
[[nodiscard]] std::string to_text(const Difference& difference);
// The hard ones of all documents, "; " between them; empty when there is none.
[[nodiscard]] std::string hard_differences_text(const std::vector<Difference>& differences);

}  // namespace mlc::ledger
