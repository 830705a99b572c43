#include "cli/table.h"

#include <algorithm>

#include "base/expect.h"

namespace mlc::cli {
namespace {

// Code points: close enough to columns for the texts of settlements.
std::size_t width_of(const std::string& text) {
  std::size_t out = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++out;
  }
  return out;
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
  MLC_EXPECT(cells.size() <= columns_.size());
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = harmless(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::line(const std::vector<std::string>& cells,
                        const std::vector<std::size_t>& widths, std::size_t indent) const {
  std::string out(indent, ' ');
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += "  ";
    const std::string padding(widths[i] - width_of(cells[i]), ' ');
    out += columns_[i].right ? padding + cells[i] : cells[i] + padding;
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string Table::text(std::size_t indent) const {
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    titles.push_back(columns_[i].title);
    std::size_t width = width_of(columns_[i].title);
    for (const auto& row : rows_) width = std::max(width, width_of(row[i]));
    widths.push_back(width);
  }
  std::string out = line(titles, widths, indent);
  for (const auto& row : rows_) out += line(row, widths, indent);
  return out;
}

std::string harmless(const std::string& text) {
  std::string out = text;
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return out;
}

std::string labelled(const std::string& name, const std::string& text) {
  constexpr std::size_t kWidth = 13;
  return "  " + name + std::string(kWidth - std::min(kWidth - 1, name.size()), ' ') +
         harmless(text) + "\n";
}

}  // namespace mlc::cli
