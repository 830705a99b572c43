#include "ledger/rule_difference.h"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/rule_match.h"
#include "ledger/words.h"

namespace mlc::ledger {
namespace {

void add(std::vector<ValueChange>& out, std::string_view name, std::string_view from,
         std::string_view to) {
  if (from != to) out.push_back({std::string(name), std::string(from), std::string(to)});
}

std::vector<ValueChange> head_changes(const RuleSet& a, const RuleSet& b) {
  std::vector<ValueChange> out;
  add(out, "name", a.name, b.name);
  add(out, "version", a.version, b.version);
  add(out, "valid_from", format_date(a.valid_from), format_date(b.valid_from));
  add(out, "suspense_account", a.suspense_account, b.suspense_account);
  add(out, "suspense_profit_center", a.suspense_profit_center, b.suspense_profit_center);
  std::set<std::string> marketplaces;
  for (const auto* set : {&a, &b}) {
    for (const auto& [marketplace, cost_center] : set->cost_centers) {
      marketplaces.insert(marketplace);
    }
  }
  const auto of = [](const RuleSet& set, const std::string& marketplace) {
    const auto found = set.cost_centers.find(marketplace);
    return found == set.cost_centers.end() ? std::string() : found->second;
  };
  for (const auto& marketplace : marketplaces) {
    add(out, "cost_centers '" + marketplace + "'", of(a, marketplace), of(b, marketplace));
  }
  return out;
}

// Two words that a result always has are only told where they say something.
RuleResult nothing_said() {
  RuleResult out;
  out.assignment.clear();
  return out;
}

RuleChange only(RuleChange::Kind kind, const Rule& rule) {
  RuleChange out;
  out.kind = kind;
  out.id = rule.id;
  out.match = describe(rule.match);
  out.place = rule.place;
  const bool added = kind == RuleChange::Kind::kAdded;
  out.values = added ? changes(nothing_said(), rule.result) : changes(rule.result, nothing_said());
  return out;
}

RuleChange between(const Rule& a, const Rule& b) {
  RuleChange out;
  const Rank from = rank_of(a.match);
  const Rank to = rank_of(b.match);
  out.kind = a.match == b.match ? RuleChange::Kind::kResult : RuleChange::Kind::kMatch;
  out.id = a.id;
  out.other_id = b.id;
  out.match = describe(a.match);
  out.other_match = describe(b.match);
  if (to > from) out.rank = RuleChange::Rank::kHigher;
  if (to < from) out.rank = RuleChange::Rank::kLower;
  out.values = changes(a.result, b.result);
  out.place = a.place;
  return out;
}

using Left = std::vector<const Rule*>;

// Rules of the same patterns belong together, whatever their ids: lists number their rules anew.
void pair_by_match(const RuleSet& a, const RuleSet& b, Left& left_a, Left& left_b,
                   VersionDifference& out) {
  std::map<std::string, const Rule*> others;
  for (const auto& rule : b.rules) others.emplace(describe(rule.match), &rule);
  for (const auto& rule : a.rules) {
    const auto other = others.find(describe(rule.match));
    if (other == others.end()) {
      left_a.push_back(&rule);
    } else if (rule.result == other->second->result) {
      ++out.same;
    } else {
      out.rules.push_back(between(rule, *other->second));
    }
    if (other != others.end()) others.erase(other);
  }
  for (const auto& rule : b.rules) {
    const auto other = others.find(describe(rule.match));
    if (other != others.end() && other->second == &rule) left_b.push_back(&rule);
  }
}

// What is left has a partner only under its own id.
void pair_by_id(const Left& left_a, Left left_b, VersionDifference& out) {
  for (const Rule* rule : left_a) {
    const auto same = std::ranges::find(left_b, rule->id, [](const Rule* one) { return one->id; });
    if (same == left_b.end()) {
      out.rules.push_back(only(RuleChange::Kind::kRemoved, *rule));
    } else {
      out.rules.push_back(between(*rule, **same));
      left_b.erase(same);
    }
  }
  for (const Rule* rule : left_b) out.rules.push_back(only(RuleChange::Kind::kAdded, *rule));
}

VersionDifference one_sided(const RuleSet* a, const RuleSet* b) {
  VersionDifference out;
  const RuleSet& only_one = a != nullptr ? *a : *b;
  (a != nullptr ? out.version : out.other_version) = only_one.version;
  const auto kind = a != nullptr ? RuleChange::Kind::kRemoved : RuleChange::Kind::kAdded;
  for (const auto& rule : only_one.rules) out.rules.push_back(only(kind, rule));
  return out;
}

}  // namespace

std::string_view to_word(RuleChange::Kind kind) {
  switch (kind) {
    case RuleChange::Kind::kRemoved: return "removed";
    case RuleChange::Kind::kAdded: return "added";
    case RuleChange::Kind::kMatch: return "match";
    case RuleChange::Kind::kResult: return "result";
  }
  return "removed";
}

std::string_view to_word(RuleChange::Rank rank) {
  switch (rank) {
    case RuleChange::Rank::kSame: return "same";
    case RuleChange::Rank::kHigher: return "higher";
    case RuleChange::Rank::kLower: return "lower";
  }
  return "same";
}

std::vector<ValueChange> changes(const RuleResult& a, const RuleResult& b) {
  std::vector<ValueChange> out;
  add(out, "treatment", to_word(a.treatment), to_word(b.treatment));
  add(out, "kind", to_word(a.kind), to_word(b.kind));
  add(out, "nature", to_word(a.nature), to_word(b.nature));
  add(out, "account", a.account, b.account);
  for (const auto& named : kResultTexts) add(out, named.name, a.*named.text, b.*named.text);
  return out;
}

VersionDifference difference(const RuleSet& a, const RuleSet& b) {
  VersionDifference out;
  out.version = a.version;
  out.other_version = b.version;
  out.head = head_changes(a, b);
  Left left_a;
  Left left_b;
  pair_by_match(a, b, left_a, left_b, out);
  pair_by_id(left_a, std::move(left_b), out);
  std::ranges::stable_sort(out.rules, {}, &RuleChange::kind);
  return out;
}

std::vector<VersionDifference> differences(const RuleBook& a, const RuleBook& b) {
  if (a.versions().size() == 1 && b.versions().size() == 1) {
    return {difference(a.versions()[0], b.versions()[0])};
  }
  std::set<Date> beginnings;
  for (const auto* book : {&a, &b}) {
    for (const auto& version : book->versions()) beginnings.insert(version.valid_from);
  }
  std::vector<VersionDifference> out;
  for (const Date& beginning : beginnings) {
    const RuleSet* first = a.governing(beginning);
    const RuleSet* second = b.governing(beginning);
    const bool both = first != nullptr && second != nullptr;
    out.push_back(both ? difference(*first, *second) : one_sided(first, second));
  }
  return out;
}

}  // namespace mlc::ledger
