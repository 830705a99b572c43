// SAP's lines as a manifest's: the half of an adoption by totals that builds. Used by adoption.cc.
// Pure; thread-safe.
#pragma once

#include <vector>

#include "ledger/adoption.h"

namespace mlc::ledger {

// The manifest with the lines that SAP holds. What SAP's tables do not show of a line (its nature,
// order, segment, functional area, payment block) comes from the derived line that it stands for.
// `destinations` are those of the derivation; they are moved to the lines found.
[[nodiscard]] Manifest manifest_as_found(const Manifest& derived, const FoundManifest& found,
                                         std::vector<ClassDestination>& destinations);

// The same documents with another letter in manifest and keys, and the hash that this gives.
[[nodiscard]] Manifest under_letter(Manifest manifest, char revision);

}  // namespace mlc::ledger
