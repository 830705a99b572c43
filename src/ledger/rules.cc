#include "ledger/rules.h"

#include <algorithm>

#include "base/digest.h"
#include "ledger/errors.h"
#include "ledger/rule_checks.h"
#include "ledger/rule_match.h"
#include "ledger/text.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

// Every value with its length in front, so that no two rule sets give the same text.
void add(std::string& out, std::string_view value) {
  out += std::to_string(value.size());
  out += ':';
  out += value;
}

void add(std::string& out, const Rule& rule) {
  add(out, rule.id);
  add(out, rule.why);
  for (const auto& named : kPatterns) {
    const Pattern& pattern = rule.match.*named.pattern;
    add(out, std::to_string(static_cast<int>(pattern.kind)));
    add(out, pattern.text);
  }
  add(out, rule.match.sign ? to_word(*rule.match.sign) : "");
  const RuleResult& result = rule.result;
  add(out, to_word(result.treatment));
  add(out, to_word(result.kind));
  add(out, to_word(result.nature));
  for (const auto* field :
       {&result.category, &result.account, &result.cost_center, &result.profit_center,
        &result.internal_order, &result.segment, &result.functional_area, &result.tax_code,
        &result.payment_block, &result.assignment, &result.text}) {
    add(out, *field);
  }
}

std::string digest_of(const std::vector<RuleSet>& versions) {
  std::string out;
  for (const auto& version : versions) {
    add(out, version.name);
    add(out, version.version);
    add(out, format_date(version.valid_from));
    add(out, version.suspense_account);
    add(out, std::to_string(version.cost_centers.size()));
    for (const auto& [marketplace, cost_center] : version.cost_centers) {
      add(out, marketplace);
      add(out, cost_center);
    }
    add(out, std::to_string(version.rules.size()));
    for (const auto& rule : version.rules) add(out, rule);
  }
  return to_hex(sha256(out));
}

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
  std::string digest = digest_of(versions);
  return RuleBook(std::move(versions), std::move(digest));
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
