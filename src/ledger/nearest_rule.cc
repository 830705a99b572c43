#include "ledger/nearest_rule.h"

#include <algorithm>

#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr int kAmountType = 40;
constexpr int kDescription = 30;  // when it is the very same
constexpr int kTransactionType = 16;
constexpr int kSign = 6;
constexpr int kPlace = 3;  // marketplace, fulfilment: each
constexpr int kSimilar = kDescription / 2;

std::vector<std::string_view> triples(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i + 3 <= text.size(); ++i) out.push_back(text.substr(i, 3));
  std::ranges::sort(out);
  return out;
}

// Twice what both have over what each has (Dice), of kDescription.
int similarity(std::string_view a, std::string_view b) {
  if (a == b) return kDescription;
  const auto mine = triples(a);
  const auto other = triples(b);
  if (mine.empty() || other.empty()) return 0;
  std::vector<std::string_view> both;
  std::ranges::set_intersection(mine, other, std::back_inserter(both));
  const auto all = static_cast<int>(mine.size() + other.size());
  return static_cast<int>(both.size()) * 2 * kDescription / all;
}

// What an attribute of the rule says of the row's: `full` for the same, 0 for any, less for other.
int agreement(const Pattern& pattern, const std::string& text, int full) {
  if (pattern.kind == Pattern::Kind::kAbsent) return 0;
  const bool prefix = pattern.kind == Pattern::Kind::kPrefix && text.starts_with(pattern.text);
  return prefix || pattern.text == text ? full : -full / 2;
}

struct Score {
  int total = 0;
  std::vector<std::string> shared;
};

void add(Score& score, int points, const char* name) {
  score.total += points;
  if (points > 0) score.shared.emplace_back(name);
}

Score score_of(const Rule& rule, const RowClass& row) {
  const RuleMatch& match = rule.match;
  Score out;
  add(out, agreement(match.amount_type, folded(row.amount_type), kAmountType), "amount_type");
  add(out, agreement(match.transaction_type, folded(row.transaction_type), kTransactionType),
      "transaction_type");
  const bool described = match.amount_description.kind != Pattern::Kind::kAbsent;
  const int like =
      described ? similarity(match.amount_description.text, folded(row.amount_description)) : 0;
  const bool is_near = !out.shared.empty() || like >= kSimilar;
  out.total += like;
  if (like >= kSimilar) out.shared.emplace_back("a similar description");
  if (match.sign) add(out, *match.sign == row.sign ? kSign : -kSign, "sign");
  add(out, agreement(match.marketplace, folded(row.marketplace), kPlace), "marketplace");
  add(out, agreement(match.fulfillment, folded(row.fulfillment), kPlace), "fulfillment");
  if (!is_near) out.total = 0;
  return out;
}

}  // namespace

std::optional<NearestRule> nearest_rule(const RuleSet& rules, const RowClass& row_class) {
  std::optional<NearestRule> out;
  int best = 0;
  for (const Rule& rule : rules.rules) {
    if (rule.result.treatment == Treatment::kExclude) continue;
    Score score = score_of(rule, row_class);
    if (score.total <= best) continue;
    best = score.total;
    out = NearestRule{&rule, std::move(score.shared)};
  }
  return out;
}

}  // namespace mlc::ledger
