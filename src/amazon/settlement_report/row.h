// One line of the report as cells, and the place that a refusal names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "amazon/settlement_report/header.h"
#include "amazon/settlement_report/line_splitter.h"
#include "base/error.h"

namespace mlc::amazon::settlement_report {

// What a refusal shows of a text: at most 80 bytes cut at a character; control characters, and
// what is no UTF-8, as \xNN; "a blank cell" for nothing.
[[nodiscard]] std::string shown(std::string_view text);

// Where a cell stands and what it holds, kept for a refusal that cites it later.
struct CellPlace {
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  std::size_t column_number = 0;  // 1-based
  std::string column;             // its name in the header
  std::string found;              // the cell, as shown
  friend bool operator==(const CellPlace&, const CellPlace&) = default;
};

// A refusal of that cell.
[[nodiscard]] Error refuse_place(const ErrorKind& kind, const std::string& file,
                                 const CellPlace& place, std::string expected);
// settlement_report.mixed_formats: `later` does not fit what `first` fixed. `what` is "decimal
// mark", "date pattern" or "character set"; `expected` is what `first` has.
[[nodiscard]] Error refuse_mixed(const std::string& file, std::string what, const CellPlace& first,
                                 const CellPlace& later, std::string expected);

// Views only: valid as long as line, header and file name are.
class Row {
 public:
  Row(const Line& line, const Header& header, const std::string& file)
      : line_(line), cells_(line), header_(header), file_(file) {}

  [[nodiscard]] const Line& line() const { return line_; }
  [[nodiscard]] const Header& header() const { return header_; }
  [[nodiscard]] const LineCells& cells() const { return cells_; }
  // Trimmed; empty when the file lacks the column or the row ends before it.
  [[nodiscard]] std::string_view cell(Column column) const {
    const std::size_t at = header_.position(column);
    return at < cells_.size() ? trimmed(cells_[at]) : std::string_view();
  }
  // Has a byte above 0x7F.
  [[nodiscard]] bool is_high() const { return line_.unusual; }
  [[nodiscard]] const std::string& file() const { return file_; }
  // Position of the first cell that is not blank and lies beyond the header, else Header::kAbsent.
  [[nodiscard]] std::size_t cell_beyond_header() const;

  // Of a column the header has, or any 0-based position.
  [[nodiscard]] CellPlace place(Column column) const;
  [[nodiscard]] CellPlace place_at(std::size_t position) const;

  // A refusal of this cell: file, line, byte, column, found (the cell) and `expected`.
  [[nodiscard]] Error refuse(const ErrorKind& kind, Column column, std::string expected) const;
  [[nodiscard]] Error refuse_position(const ErrorKind& kind, std::size_t position,
                                      std::string expected) const;

 private:
  const Line& line_;
  LineCells cells_;
  const Header& header_;
  const std::string& file_;
};

}  // namespace mlc::amazon::settlement_report
