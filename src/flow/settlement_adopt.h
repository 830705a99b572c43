// Documents found in SAP that are a whole manifest, but not the planned one (ledger/adoption.h):
// the settlement takes them over. Nothing is written to SAP.
#pragma once

#include <optional>

#include "flow/settlement_posting.h"

namespace mlc::flow {

// Derives the settlement with the connection's rules of today and with every rule book that it ever
// used, newest first. The first that gives exactly what SAP holds becomes the settlement's plan;
// else the first whose totals agree. Nothing when what lives in SAP is the planned manifest, no
// whole manifest, or one that no rules give: then the judgement stands as it is.
// Errors: the store's and the vault's.
[[nodiscard]] Result<std::optional<Decision>> adopt(StepInput& input, const PostingSubject& subject,
                                                    const ledger::Judgement& judgement);

}  // namespace mlc::flow
