#include "ledger/rule_match.h"

#include "ledger/text.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

// Longer prefixes rank higher, and exact above the longest prefix there can be.
constexpr std::size_t kExactRank = SIZE_MAX;

std::size_t rank_of(const Pattern& pattern) {
  switch (pattern.kind) {
    case Pattern::Kind::kAbsent: return 0;
    case Pattern::Kind::kPrefix: return 1 + pattern.text.size();
    case Pattern::Kind::kExact: return kExactRank;
  }
  return 0;
}

bool matches(const Pattern& pattern, const std::string& text) {
  switch (pattern.kind) {
    case Pattern::Kind::kAbsent: return true;
    case Pattern::Kind::kPrefix: return text.starts_with(pattern.text);
    case Pattern::Kind::kExact: return text == pattern.text;
  }
  return false;
}

}  // namespace

Rank rank_of(const RuleMatch& match) {
  Rank out{};
  for (std::size_t i = 0; i < kPatterns.size(); ++i) {
    out[i] = rank_of(match.*kPatterns[i].pattern);
  }
  out.back() = match.sign ? 1 : 0;
  return out;
}

FoldedClass folded(const RowClass& row_class, std::string_view seller) {
  return {folded(row_class.amount_description),
          folded(row_class.amount_type),
          folded(row_class.transaction_type),
          folded(row_class.marketplace),
          folded(seller),
          folded(row_class.fulfillment),
          folded(row_class.material_group),
          folded(row_class.sku)};
}

bool matches(const RuleMatch& match, const FoldedClass& row, Sign sign) {
  if (match.sign && *match.sign != sign) return false;
  for (std::size_t i = 0; i < kPatterns.size(); ++i) {
    if (!matches(match.*kPatterns[i].pattern, row[i])) return false;
  }
  return true;
}

RuleMatch folded(const RuleMatch& match) {
  RuleMatch out = match;
  for (const auto& named : kPatterns) {
    Pattern& pattern = out.*named.pattern;
    const bool prefix = pattern.kind == Pattern::Kind::kPrefix;
    pattern.text = lower_ascii(prefix ? collapsed_prefix(pattern.text) : collapsed(pattern.text));
    if (pattern.kind == Pattern::Kind::kAbsent) pattern.text.clear();
  }
  return out;
}

std::string describe(const RuleMatch& match) {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    out += out.empty() ? "" : ", ";
    out += name;
    out += " '";
    out += value;
    out += "'";
  };
  for (const auto& named : kPatterns) {
    const Pattern& pattern = match.*named.pattern;
    if (pattern.kind == Pattern::Kind::kExact) add(named.name, pattern.text);
    if (pattern.kind == Pattern::Kind::kPrefix) add(named.name, pattern.text + "*");
  }
  if (match.sign) add("sign", to_word(*match.sign));
  return out.empty() ? "every row" : out;
}

}  // namespace mlc::ledger
