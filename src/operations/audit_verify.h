// Whether the trail and the evidence are as they were written.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "operations/hub.h"

namespace mlc::operations {

struct AuditVerification {
  store::AuditReport report;  // as far as the log could be read
  // Of the log first, then of the records beside it, of the kept rules, of evidence.
  std::vector<Error> differences;
  // False as well when a checkpoint cannot be compared: about its entries nothing is known.
  [[nodiscard]] bool agrees() const { return differences.empty() && report.superseded.empty(); }
};

// Recomputes the audit log against its checkpoints (those kept here and those given), compares the
// records with the log and with Amazon's files, and re-hashes every kept rule book, evidence and
// lineage file, each of which must be there. `earlier` are checkpoints somebody kept elsewhere.
// Writes nothing. Repeatable. Errors: operations.no_audit_log.
[[nodiscard]] Result<AuditVerification> audit_verify(
    const Hub& hub, std::vector<store::EarlierCheckpoint> earlier = {});

// Numbers and signs what the log holds now and returns the note; whoever keeps it elsewhere can
// prove a later change. Repeatable. Errors: operations.no_audit_log, .no_state_directory.
[[nodiscard]] Result<std::string> audit_checkpoint(const Hub& hub);

}  // namespace mlc::operations
