#include "ledger/rules.h"

#include <algorithm>

#include "base/digest.h"
#include "ledger/errors.h"
#include "ledger/rule_book_text.h"
#include "ledger/rule_checks.h"
#include "ledger/rule_match.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

RuleSet in_compared_form(RuleSet rules) {
  std::map<std::string, std::string> cost_centers;
  for (const auto& [marketplace, cost_center] : rules.cost_centers) {
    cost_centers.emplace(folded(marketplace), cost_center);
  }
  rules.cost_centers = std::move(cost_centers);
  for (auto& rule : rules.rules) rule.match = folded(rule.match);
  return rules;
}

tl::unexpected<Error> overlap(const RuleSet& a, const RuleSet& b, std::string found,
                              std::string expected) {
  return failure(kRuleVersionsOverlap, {{"name", a.name},
                                        {"version", a.version},
                                        {"other_version", b.version},
                                        {"found", std::move(found)},
                                        {"expected", std::move(expected)}});
}

Status check_pair(const RuleSet& a, const RuleSet& b) {
  if (a.name != b.name) {
    return overlap(a, b, "names '" + a.name + "' and '" + b.name + "'", "one name");
  }
  if (a.version == b.version) return overlap(a, b, "the same version twice", "two versions");
  if (a.valid_from == b.valid_from) {
    return overlap(a, b, "both are valid from " + format_date(a.valid_from), "two dates");
  }
  return {};
}

}  // namespace

Result<RuleBook> RuleBook::make(std::vector<RuleSet> versions) {
  for (auto& version : versions) version = in_compared_form(std::move(version));
  std::ranges::stable_sort(versions, {}, &RuleSet::valid_from);
  for (std::size_t i = 0; i < versions.size(); ++i) {
    MLC_TRY_STATUS(check(versions[i]));
    for (std::size_t j = 0; j < i; ++j) MLC_TRY_STATUS(check_pair(versions[j], versions[i]));
  }
  std::string text = write_rule_sets(versions);
  std::string digest = to_hex(sha256(text));
  return RuleBook(std::move(versions), std::move(text), std::move(digest));
}

const RuleSet* RuleBook::governing(Date posted) const {
  const auto after = std::ranges::upper_bound(versions_, posted, {}, &RuleSet::valid_from);
  return after == versions_.begin() ? nullptr : &*std::prev(after);
}

const RuleSet* RuleBook::find(std::string_view version) const {
  const auto found = std::ranges::find(versions_, version, &RuleSet::version);
  return found == versions_.end() ? nullptr : &*found;
}

bool RuleBook::looks_at_sku() const {
  return std::ranges::any_of(versions_, [](const RuleSet& version) {
    return std::ranges::any_of(version.rules, [](const Rule& rule) {
      return rule.match.sku.kind != Pattern::Kind::kAbsent;
    });
  });
}

const Rule* RuleBook::match(const RowClass& row_class) const {
  const RuleSet* version = find(row_class.rules_version);
  if (version == nullptr) return nullptr;
  const FoldedClass row = folded(row_class);
  const Rule* best = nullptr;
  for (const auto& rule : version->rules) {
    if (!matches(rule.match, row, row_class.sign)) continue;
    if (best == nullptr || rank_of(rule.match) > rank_of(best->match)) best = &rule;
  }
  return best;
}

}  // namespace mlc::ledger
