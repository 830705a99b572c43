// From BAPI tables to a checked FI document, and from that to rows of the books.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "abap/value.h"
#include "base/time.h"
#include "simulators/sap/amounts.h"
#include "simulators/sap/books_file.h"
#include "simulators/sap/hands.h"
#include "simulators/sap/messages.h"

namespace mlc::simulators::sap {

// Who posts, and where.
struct Context {
  Books& books;
  std::string client;
  std::string user;
  std::string logical_system;
  Instant now;
};

struct Line {
  Row item;                 // BSEG's fields, without amounts and signs
  std::int64_t amount = 0;  // minor units, debit positive
  std::optional<std::int64_t> local;
  std::int64_t base = 0;
  std::int64_t local_base = 0;
  bool has_amount = false;
  bool tax = false;
  bool profitability = false;  // CO-PA characteristics came with it
  std::string condition;       // KSCHL of a tax line
  std::string parameter;       // the BAPI table it came in
  int row = 0;
  std::string itemno;
};

struct Document {
  Row header;   // BKPF's fields
  Row company;  // T001
  int decimals = 2;
  int local_decimals = 2;
  FiscalPeriod period;
  bool parked = false;
  std::vector<Line> lines;
  std::vector<Row> tax_statement;  // rows of BSET beside those of the lines; only exits make them
  std::optional<BookKey> reverses;
};

// Rows to be written when the unit of work is committed, in order.
struct PendingRow {
  std::string table;  // or kReversesMark: the row then names the document to be marked
  Row row;
};
using PendingRows = std::vector<PendingRow>;
inline constexpr const char* kReversesMark = "(reverses)";
// The customer's table with a unique key (docs/formats/sap-fence.md).
inline constexpr const char* kKeyTable = "ZMLC_KEYS";

struct Checked {
  Document document;
  std::vector<Message> messages;  // E rows: the document cannot be posted
};

// Reads and checks the arguments of BAPI_ACC_DOCUMENT_POST or _CHECK. With CURRENCYAMOUNT empty
// only account assignments are checked when `amounts_optional`.
[[nodiscard]] Checked check_document(const Context& context, const abap::Structure& arguments,
                                     bool amounts_optional);

// Header and master data checks shared with reversals and people's own postings.
void check_header(const Context& context, Document& document, std::vector<Message>& messages);
void check_lines(const Context& context, Document& document, std::vector<Message>& messages);
void check_periods(const Context& context, const Document& document,
                   std::vector<Message>& messages);
// Local amounts where they are missing, at the rate of the document type's rate type on WWERT.
void fill_local_amounts(const Context& context, Document& document, std::vector<Message>& messages);
// Local amounts of all lines at this rate; the rounding difference goes to the largest line.
void translate_lines(Document& document, const Rate& rate);

// Draws a number (kept even when the document is never committed) and fills BELNR, GJAHR and AWKEY.
// Returns messages when the range is missing or used up.
[[nodiscard]] std::vector<Message> draw_number(const Context& context, Document& document);

[[nodiscard]] PendingRows to_rows(const Context& context, const Document& document);

// Whether a row of the customer's key table has the key already.
[[nodiscard]] bool is_taken(Books& books, const Row& key);

// Writes pending rows. Returns false (and wrote nothing of use: roll back) when the document to be
// reversed was reversed meanwhile, or a key of the customer's key table is taken.
[[nodiscard]] bool apply_rows(Books& books, const PendingRows& rows);

// The reversal of a posted document. REV_POST and FB08 share it.
[[nodiscard]] Checked reversal_of(const Context& context, const BookKey& key,
                                  const std::string& budat, const std::string& reason);

[[nodiscard]] std::string object_key(const Row& header);  // BELNR + BUKRS + GJAHR

}  // namespace mlc::simulators::sap
