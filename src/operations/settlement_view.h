// Everything the hub knows of one settlement.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operations/class_view.h"
#include "operations/settlement_list.h"

namespace mlc::operations {

// A guarded unit that was sent to SAP, with what was journalled and what was read afterwards.
struct UnitView {
  ports::IntentRecord intent;
  std::vector<ports::JournalEntry> journal;
  std::vector<ports::LookUpRecord> look_ups;
};

struct SettlementView {
  SettlementRow row;
  ports::SettlementRecord record;
  ports::WorkRecord work;
  std::vector<DocumentRow> documents;  // of all revisions
  std::vector<ClassView> classes;      // empty until the file was read, and when `missing` says so
  std::vector<Error> missing;          // what of it cannot be shown, and why
  std::string rules_version;           // of the latest revision's plan; empty before it
  std::optional<UnitView> last_unit;
  std::vector<ports::WorkRecord> reversals;
  std::vector<ports::AuditEntry> history;  // oldest first; empty without an audit log
  // Another file of the same settlement-id stands for it (or waits for a decision).
  std::vector<std::string> rivals;  // work ids
};

// Repeatable. A lineage file that is gone or damaged is named in `missing`.
// Errors: those of find_settlement, the store's.
[[nodiscard]] Result<SettlementView> show(const Hub& hub, const std::string& name);

}  // namespace mlc::operations
