#include "operations/audit_verify.h"

#include <set>

#include "ledger/rule_book_text.h"
#include "operations/errors.h"
#include "operations/evidence_check.h"

namespace mlc::operations {
namespace {

// Kept rules must still hash to their names.
Status verify_rules(const Hub& hub, std::vector<Error>& differences) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  std::set<ConnectionId> connections;
  for (const auto& settlement : settlements) connections.insert(settlement.connection);
  for (const auto& connection : connections) {
    MLC_TRY(const auto books, transaction->rule_books(hub.tenant, connection));
    for (const auto& book : books) {
      const auto read = ledger::read_rule_book(book.content, book.digest);
      if (!read) differences.push_back(read.error());
    }
  }
  return {};
}

}  // namespace

Result<AuditVerification> audit_verify(const Hub& hub,
                                       std::vector<store::EarlierCheckpoint> earlier) {
  if (hub.audit == nullptr) return failure(kNoAuditLog);
  AuditVerification out;
  auto report = hub.audit->verify(hub.tenant, hub.audit_keys, std::move(earlier));
  if (report) {
    out.report = std::move(*report);
  } else {
    out.differences.push_back(report.error());
  }
  auto records = hub.audit->check_records(hub.tenant);
  if (records) {
    for (Error& error : records->differences) out.differences.push_back(std::move(error));
    for (Error& error : check_evidence(hub, *records)) {
      out.differences.push_back(std::move(error));
    }
  } else {
    out.differences.push_back(records.error());
  }
  const Status rules = verify_rules(hub, out.differences);
  // A record that cannot be read was named above.
  if (!rules && out.differences.empty()) out.differences.push_back(rules.error());
  for (Error& error : hub.vault.verify()) out.differences.push_back(std::move(error));
  return out;
}

Result<std::string> audit_checkpoint(const Hub& hub) {
  if (hub.audit == nullptr) return failure(kNoAuditLog);
  if (hub.state == nullptr) return failure(kNoStateDirectory, {{"verb", "audit checkpoint"}});
  if (hub.state->is_read_only()) {
    return failure(kStateReadOnly,
                   {{"verb", "audit checkpoint"}, {"directory", hub.state->path().string()}});
  }
  return hub.audit->checkpoint(hub.tenant, hub.state->signing_key(), hub.clock.now());
}

}  // namespace mlc::operations
