#include "configuration/rule_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "configuration/errors.h"
#include "configuration/rule_file_reader.h"
#include "ledger/rule_checks.h"

namespace mlc::configuration {
namespace {

using ledger::RuleSet;

Result<std::string> text_of(const std::filesystem::path& path) {
  const auto refuse = [&path](std::string detail) {
    return failure(kUnreadable, {{"file", path.string()}, {"detail", std::move(detail)}});
  };
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return refuse("it is no file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse("it cannot be opened");
  const std::string out{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return refuse("reading broke off");
  return out;
}

struct Placed {
  std::string file;
  std::string line;
  std::string column;
};

// "file:12:1", also inside of "rule 'x' (file:12:1)".
std::optional<Placed> placed(std::string place) {
  const auto open = place.rfind('(');
  if (open != std::string::npos && place.ends_with(')')) {
    place = place.substr(open + 1, place.size() - open - 2);
  }
  const auto column = place.rfind(':');
  if (column == std::string::npos || column == 0) return std::nullopt;
  const auto line = place.rfind(':', column - 1);
  if (line == std::string::npos) return std::nullopt;
  return Placed{place.substr(0, line), place.substr(line + 1, column - line - 1),
                place.substr(column + 1)};
}

// What the rule book says, with file, line and column as the problems of a file alone have them.
Error with_place(const Error& error, const std::vector<Inspected>& files) {
  std::optional<Placed> place = placed(std::string(error.fact("place")));
  for (const auto& one : files) {
    if (place) break;
    const bool named = error.fact("version") == one.rules.version ||
                       error.fact("place") == "rule set version '" + one.rules.version + "'";
    if (!named) continue;
    place = Placed{one.file, std::to_string(one.version.line), std::to_string(one.version.column)};
  }
  if (!place) return error;
  return error.with("file", place->file).with("line", place->line).with("column", place->column);
}

// Whether a rule of the same section was found to have the same problem: a list is many rules.
bool is_told(const Error& error, const std::vector<Error>& told) {
  return std::ranges::any_of(told, [&error](const Error& one) {
    return one.id() == error.id() && !error.fact("line").empty() &&
           one.fact("file") == error.fact("file") && one.fact("line") == error.fact("line") &&
           one.fact("field") == error.fact("field") && one.fact("key") == error.fact("key");
  });
}

}  // namespace

Result<RuleSet> parse_rule_file(std::string_view text, const std::string& file) {
  std::vector<Error> problems;
  auto read = inspect(text, file, problems);
  if (!problems.empty()) return failure(problems.front());
  return std::move(read->rules);
}

Result<ledger::MaterialGroups> read_material_groups(const std::filesystem::path& file) {
  MLC_TRY(const std::string text, text_of(file));
  return ledger::MaterialGroups::parse(text, file.string());
}

Result<ledger::RuleBook> read_rule_files(const std::vector<std::filesystem::path>& files) {
  std::vector<RuleSet> versions;
  for (const auto& file : files) {
    MLC_TRY(const std::string text, text_of(file));
    MLC_TRY(auto version, parse_rule_file(text, file.string()));
    versions.push_back(std::move(version));
  }
  return ledger::RuleBook::make(std::move(versions));
}

RuleCheck check_rule_files(const std::vector<std::filesystem::path>& files) {
  RuleCheck out;
  std::vector<Inspected> read;
  for (const auto& file : files) {
    out.files.push_back({file.string(), {}, {}, {}, 0});
    const auto text = text_of(file);
    if (!text) {
      out.problems.push_back(text.error());
      continue;
    }
    auto inspected = inspect(*text, file.string(), out.problems);
    if (!inspected) continue;
    const RuleSet& rules = inspected->rules;
    out.files.back() = {file.string(), rules.name, rules.version, rules.valid_from,
                        rules.rules.size()};
    read.push_back(std::move(*inspected));
  }
  std::vector<RuleSet> versions;
  for (const auto& one : read) versions.push_back(ledger::in_compared_form(one.rules));
  for (const Error& problem : ledger::problems_of(versions)) {
    const Error error = with_place(problem, read);
    if (!is_told(error, out.problems)) out.problems.push_back(error);
  }
  return out;
}

}  // namespace mlc::configuration
