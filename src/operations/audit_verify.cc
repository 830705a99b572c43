#include "operations/audit_verify.h"

#include "operations/errors.h"

namespace mlc::operations {

Result<AuditVerification> audit_verify(const Hub& hub,
                                       std::vector<store::EarlierCheckpoint> earlier) {
  if (hub.audit == nullptr) return failure(kNoAuditLog);
  AuditVerification out;
  auto report = hub.audit->verify(hub.tenant, hub.audit_keys, std::move(earlier));
  if (report) {
    out.report = std::move(*report);
  } else {
    out.differences.push_back(report.error());
  }
  for (Error& error : hub.vault.verify()) out.differences.push_back(std::move(error));
  return out;
}

Result<std::string> audit_checkpoint(const Hub& hub) {
  if (hub.audit == nullptr) return failure(kNoAuditLog);
  if (hub.state == nullptr) return failure(kNoStateDirectory, {{"verb", "audit checkpoint"}});
  return hub.audit->checkpoint(hub.tenant, hub.state->signing_key(), hub.clock.now());
}

}  // namespace mlc::operations
