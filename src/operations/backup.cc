#include "operations/backup.h"

#include "operations/errors.h"

namespace mlc::operations {

Result<store::BackupReport> backup(const Hub& hub, const std::filesystem::path& target) {
  if (hub.state == nullptr) return failure(kNoStateDirectory, {{"verb", "backup"}});
  if (hub.state->is_read_only()) {
    return failure(kStateReadOnly, {{"verb", "backup"}, {"directory", hub.state->path().string()}});
  }
  MLC_TRY(const auto report, store::backup(*hub.state, {target, hub.clock.now(), hub.rule_files}));
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY_STATUS(transaction->append_audit(
      hub.tenant,
      {hub.clock.now(), hub.actor, "backup", "hub", {{"files", std::to_string(report.files)}}}));
  MLC_TRY_STATUS(transaction->commit());
  return report;
}

Result<store::RestoreReport> restore(const store::RestoreRequest& request) {
  return store::restore(request);
}

}  // namespace mlc::operations
