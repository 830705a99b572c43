#include "ledger/rule_checks.h"

#include <map>

#include "ledger/errors.h"
#include "ledger/profitability.h"
#include "ledger/rule_match.h"
#include "ledger/rule_text.h"
#include "ledger/sap_fields.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

tl::unexpected<Error> bad(const Rule& rule, std::string found, std::string expected) {
  return failure(kBadRule, {{"id", rule.id},
                            {"place", rule.place},
                            {"found", std::move(found)},
                            {"expected", std::move(expected)}});
}

Status check_match(const Rule& rule) {
  for (const auto& named : kPatterns) {
    const Pattern& pattern = rule.match.*named.pattern;
    if (pattern.kind == Pattern::Kind::kPrefix && pattern.text.empty()) {
      return bad(rule, std::string(named.name) + " '*'",
                 "text before `*`, or no " + std::string(named.name) + " at all");
    }
  }
  return {};
}

Status check_lengths(const Rule& rule) {
  const RuleResult& result = rule.result;
  const std::string place = "rule '" + rule.id + "' (" + rule.place + ")";
  MLC_TRY_STATUS(check_length("account", place, result.account, kAccountLength));
  if (result.cost_center != kByMarketplace) {
    MLC_TRY_STATUS(check_length("cost_center", place, result.cost_center, kCostCenterLength));
  }
  MLC_TRY_STATUS(check_length("profit_center", place, result.profit_center, kProfitCenterLength));
  MLC_TRY_STATUS(
      check_length("internal_order", place, result.internal_order, kInternalOrderLength));
  MLC_TRY_STATUS(check_length("segment", place, result.segment, kSegmentLength));
  MLC_TRY_STATUS(
      check_length("functional_area", place, result.functional_area, kFunctionalAreaLength));
  MLC_TRY_STATUS(check_length("tax_code", place, result.tax_code, kTaxCodeLength));
  return check_length("payment_block", place, result.payment_block, kPaymentBlockLength);
}

// BAPIACAP09 and BAPIACAR09 have no cost objects, BAPIACGL09 has no payment block.
Status check_kind(const Rule& rule) {
  const RuleResult& result = rule.result;
  const bool gl = result.kind == LineKind::kGl;
  const bool cost_object = !result.cost_center.empty() || !result.internal_order.empty() ||
                           !result.segment.empty() || !result.functional_area.empty() ||
                           !result.profitability.empty();
  if (!gl && cost_object) {
    return bad(rule, "a cost object on a vendor or customer line",
               "cost centre, order, segment, functional area and profitability on G/L lines only");
  }
  if (!gl && result.treatment == Treatment::kNetToZero) {
    return bad(rule, "a vendor or customer that nets to zero", "a G/L account");
  }
  if (gl && !result.payment_block.empty()) {
    return bad(rule, "a payment block on a G/L line", "payment_block on vendor and customer lines");
  }
  return {};
}

Status check_result(const Rule& rule) {
  const RuleResult& result = rule.result;
  if (result.treatment == Treatment::kExclude && !result.account.empty()) {
    return bad(rule, "account " + result.account, "no account on excluded rows");
  }
  if (result.treatment != Treatment::kExclude && result.account.empty()) {
    return failure(kRuleWithoutAccount,
                   {{"id", rule.id}, {"place", rule.place}, {"expected", "an account"}});
  }
  if (result.nature == Nature::kReceivable) {
    return bad(rule, "nature receivable", "another nature: this one marks the balancing line");
  }
  if (result.treatment != Treatment::kNetToZero && !result.nets_within.empty()) {
    return bad(rule, "nets_within on rows that do not net", "treatment net-to-zero");
  }
  const std::string assignment = with_order(result.assignment, "");
  const std::string within = with_order(result.nets_within, "");
  for (const auto* text : {&assignment, &within, &result.text, &result.profitability}) {
    if (const auto name = unknown_name(*text)) {
      return bad(
          rule, *name,
          "{settlement_id}, {marketplace}, {transaction_type}, {amount_type}, "
          "{amount_description} or {fulfillment}; {order_id} in assignment and nets_within only");
    }
  }
  if (auto problem = problem_of_characteristics(result.profitability); !problem.empty()) {
    return bad(
        rule, std::move(problem),
        "names of CO-PA characteristics as SAP spells them (at most 30 characters), each with "
        "a value of at most 18 characters");
  }
  MLC_TRY_STATUS(check_kind(rule));
  return check_lengths(rule);
}

// An account either nets to zero or is posted to: its balance would prove nothing otherwise.
void check_netted_accounts(const RuleSet& rules, std::vector<Error>& out) {
  std::map<std::string, const Rule*> netted;
  for (const auto& rule : rules.rules) {
    if (rule.result.treatment == Treatment::kNetToZero) {
      netted.emplace(alpha(rule.result.account, kAccountLength), &rule);
    }
  }
  for (const auto& rule : rules.rules) {
    if (rule.result.treatment != Treatment::kPost || rule.result.kind != LineKind::kGl) continue;
    const auto other = netted.find(alpha(rule.result.account, kAccountLength));
    if (other == netted.end()) continue;
    out.push_back(bad(rule, "a posting to account " + other->first,
                      "no posting to an account that rule '" + other->second->id + "' (" +
                          other->second->place + ") nets to zero")
                      .value());
  }
}

tl::unexpected<Error> clash(const ErrorKind& kind, const Rule& rule, const Rule& other) {
  return failure(kind, {{"id", rule.id},
                        {"place", rule.place},
                        {"other_id", other.id},
                        {"other_place", other.place},
                        {"found", describe(rule.match)}});
}

void note(const Status& status, std::vector<Error>& out) {
  if (!status) out.push_back(status.error());
}

void check_rules(const RuleSet& rules, std::vector<Error>& out) {
  std::map<std::string_view, const Rule*> ids;
  std::map<std::string, const Rule*> matches;
  for (const auto& rule : rules.rules) {
    if (rule.id.empty() || rule.id == kSuspenseRule) {
      out.push_back(bad(rule, "id '" + rule.id + "'", "a name of its own").value());
    }
    note(check_match(rule), out);
    note(check_result(rule), out);
    const auto [same_id, new_id] = ids.emplace(rule.id, &rule);
    if (!new_id) out.push_back(clash(kDuplicateRule, *same_id->second, rule).value());
    const auto [same, is_new] = matches.emplace(describe(rule.match), &rule);
    if (!is_new && new_id) out.push_back(clash(kAmbiguousRules, *same->second, rule).value());
  }
}

void check_version(const RuleSet& rules, std::vector<Error>& out) {
  check_rules(rules, out);
  const std::string place = "rule set version '" + rules.version + "'";
  note(check_length("suspense_account", place, rules.suspense_account, kAccountLength), out);
  note(check_length("suspense_profit_center", place, rules.suspense_profit_center,
                    kProfitCenterLength),
       out);
  for (const auto& [marketplace, cost_center] : rules.cost_centers) {
    note(
        check_length("cost centre of '" + marketplace + "'", place, cost_center, kCostCenterLength),
        out);
  }
  check_netted_accounts(rules, out);
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

RuleSet in_compared_form(RuleSet rules) {
  std::map<std::string, std::string> cost_centers;
  for (const auto& [marketplace, cost_center] : rules.cost_centers) {
    cost_centers.emplace(folded(marketplace), cost_center);
  }
  rules.cost_centers = std::move(cost_centers);
  for (auto& rule : rules.rules) rule.match = folded(rule.match);
  return rules;
}

std::vector<Error> problems_of(const std::vector<RuleSet>& versions) {
  std::vector<Error> out;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    check_version(versions[i], out);
    for (std::size_t j = 0; j < i; ++j) note(check_pair(versions[j], versions[i]), out);
  }
  return out;
}

}  // namespace mlc::ledger
