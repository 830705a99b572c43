// Detail rows that say nothing new about how their file is written: nearly all of a large file.
// They are read in one go, without asking every kind of evidence about every cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "amazon/settlement_report/class_spellings.h"
#include "amazon/settlement_report/file_format.h"
#include "amazon/settlement_report/full_amounts.h"
#include "amazon/settlement_report/known_days.h"
#include "amazon/settlement_report/row.h"
#include "amazon/settlement_report/same_bytes.h"
#include "ledger/money.h"

namespace mlc::amazon::settlement_report {

// What a row must agree in with a row that was looked at closely, so that looking at it closely
// would find the same as before. Layouts with one amount per row only; rows without bytes above
// 0x7F. Not thread-safe.
class PlainRows {
 public:
  // Reads as the guess says; `decimals` is what amounts have shown so far and must outlive it.
  PlainRows(const DecimalEvidence& decimals, const FileFormat& guess, ledger::Currency currency)
      : decimals_(decimals),
        mark_(guess.mark),
        order_(guess.order),
        currency_(currency),
        amounts_(guess.mark, currency) {}

  void begin(const Header& header);
  // The number of the row's spelling; ClassSpellings::kUnknown when it must be looked at closely.
  // `spellings` are those of the file.
  // (Nothing larger than a word comes back from what is called for each row: to store and copy it
  // costs as much as to read a cell.)
  [[nodiscard]] std::uint32_t read(const Row& row, const ClassSpellings& spellings) {
    constexpr std::uint32_t kClosely = ClassSpellings::kUnknown;
    const LineCells& cells = row.cells();
    if (head_.empty() || row.is_high() || cells.size() < cells_needed_) return kClosely;
    if (!same_bytes(cells.range(0, heads_ - 1), head_)) return kClosely;
    if (!read_amount(cells[amount_]) || !read_posted(cells)) return kClosely;
    return spellings.find(cells);
  }
  // Of the row that was read last.
  [[nodiscard]] std::int64_t minor() const { return minor_; }  // of the file's currency
  [[nodiscard]] Instant posted() const { return posted_; }

  // A row that was looked at closely and is a detail row of the settlement.
  void learn(const Row& row);

 private:
  struct DateColumn {
    Column column;
    std::size_t position = Header::kAbsent;
    std::string text{};  // of the cell that was read last
    std::optional<Instant> instant{};
    KnownDays days{};
  };

  [[nodiscard]] bool read_amount(std::string_view cell) {
    const auto decimals = static_cast<std::size_t>(currency_.decimals());
    if (amounts_.read(cell, minor_) && decimals_.knows(mark_, decimals)) return true;
    return read_other_amount(cell);
  }
  [[nodiscard]] bool read_other_amount(std::string_view cell);
  // Puts the row's date into `posted_`; false when a cell must be looked at closely.
  [[nodiscard]] bool read_posted(const LineCells& cells) {
    if (has_posted_ && !dates_.empty() && same_bytes(dates_of(cells), dates_)) return true;
    return read_other_posted(cells);
  }
  // Both date columns, where they are neighbours; else nothing.
  [[nodiscard]] std::string_view dates_of(const LineCells& cells) const {
    const bool there = last_date_ < cells.size();
    return there ? cells.range(first_date_, last_date_) : std::string_view();
  }
  [[nodiscard]] bool read_other_posted(const LineCells& cells);
  [[nodiscard]] bool read_date(const LineCells& cells, DateColumn& date) const;
  void keep_posted(const LineCells& cells);
  void learn_date(const Row& row, DateColumn& date);

  const DecimalEvidence& decimals_;
  DecimalMark mark_;
  SlashOrder order_;
  ledger::Currency currency_;
  FullAmounts amounts_;
  bool possible_ = false;
  std::size_t cells_needed_ = 0;
  std::size_t heads_ = 0;  // leading cells that say whose row it is, and that it has no total
  std::string head_;       // the bytes of them in the rows of the settlement; empty: not known yet
  std::size_t amount_ = 0;
  std::int64_t minor_ = 0;
  DateColumn day_{Column::kPostedDate};
  DateColumn moment_{Column::kPostedDateTime};
  std::size_t first_date_ = Header::kAbsent;
  std::size_t last_date_ = Header::kAbsent;
  std::string dates_;  // the bytes of both in the row before
  Instant posted_{};   // what they mean
  bool has_posted_ = false;
  // With slashes one date bears on the other, so that only the dates of the row before are plain.
  bool slashes_ = false;
};

}  // namespace mlc::amazon::settlement_report
