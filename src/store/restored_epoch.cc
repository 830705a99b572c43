#include "store/restored_epoch.h"

#include <algorithm>

#include "ports/store.h"
#include "store/epoch.h"

namespace mlc::store {
namespace {

using database::Sql;

constexpr Sql kTenants{"list audited tenants",
                       "SELECT DISTINCT tenant FROM audit_entry ORDER BY tenant"};

// The flow keeps still for a while after it.
constexpr Sql kRestoredAt{"note restore",
                          "INSERT INTO tenant_fact (tenant, name, value) VALUES (?, ?, ?)"
                          " ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value"};

template <class T>
Result<T> translated(Result<T> result) {
  if (!result) return failure(store_error(std::move(result).error()));
  return result;
}

Result<std::vector<TenantId>> audited_tenants(SqlSession& session) {
  return read_all<TenantId>(
      session, kTenants, {},
      [](const database::Row& row) -> Result<TenantId> { return TenantId(row.text(0)); });
}

std::vector<Fact> facts_for(const TenantId& tenant, const ReplacedStore& replaced,
                            const RestoreReason& reason) {
  std::vector<Fact> facts{{"backup", reason.backup}};
  const auto head = replaced.heads.find(tenant);
  if (head == replaced.heads.end()) {
    facts.push_back({"replaced", "unknown"});
    return facts;
  }
  facts.push_back({"replaced_epoch", std::to_string(head->second.epoch)});
  facts.push_back({"replaced_size", std::to_string(head->second.size)});
  facts.push_back({"replaced_root", to_hex(head->second.root)});
  return facts;
}

}  // namespace

Result<ReplacedStore> describe_store(SqlSession& session) {
  ReplacedStore out;
  MLC_TRY(out.epoch, current_epoch(session));
  MLC_TRY(const auto tenants, audited_tenants(session));
  for (const TenantId& tenant : tenants) {
    // Numbers nothing: only the head of what is numbered counts.
    MLC_TRY(out.heads[tenant], translated(sequence_audit(session.transaction(), tenant, 0)));
  }
  return out;
}

Result<std::uint64_t> begin_restored_epoch(SqlSession& session, const ReplacedStore& replaced,
                                           const RestoreReason& reason, const AuditSigner& signer) {
  MLC_TRY(const auto own, describe_store(session));
  auto highest = std::max(own.epoch, replaced.epoch);
  std::map<TenantId, AuditHead> tenants = own.heads;
  tenants.insert(replaced.heads.begin(), replaced.heads.end());
  for (const auto& [tenant, head] : own.heads) highest = std::max(highest, head.epoch);
  for (const auto& [tenant, head] : replaced.heads) highest = std::max(highest, head.epoch);
  MLC_TRY(const auto epoch,
          open_epoch(session, highest, reason.actor, "restore of " + reason.backup, reason.at));
  for (const auto& [tenant, head] : tenants) {
    const AuditEpoch opened{epoch, reason.at, reason.actor, facts_for(tenant, replaced, reason)};
    MLC_TRY_STATUS(translated(open_audit_epoch(session.transaction(), tenant, opened, signer)));
  }
  MLC_TRY_STATUS(session.run(kRestoredAt, {"", ports::kRestoredAtFact, format_instant(reason.at)}));
  return epoch;
}

}  // namespace mlc::store
