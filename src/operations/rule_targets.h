// What SAP's masters say against the accounts and cost centres that rules name.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ledger/rules.h"
#include "operations/hub.h"

namespace mlc::operations {

struct TargetCheck {
  std::string connection;
  ports::SystemIdentity sap;
  Date day;                  // in the connection's home zone; cost centres are valid by days
  std::size_t accounts = 0;  // different ones that SAP was asked about
  std::size_t cost_centers = 0;
  // operations.account_missing, .account_blocked, .cost_center_missing, .cost_center_locked, each
  // of a rule with the facts file, line and column, of a rule set with none of them;
  // .masters_unreadable for each table that may not be read.
  std::vector<Error> problems;
};

// Asks SAP about the G/L accounts and cost centres of all rules that post, of suspense accounts and
// of the connection's receivable account. Versions whose successor governs everything that Amazon
// still lists are left out; so are accounts that only net to zero, customers and vendors, and what
// CHECK alone can tell (tax codes, cost objects). Repeatable; one call per account and table.
// Errors: operations.no_such_connection, .read_only, .sap_not_open, .other_system, those of
// SapReader.
[[nodiscard]] Result<TargetCheck> check_targets(const Hub& hub, const std::string& connection,
                                                const ledger::RuleBook& rules);

}  // namespace mlc::operations
