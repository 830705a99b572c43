// Rows of a settlement as Amazon sent them, read from evidence by line or by class.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/evidence.h"

namespace mlc::operations {

struct EvidenceRow {
  std::uint64_t line = 0;    // 1-based, header = 1
  std::uint64_t offset = 0;  // of its first byte in the content
  std::uint64_t size = 0;    // bytes without the line end
  std::string text;          // as received, without the line end
  ledger::ClassNumber number = ports::kNoClass;
};

// One line. The last frame is read to know how many lines there are when the line is beyond.
// Errors: operations.no_such_row, the vault's.
[[nodiscard]] Result<EvidenceRow> read_row(ports::EvidenceReader& evidence,
                                           ports::LineageReader& lineage, std::uint64_t line,
                                           const std::string& name);

// Rows of the given classes in the order of the file, the first `limit` of them. Only frames that
// hold such rows are read. Errors: the vault's.
[[nodiscard]] Result<std::vector<EvidenceRow>> read_rows(
    ports::EvidenceReader& evidence, ports::LineageReader& lineage,
    const std::vector<ledger::ClassNumber>& classes, std::size_t limit);

}  // namespace mlc::operations
