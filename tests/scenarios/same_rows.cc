#include <algorithm>

#include "tests/scenarios/steps.h"

namespace mlc::scenarios {
namespace {

std::string line_of(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const auto& cell : cells) out += " " + cell + " |";
  return out;
}

std::vector<std::string> cells_of(const Columns& found, const std::vector<std::string>& head) {
  std::vector<std::string> out;
  for (const auto& heading : head) {
    const auto at = found.find(heading);
    if (at == found.end()) fail("there is no column `" + heading + "`");
    out.push_back(at->second);
  }
  return out;
}

}  // namespace

void expect_same_rows(const Table& expected, const std::vector<Columns>& found) {
  if (expected.head.empty()) fail("a table is needed below this step");
  std::vector<std::vector<std::string>> left;
  for (const auto& row : found) left.push_back(cells_of(row, expected.head));
  std::string missing;
  for (const auto& row : expected.rows) {
    const auto at = std::ranges::find(left, row.cells);
    if (at != left.end()) {
      left.erase(at);
    } else {
      missing += "\n  line " + std::to_string(row.line) + " is missing: " + line_of(row.cells);
    }
  }
  if (missing.empty() && left.empty()) return;
  std::string text = "other rows than expected: " + line_of(expected.head) + missing;
  for (const auto& cells : left) text += "\n  found too much: " + line_of(cells);
  fail(text);
}

}  // namespace mlc::scenarios
