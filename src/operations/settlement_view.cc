#include "operations/settlement_view.h"

#include "flow/reversal_order.h"

namespace mlc::operations {
namespace {

Result<std::vector<ports::AuditEntry>> history_of(const Hub& hub, const ports::WorkRecord& work) {
  if (hub.audit == nullptr) return std::vector<ports::AuditEntry>{};
  return hub.audit->history(hub.tenant, work.kind + " " + work.subject);
}

Result<std::optional<UnitView>> last_unit(ports::StoreTransaction& transaction, const Hub& hub,
                                          const WorkId& work) {
  MLC_TRY(const auto intent, transaction.latest_intent(hub.tenant, work));
  if (!intent) return std::optional<UnitView>{};
  UnitView out{*intent, {}, {}};
  MLC_TRY(out.journal, transaction.journal(hub.tenant, intent->unit));
  MLC_TRY(out.look_ups, transaction.look_ups(hub.tenant, intent->unit));
  return std::optional<UnitView>(std::move(out));
}

Status add_records(const Hub& hub, const Named& named, SettlementView& out) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto documents, transaction->documents(hub.tenant, named.work.id));
  out.row = to_row(named, documents);
  for (const auto& document : documents) out.documents.push_back(to_row(document));
  MLC_TRY(const auto plan,
          transaction->manifest(hub.tenant, named.work.id, named.settlement->revision));
  if (plan) {
    const auto manifest = ledger::read_manifest(*plan);
    if (manifest) out.rules_version = manifest->rules_version;
    if (!manifest) out.missing.push_back(manifest.error());
  }
  MLC_TRY(out.last_unit, last_unit(*transaction, hub, named.work.id));
  MLC_TRY(out.reversals, flow::reversals_of(*transaction, hub.tenant, named.work.id));
  if (!named.settlement->header) return {};
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  for (const auto& other : settlements) {
    const bool same = other.header && other.header->id == named.settlement->header->id &&
                      other.selling_account == named.settlement->selling_account;
    if (same && other.work != named.work.id) out.rivals.push_back(other.work.str());
  }
  return {};
}

}  // namespace

Result<SettlementView> show(const Hub& hub, const std::string& name) {
  MLC_TRY(const Named named, find_settlement(hub, name));
  SettlementView out;
  out.record = *named.settlement;
  out.work = named.work;
  MLC_TRY_STATUS(add_records(hub, named, out));
  if (!named.settlement->lineage.empty()) {
    auto classes = class_views(hub, named, named.settlement->revision);
    if (classes) {
      out.classes = std::move(*classes);
    } else {
      // Whoever needs to look most is the person whose file is gone: the rest is shown.
      out.missing.push_back(classes.error());
    }
  }
  MLC_TRY(out.history, history_of(hub, named.work));
  return out;
}

}  // namespace mlc::operations
