// The schema of a database as an ordered list of steps; each is applied once and recorded.
#pragma once

#include <span>

#include "base/result.h"
#include "base/time.h"
#include "database/database.h"

namespace mlc::database {

// Versions are 1, 2, 3 ... A step that was released is never edited: the next one changes it.
struct Migration {
  int version = 0;
  std::string_view name;  // "settlements and work"
  std::string_view sql;   // statements separated by `;`, every table STRICT
};

// Brings the database to the last version of the list, all missing steps in one transaction.
// Repeatable; two processes may do it at once. `now` is recorded beside each step.
// Errors: database.newer_version, database.other_schema (a recorded step has another name or text),
// and those of the statements.
[[nodiscard]] Status migrate(Database& database, std::span<const Migration> steps, Instant now);

// For a database that can only be read: whether it has exactly these steps.
// Errors: database.older_version, database.newer_version, database.other_schema.
[[nodiscard]] Status check_migrated(Database& database, std::span<const Migration> steps);

}  // namespace mlc::database
