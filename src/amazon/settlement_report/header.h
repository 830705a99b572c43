// The header row: which column of the file is which.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/layout.h"
#include "amazon/settlement_report/line_splitter.h"
#include "base/result.h"

namespace mlc::amazon::settlement_report {

// Cells of a line, split at TAB; quotes are ordinary characters. `cells` is cleared first.
void split_cells(std::string_view line, std::vector<std::string_view>& cells);

// Without blanks at both ends.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Immutable after `read`.
class Header {
 public:
  static constexpr std::size_t kAbsent = SIZE_MAX;

  // At least three cells are names of columns: the line is a header, whole or not.
  [[nodiscard]] static bool looks_like(const std::vector<std::string_view>& cells);

  // `cells` are those of `line`. The layout is V2 when its mandatory columns are there, else V1.
  // Names are compared in lower case, trimmed, with inner blanks as hyphens. Blank names and
  // unknown names are kept as columns that nothing reads. Errors:
  // settlement_report.missing_columns, .duplicate_column.
  [[nodiscard]] static Result<Header> read(const Line& line,
                                           const std::vector<std::string_view>& cells,
                                           const std::string& file);

  [[nodiscard]] const Layout& layout() const { return *layout_; }
  [[nodiscard]] std::uint64_t line() const { return line_; }  // of the header row

  // 0-based position, kAbsent when the file (or its layout) does not have the column.
  [[nodiscard]] std::size_t position(Column column) const {
    return positions_[static_cast<std::size_t>(column)];
  }
  // Number of columns, blank trailing names not counted.
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  // The name at a position in the file's spelling, empty when there is none.
  [[nodiscard]] std::string_view name(std::size_t position) const;
  // Positions of names that the layout does not know, in the file's order.
  [[nodiscard]] const std::vector<std::size_t>& unknown() const { return unknown_; }

 private:
  Header() { positions_.fill(kAbsent); }
  const Layout* layout_ = nullptr;
  std::uint64_t line_ = 0;
  std::array<std::size_t, kAllColumns> positions_{};
  std::vector<std::string> names_;
  std::vector<std::size_t> unknown_;
};

}  // namespace mlc::amazon::settlement_report
