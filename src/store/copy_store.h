// All rows of a store from one database into another, whatever products carry them.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "base/time.h"
#include "database/database.h"

namespace mlc::store {

// A row as the values that write it again.
[[nodiscard]] database::Values values_of(const database::Row& row);

// Empties every table of `to` and fills it with the rows of `from`. Both must have been prepared by
// this program (migrations.h). The caller commits. Errors: database.* of the statements.
[[nodiscard]] Status copy_store(database::Transaction& from, database::Transaction& to);

// One committed state of a store on a server as a new database file, checked and synced; others go
// on. Errors: database.backup_exists, database.*, the store's.
[[nodiscard]] Status copy_to_file(database::Database& from, const std::filesystem::path& file,
                                  Instant now);

// The rows of a database file in the place of those of `to`, in one transaction.
// Errors: database.*, the store's.
[[nodiscard]] Status copy_from_file(const std::filesystem::path& file, database::Database& to);

}  // namespace mlc::store
