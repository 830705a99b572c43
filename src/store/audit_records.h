// Whether the hub's records are what the audit trail says of them: whoever changes a table beside
// the trail is found without any checkpoint.
#pragma once

#include <string>
#include <vector>

#include "database/database.h"
#include "ledger/settlement.h"
#include "ports/store.h"

namespace mlc::store {

// Evidence that a record, a fact or an entry of the trail names.
struct NamedEvidence {
  std::string id;
  std::string named_by;
};

// A settlement as the tables hold it, for a comparison with its evidence.
struct CheckedSettlement {
  ports::SettlementRecord record;
  std::vector<ledger::ClassTotal> classes;
};

struct RecordCheck {
  std::vector<Error> differences;
  std::vector<NamedEvidence> objects;
  std::vector<NamedEvidence> lineages;
  std::vector<CheckedSettlement> settlements;
};

// Compares every settlement (state, object, proof, plan, approval), its manifests (re-hashed), its
// documents (numbers, outcomes, amounts) and every reversal with the trail. One state of the
// database, whatever is written meanwhile. Differences carry store.record_differs,
// .record_missing, .record_untold, .audit_trail_empty or .damaged_record.
// Errors: store.audit_entry_changed, database.*.
[[nodiscard]] Result<RecordCheck> check_records(database::Transaction transaction,
                                                const TenantId& tenant);

}  // namespace mlc::store
