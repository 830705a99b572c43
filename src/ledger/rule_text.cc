#include "ledger/rule_text.h"

#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::string_view kSettlementName = "settlement_id";

const std::string* value_of(std::string_view name, const SettlementId& settlement,
                            const RowClass& row_class) {
  if (name == kSettlementName) return &settlement.str();
  if (name == "marketplace") return &row_class.marketplace;
  if (name == "transaction_type") return &row_class.transaction_type;
  if (name == "amount_type") return &row_class.amount_type;
  if (name == "amount_description") return &row_class.amount_description;
  return name == "fulfillment" ? &row_class.fulfillment : nullptr;
}

}  // namespace

std::optional<std::string> unknown_name(std::string_view text) {
  for (;;) {
    const auto open = text.find_first_of("{}");
    if (open == std::string_view::npos) return std::nullopt;
    const auto close = text.find('}', open);
    if (text[open] == '}' || close == std::string_view::npos) return std::string(text.substr(open));
    const auto name = text.substr(open + 1, close - open - 1);
    if (value_of(name, SettlementId(), RowClass()) == nullptr) {
      return std::string(text.substr(open, close - open + 1));
    }
    text.remove_prefix(close + 1);
  }
}

std::string with_order(std::string_view text, std::string_view order) {
  std::string out(text);
  for (auto at = out.find(kOrderName); at != std::string::npos;
       at = out.find(kOrderName, at + order.size())) {
    out.replace(at, kOrderName.size(), order);
  }
  return out;
}

std::optional<std::string> order_in(std::string_view text, std::string_view filled) {
  const auto at = text.find(kOrderName);
  if (at == std::string_view::npos) return std::nullopt;
  const auto before = text.substr(0, at);
  const auto after = text.substr(at + kOrderName.size());
  const bool fits = filled.size() >= before.size() + after.size() && filled.starts_with(before) &&
                    filled.ends_with(after);
  if (!fits) return std::nullopt;
  return std::string(filled.substr(before.size(), filled.size() - before.size() - after.size()));
}

bool looks_at_order(const Rule& rule) {
  return rule.result.treatment == Treatment::kPost &&
         rule.result.assignment.find(kOrderName) != std::string::npos;
}

std::string filled(std::string_view text, const SettlementId& settlement,
                   const RowClass& row_class) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    const auto name = text.substr(open + 1, close - open - 1);
    if (const auto* value = value_of(name, settlement, row_class)) out += *value;
    if (text.substr(open, close + 1 - open) == kOrderName) out += kOrderName;
    text.remove_prefix(close + 1);
  }
  out += text;
  return collapsed(out);
}

}  // namespace mlc::ledger
