#include "operations/explain_reversal.h"

#include <algorithm>

#include "flow/reversal_order.h"

namespace mlc::operations {
namespace {

std::string fact_of(const ports::AuditEntry& entry, std::string_view name) {
  const auto at = std::ranges::find(entry.facts, name, &Fact::name);
  return at == entry.facts.end() ? "" : at->value;
}

// The reversal that was asked to take the document back, and did.
Result<std::optional<ports::WorkRecord>> reversal_for(const Hub& hub,
                                                      const ports::WorkRecord& settlement,
                                                      const ledger::DocumentNumber& original) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto works, flow::reversals_of(*transaction, hub.tenant, settlement.id));
  for (const auto& work : works) {
    if (work.state != "done") continue;  // SAP refused it, or it was given up: it reversed nothing
    MLC_TRY(const auto order, flow::read_order(work.memory));
    const bool asked =
        std::ranges::any_of(order.parts, [&](const auto& part) { return part.number == original; });
    if (asked) return std::optional<ports::WorkRecord>(work);
  }
  return std::optional<ports::WorkRecord>{};
}

}  // namespace

Result<std::optional<ports::DocumentRecord>> reversed_original(
    const Hub& hub, ports::StoreTransaction& transaction, const ledger::DocumentNumber& number) {
  MLC_TRY(const auto settlements, transaction.list_settlements(hub.tenant));
  for (const auto& settlement : settlements) {
    MLC_TRY(const auto documents, transaction.documents(hub.tenant, settlement.work));
    const auto at = std::ranges::find(documents, number, &ports::DocumentRecord::reversed_by);
    if (at != documents.end()) return std::optional<ports::DocumentRecord>(*at);
  }
  return std::optional<ports::DocumentRecord>{};
}

Result<ReversalOf> explain_reversal(const Hub& hub, const ports::WorkRecord& settlement,
                                    const ports::DocumentRecord& original) {
  ReversalOf out;
  out.number = original.reversed_by->text();
  out.original = original.number ? original.number->text() : original.key;
  if (!original.number) return out;
  MLC_TRY(const auto reversal, reversal_for(hub, settlement, *original.number));
  if (!reversal) return out;
  out.work = reversal->id.str();
  MLC_TRY(const auto order, flow::read_order(reversal->memory));
  out.reason = order.reason;
  if (hub.audit == nullptr) return out;
  MLC_TRY(const auto history,
          hub.audit->history(hub.tenant, settlement.kind + " " + settlement.subject));
  for (const auto& entry : history) {
    if (fact_of(entry, "reversal") != out.work) continue;
    out.asked_by = entry.actor;
    out.asked_at = entry.at;
  }
  return out;
}

}  // namespace mlc::operations
