// The list of settlements: a finance person's home page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operations/names.h"

namespace mlc::operations {

// A document as lists show it.
struct DocumentRow {
  std::string key;  // XBLNR
  std::string company_code;
  std::string number;  // BUKRS/BELNR/GJAHR, empty before it is posted
  std::string reversed_by;
  std::string outcome;     // "planned", "posted", "reversed", ...
  std::string receivable;  // amount on the balancing line, decimal text
  std::string currency;
  std::uint32_t items = 0;
  std::optional<Instant> confirmed_at;
};
[[nodiscard]] DocumentRow to_row(const ports::DocumentRecord& document);

// A file whose documents stand beside those of a difference to it.
struct EarlierFile {
  WorkId work;
  std::string state;
  std::string amount;  // its deposit, decimal text
};

struct SettlementRow {
  std::string name;  // what commands take
  WorkId work;
  std::string settlement_id;  // empty until the file was read
  ConnectionId connection;
  std::string source;  // "amazon" or "import"
  std::string file;    // of an import
  std::string state;
  std::string words;  // what the state means
  std::optional<Instant> start;
  std::optional<Instant> end;
  std::optional<Instant> deposit;
  std::string amount;  // deposit, decimal text; empty until proved
  std::string currency;
  // In lists, of a difference that stands for its settlement-id: what it continues, the first file
  // first.
  std::vector<EarlierFile> earlier;
  std::uint64_t rows = 0;
  char revision = 'A';
  // Of each part the one in SAP's books, else that of the present revision; all when there is none.
  std::vector<DocumentRow> documents;
  std::optional<ports::StoredError> error;
  std::optional<Instant> due;     // when it goes on by itself; none: it waits or is done
  std::vector<std::string> next;  // what may be typed
};

struct ListFilter {
  std::string state;  // a state's word; empty: all but "seen"
  std::string connection;
  std::string text;  // part of settlement-id, work id, report id, file name or SAP number
};

// Ordered by the settlement's end, unread ones last. Repeatable.
// Errors: operations.unknown_state, the store's.
[[nodiscard]] Result<std::vector<SettlementRow>> list_settlements(const Hub& hub,
                                                                  const ListFilter& filter);

// One row of that list.
[[nodiscard]] SettlementRow to_row(const Named& named,
                                   const std::vector<ports::DocumentRecord>& documents);
[[nodiscard]] Result<SettlementRow> settlement_row(const Hub& hub, const std::string& name);

}  // namespace mlc::operations
