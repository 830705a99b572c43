// A re-issue that is posted as the difference to what is in the books: its documents continue the
// parts of the first file's, and both files stand for the settlement together.
#pragma once

#include <string>
#include <vector>

#include "flow/step.h"
#include "ledger/manifest.h"

namespace mlc::flow {

// The works whose documents stand under one settlement-id together, the first file first; empty
// while there is one file only. Kept as a fact of the tenant.
[[nodiscard]] Result<std::vector<WorkId>> family_of(ports::StoreTransaction& transaction,
                                                    const ports::SettlementRecord& settlement);

// The first later file of its family that is in the books or may be, a difference without lines
// included: it says for both what is on suspense, and its lines are a difference to this file's.
[[nodiscard]] Result<std::optional<WorkId>> standing_after(
    ports::StoreTransaction& transaction, const ports::SettlementRecord& settlement);

// Whether a later file continues it. Then its lines are what the later one is a difference to: it
// is posted again with these lines or not at all. The file after it; nothing when there is none.
[[nodiscard]] Result<std::optional<WorkId>> continued_by(ports::StoreTransaction& transaction,
                                                         const ports::SettlementRecord& settlement);
// Keeps the family of the settlement-id; none where one file stands alone.
[[nodiscard]] Status put_family(ports::StoreTransaction& transaction,
                                const ports::SettlementRecord& settlement,
                                const std::vector<WorkId>& works);

// What stands before a file of a family, and which parts are not its own.
struct Base {
  std::vector<WorkId> works;  // earlier files; empty: it stands alone, or is the first
  std::vector<ledger::Manifest> manifests;  // theirs, as they are posted
  std::vector<std::string> other_parts;     // of every other file of the family
  int first_part = 1;                       // the first that no other file has
};
[[nodiscard]] Result<Base> base_of(ports::StoreTransaction& transaction,
                                   const ports::SettlementRecord& settlement);

// `resolve WORK difference` of a re-issue.
[[nodiscard]] Result<Decision> begin_difference(StepInput& input);
// The first letter for new documents beside the files `standing` that SAP has not numbered for the
// same parts of a file put aside, nor for any part of this one: 'A' where there is no such thing.
// May lie beyond 'Z'.
[[nodiscard]] Result<char> unused_letter(ports::StoreTransaction& transaction,
                                         const ports::SettlementRecord& settlement,
                                         const std::vector<WorkId>& standing);
// Its file, which no other one continues, was put aside: the one before it stands for the
// settlement again.
[[nodiscard]] Status leave_family(ports::StoreTransaction& transaction,
                                  const ports::SettlementRecord& settlement);

}  // namespace mlc::flow
