// A document that reverses one of ours: which one, and at whose request.
#pragma once

#include <optional>
#include <string>

#include "operations/hub.h"

namespace mlc::operations {

struct ReversalOf {
  std::string number;    // of the reversal: "1000/0100000004/2026"
  std::string original;  // of what it reverses
  // Our work that reversed it; empty when somebody reversed it in SAP.
  std::string work;
  std::string reason;  // SAP's reversal reason (STGRD)
  std::string asked_by;
  std::optional<Instant> asked_at;
};

// The document that `number` reverses, as far as SAP was read since. Errors: the store's.
[[nodiscard]] Result<std::optional<ports::DocumentRecord>> reversed_original(
    const Hub& hub, ports::StoreTransaction& transaction, const ledger::DocumentNumber& number);

// `original` must carry `reversed_by`; `settlement` is its work. Begins transactions of its own.
// Errors: the store's.
[[nodiscard]] Result<ReversalOf> explain_reversal(const Hub& hub,
                                                  const ports::WorkRecord& settlement,
                                                  const ports::DocumentRecord& original);

}  // namespace mlc::operations
