// The documents of a settlement as they would be posted, and what SAP says to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/manifest.h"
#include "operations/settlement_list.h"

namespace mlc::operations {

// SAP's answer to BAPI_ACC_DOCUMENT_CHECK for all documents; nothing was written.
struct CheckVerdict {
  std::string outcome;  // "ready", or the outcome that a post would have
  std::vector<ports::BapiMessage> messages;
  std::vector<ledger::Difference> differences;  // with what SAP holds under our reference
  std::optional<ports::StoredError> error;
};

struct AccountTotal {
  std::string account;
  std::string cost_center;
  std::string amount;  // decimal text
  std::uint64_t lines = 0;
};

struct Preview {
  SettlementRow settlement;
  ledger::Manifest manifest;
  std::string posted;  // P1: the three add up to the total
  std::string netted;
  std::string excluded;
  std::vector<AccountTotal> accounts;  // by account and cost centre
  // Parts that stand in SAP's books under an earlier letter: their documents of this manifest are
  // not posted.
  std::vector<DocumentRow> standing;
  std::optional<CheckVerdict> check;  // nothing when SAP was not asked
};

// `ask_sap` false leaves SAP alone, and so does a configuration that cannot be used. Repeatable;
// writes nothing. Errors: operations.nothing_planned, those of find_settlement, the store's.
[[nodiscard]] Result<Preview> preview(const Hub& hub, const std::string& name, bool ask_sap);

}  // namespace mlc::operations
