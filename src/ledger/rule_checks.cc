#include "ledger/rule_checks.h"

#include <map>

#include "ledger/errors.h"
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
  if (rule.match.seller != Pattern{} || rule.match.material_group != Pattern{}) {
    return bad(rule, "seller or material_group",
               "attributes of the rows: a rule set belongs to one seller, and the file holds no "
               "material groups");
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
                           !result.segment.empty() || !result.functional_area.empty();
  if (!gl && cost_object) {
    return bad(rule, "a cost object on a vendor or customer line",
               "cost centre, order, segment and functional area on G/L lines only");
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
  for (const auto* text : {&result.assignment, &result.text}) {
    if (const auto name = unknown_name(*text)) {
      return bad(rule, *name,
                 "{settlement_id}, {marketplace}, {transaction_type}, {amount_type}, "
                 "{amount_description} or {fulfillment}");
    }
  }
  MLC_TRY_STATUS(check_kind(rule));
  return check_lengths(rule);
}

// An account either nets to zero or is posted to: its balance would prove nothing otherwise.
Status check_netted_accounts(const RuleSet& rules) {
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
    return bad(rule, "a posting to account " + other->first,
               "no posting to an account that rule '" + other->second->id + "' (" +
                   other->second->place + ") nets to zero");
  }
  return {};
}

tl::unexpected<Error> clash(const ErrorKind& kind, const Rule& rule, const Rule& other) {
  return failure(kind, {{"id", rule.id},
                        {"place", rule.place},
                        {"other_id", other.id},
                        {"other_place", other.place},
                        {"found", describe(rule.match)}});
}

}  // namespace

Status check(const RuleSet& rules) {
  std::map<std::string_view, const Rule*> ids;
  std::map<std::string, const Rule*> matches;
  for (const auto& rule : rules.rules) {
    if (rule.id.empty() || rule.id == kSuspenseRule) {
      return bad(rule, "id '" + rule.id + "'", "a name of its own");
    }
    MLC_TRY_STATUS(check_match(rule));
    MLC_TRY_STATUS(check_result(rule));
    const auto [same_id, new_id] = ids.emplace(rule.id, &rule);
    if (!new_id) return clash(kDuplicateRule, *same_id->second, rule);
    const auto [same, is_new] = matches.emplace(describe(rule.match), &rule);
    if (!is_new) return clash(kAmbiguousRules, *same->second, rule);
  }
  const std::string place = "rule set version '" + rules.version + "'";
  MLC_TRY_STATUS(check_length("suspense_account", place, rules.suspense_account, kAccountLength));
  for (const auto& [marketplace, cost_center] : rules.cost_centers) {
    MLC_TRY_STATUS(check_length("cost centre of '" + marketplace + "'", place, cost_center,
                                kCostCenterLength));
  }
  return check_netted_accounts(rules);
}

}  // namespace mlc::ledger
