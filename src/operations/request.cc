#include "operations/request.h"

#include "operations/errors.h"
#include "operations/names.h"

namespace mlc::operations {

Status write_request(const Hub& hub, ports::StoreTransaction& transaction,
                     const ports::WorkRecord& work, const std::string& verb,
                     const std::string& argument) {
  const Instant now = hub.clock.now();
  MLC_TRY_STATUS(transaction.request_work(hub.tenant, work.id, {verb, argument, hub.actor, now}));
  ports::AuditEntry entry{
      now, hub.actor, "asked", work.kind + " " + work.subject, {{"verb", verb}}};
  if (!argument.empty()) entry.facts.push_back({"argument", argument});
  return transaction.append_audit(hub.tenant, entry);
}

Result<std::vector<const flow::Connection*>> connections_named(const Hub& hub,
                                                               const std::string& name,
                                                               const std::string& verb) {
  if (hub.world == nullptr) return failure(kReadOnly, {{"verb", verb}});
  std::vector<const flow::Connection*> out;
  std::vector<std::string> known;
  for (const auto& candidate : hub.world->connections) {
    if (candidate.settings.tenant != hub.tenant) continue;
    known.push_back(candidate.settings.id.str());
    if (name.empty() || name == known.back()) out.push_back(&candidate.settings);
  }
  if (!out.empty()) return out;
  if (name.empty()) return failure(kNoConnection, {{"verb", verb}});
  return failure(no_such_connection(name, known));
}

}  // namespace mlc::operations
