// A document's tax table beside what we sent. docs/formats/comparison.md
#pragma once

#include <vector>

#include "ledger/posted_document.h"

namespace mlc::ledger {

// We send no tax lines of our own yet, so per tax code the tax must be zero in both currencies, and
// a code that none of our lines names must not be there at all: a return would count its base.
// These are hard. Soft: a code of ours of which SAP states no base or another one, and a table that
// could not be read.
[[nodiscard]] std::vector<Difference> compare_tax(const LedgerDocument& wanted,
                                                  const PostedDocument& found);

}  // namespace mlc::ledger
