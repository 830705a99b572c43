// What must be added to documents that stand in the books already, so that together they say what
// another file of the same settlement says. Pure and deterministic.
#pragma once

#include <vector>

#include "ledger/derive.h"

namespace mlc::ledger {

// `posted` are the manifests that stand, `input.first_part` the first free part of the settlement.
// Each line carries the difference of the lines with its posting attributes; attributes that agree
// to the cent have none, and where all do, the manifest has no documents. The receivable balances
// each document as ever. Sums (P1) and destinations are those of the whole file: a class whose line
// did not change stays on the posted line. Errors: as `derive`.
[[nodiscard]] Result<Derivation> derive_difference(const DerivationInput& input,
                                                   const RuleBook& rules,
                                                   const std::vector<Manifest>& posted);

}  // namespace mlc::ledger
