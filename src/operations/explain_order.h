// Lines per order (posting model B): from a line to the rows of its order, and back.
#pragma once

#include <optional>
#include <vector>

#include "operations/class_view.h"
#include "operations/evidence_rows.h"

namespace mlc::operations {

// Whether rows of the class may be on the line: its posting attributes are those of the class, with
// some order in its assignment.
[[nodiscard]] bool may_carry(const ClassView& view, const ledger::DocumentLine& line);

// The rows of these classes that are on the line, in the order of the file. Reads the file once.
// Errors: the vault's and the reader's.
[[nodiscard]] Result<std::vector<EvidenceRow>> rows_on_order_line(
    const Hub& hub, const Named& named, ports::EvidenceReader& evidence,
    ports::LineageReader& lineage, const std::vector<ClassView>& classes,
    const ledger::DocumentLine& line);

struct OrderPlace {
  ports::DocumentRecord document;
  ledger::DocumentLine line;
};
// Where the money of a row is: `view` is its class. Nothing when the order's rows cancel out. Reads
// the file once. Errors: the vault's, the reader's and the store's.
[[nodiscard]] Result<std::optional<OrderPlace>> place_of_order(const Hub& hub, const Named& named,
                                                               const ClassView& view,
                                                               std::uint64_t row);

}  // namespace mlc::operations
