// A document that adds to earlier ones of the same settlement: which lines it completes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/manifest.h"
#include "operations/hub.h"

namespace mlc::operations {

// A line that stood before with the same posting attributes, and the file it came from.
struct ContinuedLine {
  std::string document;    // key
  std::string number;      // SAP's, BUKRS/BELNR/GJAHR
  std::uint32_t item = 0;  // its line
  std::string amount;      // decimal text
  std::string work;        // of the earlier file
  std::string object;      // SHA-256 of it
};

// Of each of `lines`, in their order; nothing for a settlement with one file. Begins a transaction
// of its own. Errors: the store's.
[[nodiscard]] Result<std::vector<ContinuedLine>> continued_lines(
    const Hub& hub, const ports::SettlementRecord& settlement,
    const std::vector<ledger::DocumentLine>& lines);

}  // namespace mlc::operations
