// exceptions.
#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

constexpr std::size_t kShown = 5;

std::string indented(const std::string& text, const std::string& mark) {
  std::string out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    out += mark + harmless(text.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return out;
}

std::string names_text(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) {
    out += (out.empty() ? "" : ", ") + names[i];
  }
  if (names.size() > kShown) out += " and " + std::to_string(names.size() - kShown) + " more";
  return out;
}

std::string one(std::size_t number, const operations::ExceptionRow& row, const Prompt& prompt) {
  std::string out = std::to_string(number) + ". " + row.cause;
  if (row.kind != "settlement") out += " " + row.kind;
  if (!row.amount.empty()) out += "  " + row.amount + " " + row.currency;
  if (row.rows > 0) out += "  " + counted(row.rows, "row");
  if (row.due) out += "  (goes on by itself at " + format_instant(*row.due) + ")";
  out += "\n";
  out += indented(row.what, "   ");
  if (!row.settlements.empty()) {
    out += "   " + row.kind + " " + names_text(row.settlements) + "\n";
  }
  if (!row.cure.empty()) out += indented(row.cure, "   ");
  if (!row.rule.empty()) out += indented(row.rule, "     ");
  for (const std::string& command : row.next) out += "   $ " + prompt.line(command) + "\n";
  return out;
}

}  // namespace

std::string text_of(const std::vector<operations::ExceptionRow>& rows, const Prompt& prompt) {
  if (rows.empty()) {
    return "Nothing needs a decision (approvals: `" +
           prompt.line("settlements --status awaiting_approval") + "`).\n";
  }
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i)
    out += (i == 0 ? "" : "\n") + one(i + 1, rows[i], prompt);
  return out;
}

}  // namespace mlc::cli
