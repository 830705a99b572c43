// Backups of a state directory, and going back to one. Format: docs/formats/store.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/state_directory.h"

namespace mlc::store {

inline constexpr std::string_view kSumsFile = "SHA256SUMS";
inline constexpr std::string_view kBackupNote = "backup.txt";

struct BackupRequest {
  std::filesystem::path target;  // must not exist
  Instant now;
  // Files of the state directory to take along besides ml-connector.toml and rules/: the rule
  // files (*.toml) that the configuration names, relative. Secrets do not belong here.
  std::vector<std::string> files;
};

struct BackupReport {
  std::uint64_t files = 0;
  std::uint64_t epoch = 0;
};

// Writes a folder with the database (from a server, its rows as a database file), the evidence, the
// lineage, the configuration and the rules, and a sum of every file; never keys. Other programs go
// on meanwhile. Nothing is left under the target's name unless all of it is there. Errors:
// store.backup_exists, store.file_failed, store.not_for_backup (a file of `files`),
// store.unreadable, store.disk_full.
[[nodiscard]] Result<BackupReport> backup(StateDirectory& state, const BackupRequest& request);

// Compares every file of a backup with its sum; no file more, none less, and none that a backup
// does not hold (keys, locks): a restore writes what it finds.
// Errors: store.not_a_backup, store.backup_damaged, store.foreign_to_backup, store.file_failed.
[[nodiscard]] Result<std::vector<std::string>> verify_backup(const std::filesystem::path& backup);

struct RestoreRequest {
  std::filesystem::path backup;
  std::filesystem::path target;  // keys/ must be in it already: backups hold none
  std::string actor;
  Instant now;
  bool replace = false;  // the target holds a store that is given up
  // Where the target's records and evidence go; a database is emptied and filled then.
  StorePlace place = {};
};

struct RestoreReport {
  std::uint64_t epoch = 0;
  // Where the replaced database and configuration lie now; empty when nothing was replaced.
  std::filesystem::path replaced;
};

// Verifies the backup, prepares everything aside and puts it in place; a restore that dies on the
// way is refused by every program until it is run again. Evidence that the target holds already is
// kept: objects never collide. Opens a new epoch, named in every audit log. Into a database on a
// server: nobody else may have it open; the target's configuration stays, and the backup's is laid
// beside it as ml-connector.toml.from-backup.
// Errors: those of verify_backup, store.target_inhabited, store.in_use, store.keys_missing,
// store.keys_differ, store.newer_version, store.file_failed, store.unreachable.
[[nodiscard]] Result<RestoreReport> restore(const RestoreRequest& request);

}  // namespace mlc::store
