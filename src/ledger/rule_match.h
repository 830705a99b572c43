// Patterns of rules: order, comparison, words. Used by the rule book and by rule files.
// Pure; thread-safe.
#pragma once

#include <array>
#include <string>

#include "ledger/rules.h"

namespace mlc::ledger {

struct NamedPattern {
  std::string_view name;  // as rule files spell it
  Pattern RuleMatch::*pattern;
};

struct NamedText {
  std::string_view name;  // as rule files spell it
  std::string RuleResult::*text;
};

// The texts that a rule decides, all but the account.
inline constexpr std::array<NamedText, 12> kResultTexts{{
    {"category", &RuleResult::category},
    {"cost_center", &RuleResult::cost_center},
    {"profit_center", &RuleResult::profit_center},
    {"internal_order", &RuleResult::internal_order},
    {"segment", &RuleResult::segment},
    {"functional_area", &RuleResult::functional_area},
    {"profitability", &RuleResult::profitability},
    {"tax_code", &RuleResult::tax_code},
    {"payment_block", &RuleResult::payment_block},
    {"assignment", &RuleResult::assignment},
    {"text", &RuleResult::text},
    {"nets_within", &RuleResult::nets_within},
}};

// In the order of rank.
inline constexpr std::array<NamedPattern, 8> kPatterns{{
    {"amount_description", &RuleMatch::amount_description},
    {"amount_type", &RuleMatch::amount_type},
    {"transaction_type", &RuleMatch::transaction_type},
    {"marketplace", &RuleMatch::marketplace},
    {"seller", &RuleMatch::seller},
    {"fulfillment", &RuleMatch::fulfillment},
    {"material_group", &RuleMatch::material_group},
    {"sku", &RuleMatch::sku},
}};

// Higher wins; equal ranks of rules that match the same class mean the same patterns.
using Rank = std::array<std::size_t, kPatterns.size() + 1>;
[[nodiscard]] Rank rank_of(const RuleMatch& match);

// A class's attributes in compared form, in the order of `kPatterns`.
using FoldedClass = std::array<std::string, kPatterns.size()>;
[[nodiscard]] FoldedClass folded(const RowClass& row_class, std::string_view seller);
// `match` must be in compared form.
[[nodiscard]] bool matches(const RuleMatch& match, const FoldedClass& row, Sign sign);

// The compared form of a match.
[[nodiscard]] RuleMatch folded(const RuleMatch& match);
// One text per set of matched classes: equal texts match the same classes.
// "amount_type 'itemprice', sku 'ab*'"; "every row" when nothing is asked for.
[[nodiscard]] std::string describe(const RuleMatch& match);

}  // namespace mlc::ledger
