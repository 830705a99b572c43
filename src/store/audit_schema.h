// The tables of the audit log. docs/formats/audit.md describes them.
#pragma once

#include <string_view>

namespace mlc::store {

// A step for the store's list of migrations. `content` is the leaf, in its canonical text;
// position and leaf_hash stay null until the sequencer has numbered the entry.
inline constexpr std::string_view kAuditSchema = R"(
CREATE TABLE audit_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  subject TEXT NOT NULL,
  content TEXT NOT NULL,
  position INTEGER,
  leaf_hash BLOB,
  CHECK ((position IS NULL) = (leaf_hash IS NULL)),
  UNIQUE (tenant, position)
) STRICT;
CREATE INDEX audit_entry_pending ON audit_entry (tenant, id) WHERE position IS NULL;
CREATE INDEX audit_entry_subject ON audit_entry (tenant, subject, position);
CREATE TABLE audit_tree (
  tenant TEXT NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL,
  size INTEGER NOT NULL,
  edge BLOB NOT NULL
) STRICT;
CREATE TABLE audit_checkpoint (
  tenant TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  size INTEGER NOT NULL,
  signed_at TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (tenant, epoch, size)
) STRICT;
)";

}  // namespace mlc::store
