// The folder in which a hub lives (docs/formats/store.md): hub.sqlite, evidence/, keys/,
// ml-connector.toml and a lock. The records may be in a PostgreSQL database instead of hub.sqlite,
// and the evidence in another folder: then several directories share both.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/digest.h"
#include "database/database.h"
#include "store/files.h"
#include "store/signing_key_file.h"
#include "store/sql_store.h"

namespace mlc::store {

inline constexpr std::string_view kDatabaseFile = "hub.sqlite";
inline constexpr std::string_view kConfigurationFile = "ml-connector.toml";
inline constexpr std::string_view kEvidenceFolder = "evidence";
inline constexpr std::string_view kRulesFolder = "rules";
inline constexpr std::string_view kRestoringFolder = "restoring";

// Where records and evidence are when the directory does not hold them itself.
struct StorePlace {
  std::optional<database::Server> server = std::nullopt;  // instead of hub.sqlite
  std::filesystem::path evidence = {};                    // empty: evidence/ of the directory
};

struct StateDirectorySettings {
  std::filesystem::path directory;
  bool create = false;  // begin a store in an empty folder, or one that holds a configuration
  Instant now;
  Chance chance;  // for the signing key of a new store
  Duration busy_timeout = std::chrono::seconds(10);
  // Only to look: where the directory cannot be written (a medium, another user's copy), it is
  // opened without lock, without keys and without changing anything.
  bool look = false;
  StorePlace place = {};
};

// Where the evidence of a directory lies.
[[nodiscard]] std::filesystem::path evidence_of(const std::filesystem::path& directory,
                                                const StorePlace& place);

// Thread-safe after opening. Several programs may have one directory open.
class StateDirectory {
 public:
  // Errors: store.not_a_state_directory, store.database_missing, store.newer_version,
  // store.keys_missing, store.keys_differ, store.key_unsafe, store.in_use (a restore is running),
  // store.restore_unfinished, store.file_failed, store.busy, store.disk_full, store.unreadable;
  // to look also database.older_version; on a server also store.database_empty, store.unreachable,
  // database.unsuitable, database.bad_address, database.in_use.
  [[nodiscard]] static Result<std::unique_ptr<StateDirectory>> open(
      const StateDirectorySettings& settings);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::filesystem::path& evidence() const { return evidence_; }
  [[nodiscard]] std::filesystem::path configuration() const { return path_ / kConfigurationFile; }
  [[nodiscard]] database::Database& database() { return *database_; }
  [[nodiscard]] SqlStore& store() { return *store_; }
  // Signs audit checkpoints. Of a directory that is only read, the public half alone, as the
  // database names it.
  [[nodiscard]] const SigningKey& signing_key() const { return key_; }
  // Whether other directories may work on the same records.
  [[nodiscard]] bool is_shared() const {
    return database_->dialect() == database::Dialect::kPostgres;
  }
  // Opened to look where nothing can be written: every write is database.read_only.
  [[nodiscard]] bool is_read_only() const { return !lock_; }
  // Names this installation's audit logs for ever, also after a restore: made of the public key.
  [[nodiscard]] std::string log_name() const;

 private:
  [[nodiscard]] static Result<std::unique_ptr<StateDirectory>> open_to_look(
      const StateDirectorySettings& settings);
  [[nodiscard]] static Result<std::unique_ptr<StateDirectory>> open_to_work(
      const StateDirectorySettings& settings);
  StateDirectory(const StateDirectorySettings& settings, std::optional<DirectoryLock> lock,
                 std::unique_ptr<database::Database> database, SigningKey key,
                 std::unique_ptr<SqlStore> store)
      : path_(settings.directory),
        evidence_(evidence_of(settings.directory, settings.place)),
        lock_(std::move(lock)),
        database_(std::move(database)),
        key_(std::move(key)),
        store_(std::move(store)) {}
  std::filesystem::path path_;
  std::filesystem::path evidence_;
  std::optional<DirectoryLock> lock_;
  std::unique_ptr<database::Database> database_;
  SigningKey key_;
  std::unique_ptr<SqlStore> store_;
};

// Whether a store was begun in the database. Errors: store.busy, store.unreadable, .unreachable.
[[nodiscard]] Result<bool> holds_store(database::Database& database);

// Opens a database of ours and brings it to this program's version; one of another program is left
// as it is. `directory` names it in errors; `check` is asked before anything is written. Errors:
// store.not_a_state_directory, store.newer_version, and those of opening.
[[nodiscard]] Result<std::unique_ptr<database::Database>> open_hub_database(
    const database::Settings& settings, const std::filesystem::path& directory, Instant now,
    const std::function<Status(database::Database&)>& check = {});

}  // namespace mlc::store
