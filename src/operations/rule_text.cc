#include "operations/rule_text.h"

#include <algorithm>
#include <string_view>

#include "ledger/nearest_rule.h"
#include "ledger/rule_match.h"
#include "ledger/text.h"
#include "ledger/words.h"

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

// As rule files spell it; what is there anyway is left out.
std::string result_text(const ledger::RuleResult& result) {
  const ledger::RuleResult usual;
  std::string out;
  const auto add = [&out](std::string_view key, std::string_view value, std::string_view unless) {
    if (value != unless) out += std::string(key) + " = " + quoted(value) + "\n";
  };
  add("treatment", to_word(result.treatment), to_word(usual.treatment));
  add("kind", to_word(result.kind), to_word(usual.kind));
  add("nature", to_word(result.nature), to_word(usual.nature));
  add("account", result.account, "");
  for (const auto& [name, text] : ledger::kResultTexts) add(name, result.*text, usual.*text);
  return out;
}

// Unique in the rule set.
std::string new_id(const ledger::RowClass& row_class, const ledger::RuleSet* rules) {
  std::string base = slug(row_class.transaction_type + " " + row_class.amount_type + " " +
                          row_class.amount_description);
  if (base.empty()) base = "blank";
  std::string out = base;
  const auto taken = [&] {
    return rules != nullptr &&
           std::ranges::find(rules->rules, out, &ledger::Rule::id) != rules->rules.end();
  };
  for (int number = 2; taken(); ++number) out = base + "-" + std::to_string(number);
  return out;
}

std::string or_blank(const std::string& text) { return text.empty() ? "(blank)" : text; }

}  // namespace

std::string class_text(const ledger::RowClass& row_class) {
  std::string out = or_blank(row_class.transaction_type) + " / " + or_blank(row_class.amount_type) +
                    " / " + or_blank(row_class.amount_description);
  if (!row_class.marketplace.empty()) out += " on " + row_class.marketplace;
  return out;
}

RuleSuggestion rule_to_type(const ledger::RowClass& row_class, const ledger::RuleSet* rules) {
  RuleSuggestion out;
  const auto nearest = rules == nullptr ? std::nullopt : ledger::nearest_rule(*rules, row_class);
  if (nearest) {
    out.nearest = nearest->rule->id;
    for (const std::string& name : nearest->shared)
      out.shared += (out.shared.empty() ? "" : ", ") + name;
    out.text = "# A suggestion, not in use: like rule " + quoted(out.nearest) + " (same " +
               out.shared + "). Check the account before it is pasted.\n";
  }
  out.text += "[[rule]]\nid = " + quoted(new_id(row_class, rules)) +
              "\ntransaction_type = " + quoted(row_class.transaction_type) +
              "\namount_type = " + quoted(row_class.amount_type) +
              "\namount_description = " + quoted(row_class.amount_description) + "\n";
  if (nearest) {
    out.text += result_text(nearest->rule->result);
  } else {
    out.text += "account = \"ACCOUNT\"\n";
  }
  return out;
}

}  // namespace mlc::operations
