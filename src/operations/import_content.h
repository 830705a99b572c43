// The bytes of a file that a person gives, on their way into the evidence vault.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>

#include "base/result.h"
#include "ports/evidence.h"

namespace mlc::operations {

struct ImportedContent {
  ports::StoredObject content;  // after gunzip
  std::string received;         // id of the gzip; empty when it came plain
};

// Reads `content` to its end. What begins as gzip is inflated, and kept as it came, too. `limit` is
// the largest file in bytes, as it is and after gunzip; nothing is kept of a larger one. `file`
// names it in errors; `progress` is called with the number of bytes read so far and may be empty.
// Errors: operations.empty_file, .file_failed, .file_too_large, .damaged_gzip, those of the vault.
[[nodiscard]] Result<ImportedContent> store_content(
    ports::EvidenceVault& vault, const std::string& file, std::istream& content,
    std::uint64_t limit, const std::function<void(std::uint64_t)>& progress);

}  // namespace mlc::operations
