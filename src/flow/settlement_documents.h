// What the hub knows of a settlement's documents in SAP, and what follows for its next steps.
#pragma once

#include <string>
#include <vector>

#include "flow/step.h"

namespace mlc::flow {

// All revisions. Errors: the store's.
[[nodiscard]] Result<std::vector<ports::DocumentRecord>> documents_of(
    StepInput& input, const ports::SettlementRecord& settlement);

// In the books as far as the hub knows: posted under a number, and not reversed.
[[nodiscard]] bool is_live(const ports::DocumentRecord& document);
[[nodiscard]] std::vector<ports::DocumentRecord> live_of(
    const std::vector<ports::DocumentRecord>& documents);

// Posted without a document: its plan came to nothing, so that nothing of it can be missing in SAP.
[[nodiscard]] bool is_posted_without_lines(const ports::WorkRecord& work,
                                           const ports::SettlementRecord& settlement,
                                           const std::vector<ports::DocumentRecord>& documents);

// The letter of the next send. Each is used once: it follows the highest one that SAP ever
// numbered, and is `planned` when SAP numbered none. May lie beyond 'Z'.
[[nodiscard]] char next_letter(const std::vector<ports::DocumentRecord>& documents, char planned);

// What commands take for it: the settlement-id where it stands for that, else its work.
[[nodiscard]] std::string command_name(const ports::SettlementRecord& settlement);

// "1000/0100000001/2026, ..."
[[nodiscard]] std::string numbers_text(const std::vector<ports::DocumentRecord>& documents);

}  // namespace mlc::flow
