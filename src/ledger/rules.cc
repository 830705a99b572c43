#include "ledger/rules.h"

#include <algorithm>

#include "base/digest.h"
#include "ledger/rule_book_text.h"
#include "ledger/rule_checks.h"
#include "ledger/rule_match.h"
#include "ledger/rule_text.h"

namespace mlc::ledger {
namespace {

bool looks_at(const std::vector<RuleSet>& versions, Pattern RuleMatch::*pattern) {
  return std::ranges::any_of(versions, [pattern](const RuleSet& version) {
    return std::ranges::any_of(version.rules, [pattern](const Rule& rule) {
      return (rule.match.*pattern).kind != Pattern::Kind::kAbsent;
    });
  });
}

}  // namespace

Result<RuleBook> RuleBook::make(std::vector<RuleSet> versions) {
  for (auto& version : versions) version = in_compared_form(std::move(version));
  std::ranges::stable_sort(versions, {}, &RuleSet::valid_from);
  const auto problems = problems_of(versions);
  if (!problems.empty()) return failure(problems.front());
  return RuleBook(std::move(versions));
}

void RuleBook::write() {
  const bool seller = looks_at(versions_, &RuleMatch::seller);
  const bool groups = looks_at(versions_, &RuleMatch::material_group);
  text_ = write_rule_sets(versions_, {seller ? seller_ : "", groups ? groups_digest_ : ""});
  digest_ = to_hex(sha256(text_));
}

RuleBook RuleBook::bound(std::string seller, std::shared_ptr<const MaterialGroups> groups) const {
  RuleBook out = *this;
  out.seller_ = std::move(seller);
  out.groups_ = std::move(groups);
  out.groups_digest_ = out.groups_ == nullptr ? "" : out.groups_->digest();
  out.write();
  return out;
}

RuleBook RuleBook::with_groups_of(const RuleBook& other) const {
  RuleBook out = *this;
  out.groups_ = other.groups_;
  return out;
}

const std::string& RuleBook::material_group_of(std::string_view sku) const {
  static const std::string none;
  return groups_ == nullptr ? none : groups_->group_of(sku);
}

bool RuleBook::looks_at_material_group() const {
  return looks_at(versions_, &RuleMatch::material_group);
}

const RuleSet* RuleBook::governing(Date posted) const {
  const auto after = std::ranges::upper_bound(versions_, posted, {}, &RuleSet::valid_from);
  return after == versions_.begin() ? nullptr : &*std::prev(after);
}

const RuleSet* RuleBook::find(std::string_view version) const {
  const auto found = std::ranges::find(versions_, version, &RuleSet::version);
  return found == versions_.end() ? nullptr : &*found;
}

bool RuleBook::looks_at_sku() const { return looks_at(versions_, &RuleMatch::sku); }

bool RuleBook::looks_at_orders() const {
  return std::ranges::any_of(versions_, [](const RuleSet& version) {
    return std::ranges::any_of(version.rules, looks_at_order);
  });
}

bool RuleBook::nets_per_order() const {
  return std::ranges::any_of(versions_, [](const RuleSet& version) {
    return std::ranges::any_of(version.rules, [](const Rule& rule) {
      return rule.result.nets_within.find(kOrderName) != std::string::npos;
    });
  });
}

const Rule* RuleBook::match(const RowClass& row_class) const {
  const RuleSet* version = find(row_class.rules_version);
  if (version == nullptr) return nullptr;
  const FoldedClass row = folded(row_class, seller_);
  const Rule* best = nullptr;
  for (const auto& rule : version->rules) {
    if (!matches(rule.match, row, row_class.sign)) continue;
    if (best == nullptr || rank_of(rule.match) > rank_of(best->match)) best = &rule;
  }
  return best;
}

}  // namespace mlc::ledger
