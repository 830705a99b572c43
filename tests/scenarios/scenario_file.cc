#include "tests/scenarios/scenario_file.h"

#include <algorithm>
#include <sstream>

namespace mlc::scenarios {
namespace {

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == std::string::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) out.push_back(trimmed(cell));
  return out;
}

class Parser {
 public:
  explicit Parser(std::string file) { out_.file = std::move(file); }

  Scenario run(const std::string& content) {
    std::istringstream in(content);
    for (std::string line; std::getline(in, line);) {
      ++number_;
      take(trimmed(line));
    }
    if (out_.title.empty()) fail("no line `Scenario: title`");
    if (out_.cases.empty()) fail("no line `Case: number`");
    if (out_.not_shown.empty()) fail("no line `Not shown: what is left out`");
    if (out_.steps.empty()) fail("no steps");
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Failure{out_.file + ":" + std::to_string(number_) + ": " + what};
  }

  void take(const std::string& line) {
    if (line.empty() || line.front() == '#') return;
    if (line.front() == '|') return table_row(line);
    if (heading(line)) return;
    step(line);
  }

  bool heading(const std::string& line) {
    const auto text_after = [&line](const std::string& name) -> std::string {
      return line.starts_with(name + ":") ? trimmed(line.substr(name.size() + 1)) : "";
    };
    if (const auto text = text_after("Scenario"); !text.empty()) return out_.title = text, true;
    if (const auto text = text_after("Case"); !text.empty()) {
      out_.cases.push_back(text);
      return true;
    }
    const auto text = text_after("Not shown");
    if (text.empty()) return false;
    out_.not_shown += (out_.not_shown.empty() ? "" : "; ") + text;
    return true;
  }

  void step(const std::string& line) {
    const auto blank = line.find(' ');
    const std::string first = line.substr(0, blank);
    const bool goes_on = first == "And" || first == "But";
    if (!goes_on && first != "Given" && first != "When" && first != "Then") {
      fail("`" + line + "` is no heading, table or step (Given, When, Then, And)");
    }
    if (blank == std::string::npos) fail("a step without words");
    if (goes_on && out_.steps.empty()) fail("`" + first + "` has no step above it");
    const std::string kind = goes_on ? out_.steps.back().kind : first;
    out_.steps.push_back({number_, kind, trimmed(line.substr(blank)), {}});
  }

  void table_row(const std::string& line) {
    if (out_.steps.empty()) fail("a table without a step above it");
    if (line.back() != '|') fail("a table row that does not end with |");
    Table& table = out_.steps.back().table;
    auto cells = cells_of(line);
    if (table.head.empty()) {
      table.head = std::move(cells);
      return;
    }
    if (cells.size() != table.head.size()) {
      fail("a row with " + std::to_string(cells.size()) + " cells below " +
           std::to_string(table.head.size()) + " headings");
    }
    table.rows.push_back({number_, std::move(cells)});
  }

  Scenario out_;
  int number_ = 0;
};

}  // namespace

std::string Table::cell(const Row& row, const std::string& heading) const {
  const auto at = std::ranges::find(head, heading);
  return at == head.end() ? "" : row.cells[static_cast<std::size_t>(at - head.begin())];
}

Scenario parse_scenario(const std::string& file, const std::string& content) {
  return Parser(file).run(content);
}

}  // namespace mlc::scenarios
