// Backups of the hub's memory, and going back to one.
#pragma once

#include <filesystem>

#include "operations/hub.h"
#include "store/backup.h"

namespace mlc::operations {

// Copies database, evidence, lineage, rules and configuration into `target`, which must not exist;
// keys stay apart, and SAP's books are SAP's. Other programs may go on meanwhile.
// Errors: operations.no_state_directory, those of store::backup.
[[nodiscard]] Result<store::BackupReport> backup(const Hub& hub,
                                                 const std::filesystem::path& target);

// Puts a backup in the place of `target`, whose keys/ must be there, and opens a new epoch: what
// SAP got since then is found again by its references, nothing is posted twice. `replace` gives up
// the store that is there. Errors: those of store::restore.
[[nodiscard]] Result<store::RestoreReport> restore(const store::RestoreRequest& request);

}  // namespace mlc::operations
