// Lines into balanced documents. Used by derivation only. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "ledger/derive.h"

namespace mlc::ledger {

// A G/L line with an amount of zero and nothing else.
[[nodiscard]] DocumentLine empty_line(Currency currency);

// Cuts `lines` (none zero) into parts of at most item_limit lines with the receivable that balances
// each, and gives them keys, items, texts and hash. Errors: as `derive`.
[[nodiscard]] Result<Manifest> make_manifest(const DerivationInput& input,
                                             const std::string& rules_version,
                                             std::vector<DocumentLine> lines);

}  // namespace mlc::ledger
