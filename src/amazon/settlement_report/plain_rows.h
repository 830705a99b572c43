// Detail rows that say nothing new about how their file is written: nearly all of a large file.
// They are read in one go, without asking every kind of evidence about every cell.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/class_spellings.h"
#include "amazon/settlement_report/file_format.h"
#include "amazon/settlement_report/full_amounts.h"
#include "amazon/settlement_report/plain_dates.h"
#include "amazon/settlement_report/row.h"
#include "ledger/currency.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report {

// Rows handed to the sink at once: few enough to stay in the processor's first cache.
inline constexpr std::size_t kBatchRows = 128;

// What a row must agree in with a row that was looked at closely, so that looking at it closely
// would find the same as before. Layouts with one amount per row only; rows without bytes above
// 0x7F. Not thread-safe.
class PlainRows {
 public:
  // Reads as the guess says; `decimals` is what amounts have shown so far and must outlive it.
  PlainRows(const DecimalEvidence& decimals, const FileFormat& guess, ledger::Currency currency);

  void begin(const Header& header);
  // The first rows of the run that need not be looked at closely, or some of them; none when the
  // first one must be. Valid until the next call. `spellings` are those of the file.
  [[nodiscard]] std::span<const ports::PlainRow> read(const LineRun& run,
                                                      ClassSpellings& spellings);
  // A row that was looked at closely and is a detail row of the settlement.
  void learn(const Row& row);

 private:
  // Each reads one thing of the first `count` rows and says how many of them have it.
  [[nodiscard]] std::size_t read_heads(const LineRun& run, std::size_t count);
  [[nodiscard]] std::size_t read_amounts(std::size_t count);
  [[nodiscard]] std::size_t read_dates(std::size_t count);
  [[nodiscard]] std::size_t read_spellings(ClassSpellings& spellings, std::size_t count);

  [[nodiscard]] std::size_t possible_of(const LineRun& run) const;
  [[nodiscard]] bool read_other_amount(std::string_view cell, std::int64_t& minor) const;

  const DecimalEvidence& decimals_;
  DecimalMark mark_;
  ledger::Currency currency_;
  FullAmounts amounts_;
  PlainDates dates_;
  bool possible_ = false;
  std::size_t cells_needed_ = 0;  // one behind those that are read, so that each ends with a TAB
  std::size_t cells_known_ = 0;   // of the header
  std::size_t heads_ = 0;  // leading cells that say whose row it is, and that it has no total
  std::string head_;       // the bytes of them in the rows of the settlement; empty: not known yet
  std::size_t amount_ = 0;
  std::size_t attempt_ = 1;       // rows looked at in one go
  std::vector<LineCells> cells_;  // of the rows looked at
  std::vector<std::uint32_t> spellings_;
  std::vector<ports::PlainRow> rows_;
};

}  // namespace mlc::amazon::settlement_report
