// Whether what the records and the trail name as evidence is there, and says what the records say.
#pragma once

#include <vector>

#include "operations/hub.h"
#include "store/audit_records.h"

namespace mlc::operations {

// Every named object and lineage file must exist. The file of every settlement that was read is
// read again: settlement-id, period, total and rows; its lineage must add up to the same, and so
// must the stored classes. Differences carry operations.evidence_missing, .evidence_differs or the
// error of the vault or the reader. That existing files are whole is the vault's `verify`.
[[nodiscard]] std::vector<Error> check_evidence(const Hub& hub, const store::RecordCheck& records);

}  // namespace mlc::operations
