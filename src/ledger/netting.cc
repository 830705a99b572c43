#include "ledger/netting.h"

#include "ledger/rule_text.h"
#include "ledger/text.h"

namespace mlc::ledger {

bool Netting::per_order() const { return within.find(kOrderName) != std::string::npos; }

std::optional<Netting> netting_of(const Resolved& resolved, const SettlementId& settlement) {
  if (resolved.rule == nullptr) return std::nullopt;
  const RuleResult& result = resolved.rule->result;
  if (result.treatment != Treatment::kNetToZero) return std::nullopt;
  return Netting{account_of(resolved),
                 filled(result.nets_within, settlement, resolved.total->row_class)};
}

std::string class_group(const Netting& netting) {
  return collapsed(with_order(netting.within, ""));
}

}  // namespace mlc::ledger
