#include "ledger/class_line.h"

#include "ledger/documents.h"
#include "ledger/errors.h"
#include "ledger/profitability.h"
#include "ledger/rule_text.h"
#include "ledger/sap_fields.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

Result<std::string> cost_center(const Resolved& resolved) {
  const RuleResult& result = resolved.rule->result;
  if (result.cost_center != kByMarketplace) return alpha(result.cost_center, kCostCenterLength);
  const auto& known = resolved.version->cost_centers;
  const auto found = known.find(folded(resolved.total->row_class.marketplace));
  if (found != known.end()) return alpha(found->second, kCostCenterLength);
  return failure(kUnknownCostCenter,
                 {{"id", resolved.rule->id},
                  {"found", resolved.total->row_class.marketplace},
                  {"version", resolved.version->version},
                  {"expected", "an entry for every marketplace of the rows ('' for blank)"}});
}

std::string profitability(const std::string& of_rule, const SettlementId& settlement,
                          const RowClass& row) {
  auto characteristics = read_characteristics(of_rule);
  for (auto& [name, value] : characteristics) value = filled(value, settlement, row);
  return write_characteristics(characteristics);
}

DocumentLine suspense_line(const Resolved& resolved, const SettlementId& settlement) {
  const RowClass& row = resolved.total->row_class;
  DocumentLine line = empty_line(resolved.total->sum.currency());
  line.account = alpha(resolved.version->suspense_account, kAccountLength);
  line.profit_center = alpha(resolved.version->suspense_profit_center, kProfitCenterLength);
  line.assignment = settlement.str();
  // The transaction type keeps what may be sales and refunds on lines of their own.
  line.text = cut_to(collapsed("No rule: " + row.transaction_type + " " + row.amount_type + " " +
                               row.amount_description),
                     kLineTextLength);
  return line;
}

}  // namespace

Resolved resolve(const ClassTotal& total, const RuleBook& rules) {
  const std::string& version = total.row_class.rules_version;
  return {&total, version.empty() ? nullptr : rules.find(version), rules.match(total.row_class)};
}

std::string account_of(const Resolved& resolved) {
  if (resolved.is_unmapped()) return {};
  const auto& account =
      resolved.rule != nullptr ? resolved.rule->result.account : resolved.version->suspense_account;
  return alpha(account, kAccountLength);
}

Result<DocumentLine> line_of(const Resolved& resolved, const SettlementId& settlement) {
  if (resolved.rule == nullptr) return suspense_line(resolved, settlement);
  const RuleResult& result = resolved.rule->result;
  const RowClass& row = resolved.total->row_class;
  DocumentLine line = empty_line(resolved.total->sum.currency());
  line.kind = result.kind;
  line.account = alpha(result.account, kAccountLength);
  line.nature = result.nature;
  MLC_TRY(line.cost_center, cost_center(resolved));
  line.profit_center = alpha(result.profit_center, kProfitCenterLength);
  line.internal_order = alpha(result.internal_order, kInternalOrderLength);
  line.segment = result.segment;
  line.functional_area = result.functional_area;
  line.profitability = profitability(result.profitability, settlement, row);
  line.tax_code = result.tax_code;
  line.payment_block = result.payment_block;
  line.assignment = filled(result.assignment, settlement, row);
  line.text = cut_to(filled(result.text, settlement, row), kLineTextLength);
  MLC_TRY_STATUS(check_lengths(line, "rule '" + resolved.rule->id + "',"));
  return line;
}

}  // namespace mlc::ledger
