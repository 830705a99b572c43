// What planning and adoption share: settings into the ledger's terms, and records of a manifest.
#pragma once

#include <string>
#include <vector>

#include "flow/step.h"
#include "ledger/derive.h"

namespace mlc::flow {

[[nodiscard]] ledger::PostingSettings posting_settings(const Connection& connection,
                                                       const ledger::SettlementHeader& header);

// Classes with the places their money goes to, for the lineage.
[[nodiscard]] std::vector<ports::LineageClass> with_destinations(
    const std::vector<ledger::ClassTotal>& classes,
    const std::vector<ledger::ClassDestination>& destinations);

[[nodiscard]] ports::DocumentRecord planned_document(const ports::SettlementRecord& settlement,
                                                     const ledger::LedgerDocument& document);

// Where the settlement's manifest is with the derivation's sums.
void take_over(ports::SettlementRecord& settlement, const std::string& manifest_hash,
               const ledger::Derivation& derivation);

[[nodiscard]] ports::RuleBookRecord to_record(const ports::SettlementRecord& settlement,
                                              const ledger::RuleBook& rules, Instant now);

// Keeps lineage and rules of a revision under its letter, so that its documents stay explained
// after the next one was planned.
[[nodiscard]] Status keep_revision(ports::StoreTransaction& transaction,
                                   const ports::SettlementRecord& settlement, char revision);

}  // namespace mlc::flow
