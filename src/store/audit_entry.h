// The one text form of an audit entry: a leaf of the tree (docs/formats/audit.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ports/store.h"

namespace mlc::store {

// Canonical JSON as in RFC 8785 on one line, without a line end. Bytes that are no UTF-8 become
// U+FFFD.
[[nodiscard]] std::string write_audit_entry(const ports::AuditEntry& entry);

// The inverse; nothing when the text is not exactly what `write_audit_entry` makes.
[[nodiscard]] std::optional<ports::AuditEntry> read_audit_entry(std::string_view text);

}  // namespace mlc::store
