#include "amazon/settlement_report/header.h"

#include <algorithm>
#include <cstring>

#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/row.h"

namespace mlc::amazon::settlement_report {
namespace {

// "Amount Type" and "amount-type" are one name; both have been seen.
std::string normalised(std::string_view name) {
  std::string out;
  for (const char c : trimmed(name)) {
    const bool blank = c == ' ';
    if (blank && out.ends_with('-')) continue;
    out += blank ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

using Columns = std::vector<std::optional<Column>>;

Columns named_columns(const std::vector<std::string>& names) {
  Columns out;
  for (const std::string& name : names) out.push_back(column_named(normalised(name)));
  return out;
}

bool contains(std::span<const Column> columns, Column wanted) {
  return std::ranges::find(columns, wanted) != columns.end();
}

std::size_t missing_of(const Layout& layout, const Columns& columns) {
  return static_cast<std::size_t>(std::ranges::count_if(layout.mandatory, [&](Column column) {
    return std::ranges::find(columns, std::optional(column)) == columns.end();
  }));
}

// The one that lacks fewer mandatory columns; V2 when they are equal.
const Layout& layout_of(const Columns& columns) {
  const bool older = missing_of(layout_v1(), columns) < missing_of(layout_v2(), columns);
  return older ? layout_v1() : layout_v2();
}

}  // namespace

void split_cells(std::string_view line, std::vector<std::string_view>& cells) {
  cells.clear();
  const char* at = line.data();
  const char* const end = at + line.size();
  while (at != end) {
    const auto left = static_cast<std::size_t>(end - at);
    const auto* tab = static_cast<const char*>(std::memchr(at, '\t', left));
    if (tab == nullptr) break;
    cells.emplace_back(at, static_cast<std::size_t>(tab - at));
    at = tab + 1;
  }
  cells.emplace_back(at, static_cast<std::size_t>(end - at));
}

bool Header::looks_like(const std::vector<std::string_view>& cells) {
  constexpr std::ptrdiff_t kEnough = 3;
  return std::ranges::count_if(cells, [](std::string_view cell) {
           return column_named(normalised(cell)).has_value();
         }) >= kEnough;
}

Result<Header> Header::read(const Line& line, const std::vector<std::string_view>& cells,
                            const std::string& file) {
  Header out;
  out.line_ = line.number;
  for (const std::string_view cell : cells) out.names_.emplace_back(trimmed(cell));
  while (!out.names_.empty() && out.names_.back().empty()) out.names_.pop_back();
  const auto columns = named_columns(out.names_);
  out.layout_ = &layout_of(columns);
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (out.names_[at].empty()) continue;
    if (!columns[at] || !contains(out.layout_->columns, *columns[at])) {
      out.unknown_.push_back(at);
      continue;
    }
    std::size_t& position = out.positions_[static_cast<std::size_t>(*columns[at])];
    if (position != kAbsent) {
      return failure(kDuplicateColumn, {{"file", file},
                                        {"line", std::to_string(line.number)},
                                        {"column", std::string(column_name(*columns[at]))},
                                        {"column_number", std::to_string(at + 1)},
                                        {"first", std::to_string(position + 1)},
                                        {"found", "two columns"},
                                        {"expected", "one column"}});
    }
    position = at;
  }
  std::vector<std::string> missing;
  for (const Column column : out.layout_->mandatory) {
    if (out.position(column) == kAbsent) missing.emplace_back(column_name(column));
  }
  if (missing.empty()) return out;
  return failure(kMissingColumns, {{"file", file},
                                   {"line", std::to_string(line.number)},
                                   {"missing", joined(missing)},
                                   {"found", shown(joined(out.names_))},
                                   {"expected", joined(missing)}});
}

std::string_view Header::name(std::size_t position) const {
  return position < names_.size() ? std::string_view(names_[position]) : std::string_view();
}

}  // namespace mlc::amazon::settlement_report
