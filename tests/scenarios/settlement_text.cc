#include "tests/scenarios/settlement_text.h"

#include <array>
#include <utility>

#include "amazon/settlement_report/header.h"
#include "base/time.h"

namespace mlc::scenarios {
namespace {

namespace report = amazon::settlement_report;

using Cells = std::array<std::string, report::kColumnCount>;

// Headings of scenarios and columns of the file.
constexpr std::array<std::pair<std::string_view, std::size_t>, 8> kHeadings{{
    {"transaction type", 6},
    {"order", 7},
    {"marketplace", 11},
    {"amount type", 12},
    {"description", 13},
    {"amount", 14},
    {"fulfilment", 15},
    {"sku", 21},
}};

std::string line_of(const Cells& cells) {
  std::string out;
  for (const auto& cell : cells) out += (&cell == cells.data() ? "" : "\t") + cell;
  return out + "\n";
}

std::string header_line() {
  Cells cells;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i] = report::column_name(static_cast<report::Column>(i));
  }
  return line_of(cells);
}

std::size_t column_of(const std::string& heading) {
  for (const auto& [name, column] : kHeadings) {
    if (name == heading) return column;
  }
  throw Failure{"settlement rows have no column `" + heading + "`"};
}

// Of the day before in the home zone, and some seconds more.
std::string last_second(int seconds) {
  if (seconds == 0) return " 06:59:59 UTC";
  const std::string text = std::to_string(100 + seconds - 1);
  return " 07:00:" + text.substr(1) + " UTC";
}

std::string next_day(const std::string& day) {
  const auto date = parse_date(day);
  if (!date) throw Failure{"'" + day + "' is no date"};
  return format_date(Date(std::chrono::sys_days(*date) + std::chrono::days(1)));
}

}  // namespace

std::string settlement_text(const SettlementWords& words, const Table& rows) {
  Cells summary;
  summary[0] = words.id;
  summary[1] = words.from + last_second(words.seconds);  // where the one before ended
  summary[2] = next_day(words.to) + last_second(words.seconds);
  summary[3] = next_day(next_day(words.to)) + " 06:59:59 UTC";
  summary[4] = words.total;
  summary[5] = words.currency;
  std::string out = header_line() + line_of(summary);
  for (const auto& row : rows.rows) {
    Cells cells;
    cells[0] = words.id;
    cells[16] = words.from;
    cells[17] = words.from + " 20:00:00 UTC";
    for (std::size_t i = 0; i < rows.head.size(); ++i) {
      cells[column_of(rows.head[i])] = row.cells[i];
    }
    out += line_of(cells);
  }
  return out;
}

std::string cell_of(const std::string& line, const std::string& heading) {
  std::vector<std::string_view> cells;
  report::split_cells(line, cells);
  const std::size_t column = column_of(heading);
  return column < cells.size() ? std::string(cells[column]) : "";
}

}  // namespace mlc::scenarios
