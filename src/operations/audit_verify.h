// Whether the trail and the evidence are as they were written.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "operations/hub.h"

namespace mlc::operations {

struct AuditVerification {
  store::AuditReport report;  // as far as the log could be read
  // Of the log first, then of the kept rules, then of evidence; empty: all agrees.
  std::vector<Error> differences;
  [[nodiscard]] bool agrees() const { return differences.empty(); }
};

// Recomputes the audit log against its checkpoints (those kept here and those given) and re-hashes
// every kept rule book, evidence and lineage file. `earlier` are checkpoints somebody kept
// elsewhere. Repeatable. Errors: operations.no_audit_log.
[[nodiscard]] Result<AuditVerification> audit_verify(
    const Hub& hub, std::vector<store::EarlierCheckpoint> earlier = {});

// Numbers and signs what the log holds now and returns the note; whoever keeps it elsewhere can
// prove a later change. Repeatable. Errors: operations.no_audit_log, .no_state_directory.
[[nodiscard]] Result<std::string> audit_checkpoint(const Hub& hub);

}  // namespace mlc::operations
