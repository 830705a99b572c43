// One line of the report as cells, and the place that a refusal names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/header.h"
#include "amazon/settlement_report/line_splitter.h"
#include "base/error.h"

namespace mlc::amazon::settlement_report {

// What a refusal shows of a text: at most 80 bytes cut at a character, control characters as \xNN,
// "a blank cell" for nothing.
[[nodiscard]] std::string shown(std::string_view text);

// Views only: valid as long as line, cells, header and file name are.
class Row {
 public:
  Row(const Line& line, const std::vector<std::string_view>& cells, const Header& header,
      const std::string& file)
      : line_(line), cells_(cells), header_(header), file_(file) {}

  [[nodiscard]] const Line& line() const { return line_; }
  // Trimmed; empty when the file lacks the column or the row ends before it.
  [[nodiscard]] std::string_view cell(Column column) const {
    const std::size_t at = header_.position(column);
    return at < cells_.size() ? trimmed(cells_[at]) : std::string_view();
  }
  // Position of the first cell that is not blank and lies beyond the header, else Header::kAbsent.
  [[nodiscard]] std::size_t cell_beyond_header() const;

  // A refusal of this cell: file, line, byte, column, found (the cell) and `expected`.
  [[nodiscard]] Error refuse(const ErrorKind& kind, Column column, std::string expected) const;
  [[nodiscard]] Error refuse_position(const ErrorKind& kind, std::size_t position,
                                      std::string expected) const;

 private:
  const Line& line_;
  const std::vector<std::string_view>& cells_;
  const Header& header_;
  const std::string& file_;
};

}  // namespace mlc::amazon::settlement_report
