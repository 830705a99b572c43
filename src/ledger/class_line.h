// Where the rules send a class of rows: the rule, and the posting attributes of its line. Pure;
// thread-safe.
#pragma once

#include "ledger/manifest.h"
#include "ledger/rules.h"
#include "ledger/settlement.h"

namespace mlc::ledger {

// What governs a class. Points into the class and the rule book, which must outlive it.
struct Resolved {
  const ClassTotal* total = nullptr;
  const RuleSet* version = nullptr;  // nullptr: the rows were posted before the first version
  const Rule* rule = nullptr;        // nullptr: suspense, or nothing at all
  // Neither a rule nor a suspense account: it holds its settlement.
  [[nodiscard]] bool is_unmapped() const {
    return version == nullptr || (rule == nullptr && version->suspense_account.empty());
  }
};
[[nodiscard]] Resolved resolve(const ClassTotal& total, const RuleBook& rules);

// The account in SAP's form; empty for excluded and unmapped classes.
[[nodiscard]] std::string account_of(const Resolved& resolved);

// The line of a class that is posted (by a rule or to suspense), with an amount of zero: classes
// whose lines are equal share one. Errors: ledger.unknown_cost_center, ledger.field_too_long.
[[nodiscard]] Result<DocumentLine> line_of(const Resolved& resolved,
                                           const SettlementId& settlement);

}  // namespace mlc::ledger
