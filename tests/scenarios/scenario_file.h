// A scenario as text: headings, steps in plain words, tables below them.
//
//   Scenario: what it shows
//   Case: number of an accounting case (may be repeated)
//   Not shown: what the case demands and this file leaves out, or "nothing"
//
//   Given today is 2026-06-16
//   When the night runs
//   Then the posted lines are
//     | account    | amount  |
//     | 0000140100 | 1000.00 |
//
// `And` continues the kind of the step above it. Lines that begin with `#` are remarks.
#pragma once

#include <string>
#include <vector>

namespace mlc::scenarios {

// Thrown when a scenario cannot be read or is not met; the text begins with "file:line: ".
struct Failure {
  std::string text;
};

struct Row {
  int line = 0;
  std::vector<std::string> cells;
};

struct Table {
  std::vector<std::string> head;
  std::vector<Row> rows;
  // The cell below a heading; empty when the table has no such heading.
  [[nodiscard]] std::string cell(const Row& row, const std::string& heading) const;
};

struct Step {
  int line = 0;
  std::string kind;  // "Given", "When" or "Then"
  std::string text;  // without its first word
  Table table;       // without headings when there is none
};

struct Scenario {
  std::string file;
  std::string title;
  std::vector<std::string> cases;
  std::string not_shown;
  std::vector<Step> steps;
};

// `file` names the place in failures. Throws Failure.
[[nodiscard]] Scenario parse_scenario(const std::string& file, const std::string& content);

}  // namespace mlc::scenarios
