// From a ledger line to the rows and bytes of Amazon's file, and from a row to its ledger line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/manifest.h"
#include "operations/class_view.h"
#include "operations/evidence_rows.h"
#include "operations/explain_difference.h"
#include "operations/explain_reversal.h"
#include "operations/intercompany.h"
#include "operations/settlement_list.h"

namespace mlc::operations {

inline constexpr std::size_t kRowLimit = 1000;

// A line of a document and the classes whose money it carries.
struct ExplainedLine {
  ledger::DocumentLine line;
  bool balancing = false;  // Amazon's receivable: it carries what all other lines leave
  std::vector<ClassView> classes;
  std::uint64_t rows = 0;  // of all classes
};

struct Explanation {
  SettlementRow settlement;
  DocumentRow document;
  char revision = 'A';
  std::string rules_version;
  std::string rules_digest;  // of the kept rule book
  ledger::Adoption adoption = ledger::Adoption::kNone;
  Date posting_date{};
  std::string header_text;
  std::string object;                // SHA-256 of Amazon's file
  std::vector<ExplainedLine> lines;  // all, or the one asked for
  // What those lines add to, when the document is a difference to an earlier file's.
  std::vector<ContinuedLine> continues;
  // Of the line asked for, when it is a debt between two company codes.
  std::optional<ledger::IntercompanyLine> other_side;
  std::string header_row;  // the file's first line
  // Of the line asked for, in the order of the file, at most the limit. Empty for a whole document.
  std::vector<EvidenceRow> rows;
  std::uint64_t rows_left = 0;  // beyond the limit
  // When a reversal was asked for: all else is of the document that it reverses, whose lines it
  // repeats with the other sign.
  std::optional<ReversalOf> reversal;
};

// `document` is our key (XBLNR) or BUKRS/BELNR/GJAHR, also of a reversal of ours; `line` 0 explains
// all lines without rows. Lineage, lines and rules are those stored when it was planned, whatever
// the rules say today. Errors: operations.not_found, .no_such_line, the store's and the vault's.
[[nodiscard]] Result<Explanation> explain(const Hub& hub, const std::string& document,
                                          std::uint32_t line, std::size_t limit = kRowLimit);

struct Trace {
  SettlementRow settlement;
  EvidenceRow row;
  std::string header_row;
  std::string object;
  ledger::Adoption adoption = ledger::Adoption::kNone;
  // Nothing for a line that carries no amount: the header, the summary row, a blank line.
  std::optional<ClassView> row_class;
  std::optional<DocumentRow> document;
  std::optional<ledger::DocumentLine> line;
};

// `row` is the file's line, header = 1. Errors: operations.not_found, .no_such_row, .not_read, the
// store's and the vault's.
[[nodiscard]] Result<Trace> trace(const Hub& hub, const std::string& settlement, std::uint64_t row);

}  // namespace mlc::operations
