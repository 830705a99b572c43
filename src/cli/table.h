// Tables of text: columns as wide as their cells, amounts on the right, nothing cut or rounded.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mlc::cli {

struct Column {
  std::string title;
  bool right = false;
};

// Pure. Not thread-safe.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  // Missing cells are blank; there may not be more than columns.
  void add(std::vector<std::string> cells);
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  // Title line, then the rows, each with a line end; every line begins with `indent` blanks. No
  // blanks at the end of a line.
  [[nodiscard]] std::string text(std::size_t indent = 0) const;

 private:
  [[nodiscard]] std::string line(const std::vector<std::string>& cells,
                                 const std::vector<std::size_t>& widths, std::size_t indent) const;
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// Control characters of foreign text become '?', so that it cannot play with a terminal.
[[nodiscard]] std::string harmless(const std::string& text);
// "  amazon       answered ...": a line with the name padded and the text harmless.
[[nodiscard]] std::string labelled(const std::string& name, const std::string& text);

}  // namespace mlc::cli
