#include "operations/rule_text.h"

#include <algorithm>
#include <string_view>

#include "ledger/text.h"

namespace mlc::operations {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// Letters and digits; everything else becomes one hyphen.
std::string slug(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool keep = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keep) {
      out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

// SAP refuses an account that is a cost element without a cost object, so what the rules for rows
// like these do is the better guess.
bool siblings_use_marketplace(const ledger::RowClass& row_class, const ledger::RuleSet* rules) {
  if (rules == nullptr) return false;
  const std::string type = ledger::folded(row_class.amount_type);
  return std::ranges::any_of(rules->rules, [&](const ledger::Rule& rule) {
    return rule.match.amount_type.text == type && rule.result.cost_center == ledger::kByMarketplace;
  });
}

std::string or_blank(const std::string& text) { return text.empty() ? "(blank)" : text; }

}  // namespace

std::string class_text(const ledger::RowClass& row_class) {
  std::string out = or_blank(row_class.transaction_type) + " / " + or_blank(row_class.amount_type) +
                    " / " + or_blank(row_class.amount_description);
  if (!row_class.marketplace.empty()) out += " on " + row_class.marketplace;
  return out;
}

std::string rule_to_type(const ledger::RowClass& row_class, const ledger::RuleSet* rules) {
  const std::string id = slug(row_class.transaction_type + " " + row_class.amount_type + " " +
                              row_class.amount_description);
  return "[[rule]]\nid = " + quoted(id.empty() ? "blank" : id) +
         "\ntransaction_type = " + quoted(row_class.transaction_type) +
         "\namount_type = " + quoted(row_class.amount_type) +
         "\namount_description = " + quoted(row_class.amount_description) +
         "\naccount = \"ACCOUNT\"\n" +
         (siblings_use_marketplace(row_class, rules) ? "cost_center = \"by-marketplace\"\n" : "");
}

}  // namespace mlc::operations
