// Reads a stored settlement report as rows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expect.h"
#include "base/result.h"
#include "base/time.h"
#include "ledger/classify.h"
#include "ledger/settlement.h"
#include "ports/evidence.h"

namespace mlc::ports {

// One amount of a detail row: the only one, except in the layout V1, whose lines may hold several.
// Texts are in UTF-8. Views are valid during the call that hands them over only.
struct SettlementRow {
  std::uint64_t line = 0;    // 1-based, header = 1
  std::uint64_t offset = 0;  // of the line's first byte in the content
  std::string_view raw;      // the line's bytes as received, without line end
  std::string_view transaction_type;
  std::string_view order_id;
  std::string_view marketplace;
  std::string_view amount_type;
  std::string_view amount_description;
  std::string_view fulfillment;
  std::string_view sku;
  Instant posted;  // posted-date-time, else posted-date at 00:00 UTC
  ledger::Money amount;
  std::uint32_t column = 0;  // of the amount, 1-based
  // Rows of one reading with the same number have the same transaction_type, marketplace,
  // amount_type, amount_description and fulfillment. Numbers are dense from 0; kNoSpelling says
  // nothing.
  std::uint32_t spelling = ledger::kNoSpelling;
};

// What tells a row from others with its spelling, one of which was handed over whole before it.
struct PlainRow {
  std::uint64_t line = 0;
  std::int64_t minor = 0;  // of the settlement's currency
  Instant posted;
  std::uint32_t spelling = ledger::kNoSpelling;
};

class RowSink {
 public:
  virtual ~RowSink() = default;
  // Whether on_plain_rows is enough for rows of a known spelling. Asked before the first row. Who
  // says so takes them: both are overridden or neither.
  [[nodiscard]] virtual bool knows_spellings() const { return false; }
  // Called in the order of the lines among on_rows, where knows_spellings is true. These rows come
  // nowhere else, so that not to take them is to lose them.
  [[nodiscard]] virtual Status on_plain_rows(std::span<const PlainRow> rows) {
    MLC_EXPECT(rows.empty());
    return {};
  }
  // The header is known before the first batch. An error stops the reading; where the file was read
  // at once, it is read anew after on_restart, and the error is returned if it comes again.
  [[nodiscard]] virtual Status on_header(const ledger::SettlementHeader& header) = 0;
  [[nodiscard]] virtual Status on_rows(std::span<const SettlementRow> rows) = 0;
  // The rows so far were read in a way that the rest of the file excludes, or there was a fault:
  // they are void, and on_header and all rows come again. At most once.
  [[nodiscard]] virtual Status on_restart() = 0;
};

// What the file turned out to be.
struct ReadReport {
  ledger::SettlementHeader header;
  std::string layout;        // "V2" or "V1"
  std::string charset;       // "UTF-8", "windows-1252", ...
  std::string decimal_mark;  // ".", "," or "none"
  std::string date_pattern;  // "YYYY-MM-DD"; several when columns differ
  std::uint64_t rows = 0;    // amounts of detail rows
  ledger::Money sum;         // of the detail rows
  std::vector<std::string> unknown_columns;
};

// Thread-safe: every call has its own parser.
class SettlementReader {
 public:
  virtual ~SettlementReader() = default;
  // Reads all rows; the control identity (sum = total) is part of it. `file` names the source in
  // messages. Errors: see amazon/settlement_report/errors.h; each names line, column, found and
  // expected. How the file is written is decided from all of it: the evidence is read once where
  // its start lets the rest be guessed, else up to three times.
  [[nodiscard]] virtual Result<ReadReport> read(EvidenceReader& evidence, const std::string& file,
                                                RowSink& sink) = 0;
};

}  // namespace mlc::ports
