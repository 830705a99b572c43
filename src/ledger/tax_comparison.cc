#include "ledger/tax_comparison.h"

#include <map>
#include <optional>
#include <utility>

namespace mlc::ledger {
namespace {

// Nothing when amounts are of several currencies or do not fit.
using Sum = std::optional<Money>;

struct Statement {
  Sum base;
  Sum tax;
  Sum local_tax;
};

void add(Sum& sum, const Money& amount) {
  const auto next = sum ? sum->plus(amount) : amount;
  sum = next ? Sum(*next) : std::nullopt;
}

std::string in_words(const Sum& sum) { return sum ? sum->decimal() : "no sum"; }

std::map<std::string, Sum> bases_sent(const LedgerDocument& document) {
  std::map<std::string, Sum> out;
  for (const auto& line : document.lines) {
    if (!line.tax_code.empty()) add(out[line.tax_code], line.amount);
  }
  return out;
}

std::map<std::string, Statement> statements(const std::vector<PostedTaxLine>& lines) {
  std::map<std::string, Statement> out;
  for (const auto& line : lines) {
    auto& statement = out[line.tax_code];
    add(statement.base, line.base);
    add(statement.tax, line.tax);
    add(statement.local_tax, line.local_tax);
  }
  return out;
}

bool is_zero(const Sum& sum) { return sum && sum->is_zero(); }

}  // namespace

std::vector<Difference> compare_tax(const LedgerDocument& wanted, const PostedDocument& found) {
  std::vector<Difference> out;
  const auto note = [&](bool hard, std::string field, std::string want, std::string have) {
    if (want == have) return;
    out.push_back({hard, wanted.key.text(), std::move(field), std::move(want), std::move(have)});
  };
  if (!found.tax_lines) {
    if (!found.lines.empty()) note(false, "BSET", "tax lines", "not readable");
    return out;
  }
  const auto sent = bases_sent(wanted);
  const auto stated = statements(*found.tax_lines);
  for (const auto& [code, base] : sent) {
    if (!stated.contains(code)) note(false, "FWBAS " + code, in_words(base), "");
  }
  for (const auto& [code, statement] : stated) {
    const auto ours = sent.find(code);
    if (ours == sent.end()) {
      note(true, "BSET " + code, "",
           "base " + in_words(statement.base) + ", tax " + in_words(statement.tax));
      continue;
    }
    if (!is_zero(statement.tax)) note(true, "FWSTE " + code, "0", in_words(statement.tax));
    if (!is_zero(statement.local_tax)) {
      note(true, "HWSTE " + code, "0", in_words(statement.local_tax));
    }
    note(false, "FWBAS " + code, in_words(ours->second), in_words(statement.base));
  }
  return out;
}

}  // namespace mlc::ledger
