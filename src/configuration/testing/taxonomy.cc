#include "configuration/testing/taxonomy.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace mlc::configuration::testing {
namespace {

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? ""
                                    : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, mark);) out.push_back(trimmed(part));
  return out;
}

// "Text*" is text that goes on.
bool take_star(std::string& text) {
  if (!text.ends_with('*')) return false;
  text.pop_back();
  return true;
}

void add(const std::string& group, const std::vector<std::string>& cells,
         std::vector<TaxonomyRow>& out) {
  if (cells.size() != 6) std::abort();
  for (const auto& transaction_type : split(cells[0], ';')) {
    for (const auto& amount_type : split(cells[1], ';')) {
      for (const auto& description : split(cells[2], ';')) {
        TaxonomyRow row{group,       transaction_type == "-" ? "" : transaction_type,
                        amount_type, description,
                        cells[3],    cells[4],
                        cells[5],    false,
                        false};
        row.free_amount_type = take_star(row.amount_type);
        row.free_description = take_star(row.description);
        out.push_back(std::move(row));
      }
    }
  }
}

}  // namespace

std::vector<TaxonomyRow> taxonomy() {
  std::ifstream in("src/configuration/testing/taxonomy.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(' ') && !lines.empty()) {
      lines.back() += " " + trimmed(line);
    } else if (!line.empty() && !line.starts_with('#')) {
      lines.push_back(line);
    }
  }
  std::vector<TaxonomyRow> out;
  std::string group;
  for (const auto& line : lines) {
    if (line.starts_with("= ")) {
      group = line.substr(2, 1);
    } else {
      add(group, split(line, '|'), out);
    }
  }
  return out;
}

}  // namespace mlc::configuration::testing
