// The schema of the hub's store, as steps for database::migrate. docs/formats/store.md describes
// every table.
#pragma once

#include <span>

#include "base/result.h"
#include "database/migrations.h"

namespace mlc::store {

[[nodiscard]] std::span<const database::Migration> migrations();

// Brings a database to this program's version and begins the first epoch where there is none.
// Repeatable. Errors: database.newer_version, database.other_schema, store.busy, store.disk_full,
// store.unreadable.
[[nodiscard]] Status prepare(database::Database& database, Instant now);

}  // namespace mlc::store
