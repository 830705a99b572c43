#include "operations/pauses.h"

#include <algorithm>

#include "flow/errors.h"
#include "operations/request.h"

namespace mlc::operations {
namespace {

constexpr std::string_view kNoReason = "no reason given";

bool waits_for(const ports::WorkRecord& work, const ConnectionId& connection) {
  if (!work.error || work.error->id != flow::kConnectionPaused.id) return false;
  const auto fact = std::ranges::find(work.error->facts, "connection", &Fact::name);
  return fact != work.error->facts.end() && fact->value == connection.str();
}

Status tell(const Hub& hub, ports::StoreTransaction& transaction, const std::string& action,
            const ConnectionId& connection, std::vector<Fact> facts) {
  return transaction.append_audit(hub.tenant, {hub.clock.now(), hub.actor, action,
                                               "connection " + connection.str(), std::move(facts)});
}

Result<std::uint64_t> ask_again(const Hub& hub, ports::StoreTransaction& transaction,
                                const ConnectionId& connection) {
  std::uint64_t count = 0;
  for (const char* kind : {"discovery", "settlement", "reversal"}) {
    MLC_TRY(const auto works, transaction.list_work(hub.tenant, kind));
    for (const auto& work : works) {
      if (!waits_for(work, connection)) continue;
      MLC_TRY_STATUS(write_request(hub, transaction, work, "retry", ""));
      ++count;
    }
  }
  return count;
}

Result<PauseChange> pause_one(const Hub& hub, ports::StoreTransaction& transaction,
                              const ConnectionId& connection, const std::string& reason) {
  PauseChange out{connection, {}, {}, 0};
  MLC_TRY(out.before, transaction.pause(hub.tenant, connection));
  out.now = ports::PauseRecord{hub.tenant, connection, hub.actor,
                               reason.empty() ? std::string(kNoReason) : reason, hub.clock.now()};
  MLC_TRY_STATUS(transaction.put_pause(*out.now));
  MLC_TRY_STATUS(tell(hub, transaction, "paused", connection, {{"reason", out.now->reason}}));
  return out;
}

Result<PauseChange> resume_one(const Hub& hub, ports::StoreTransaction& transaction,
                               const ConnectionId& connection, const std::string& reason) {
  PauseChange out{connection, {}, {}, 0};
  MLC_TRY(out.before, transaction.pause(hub.tenant, connection));
  if (!out.before) return out;
  MLC_TRY_STATUS(transaction.lift_pause(hub.tenant, connection));
  MLC_TRY(out.asked_again, ask_again(hub, transaction, connection));
  MLC_TRY_STATUS(tell(hub, transaction, "resumed", connection,
                      {{"reason", reason.empty() ? std::string(kNoReason) : reason},
                       {"paused_by", out.before->actor},
                       {"paused_at", format_instant(out.before->at)},
                       {"asked_again", std::to_string(out.asked_again)}}));
  return out;
}

template <class Change>
Result<std::vector<PauseChange>> change_all(const Hub& hub, const std::string& name,
                                            const std::string& verb, Change change) {
  MLC_TRY(const auto connections, connections_named(hub, name, verb));
  MLC_TRY(const auto transaction, hub.store.begin());
  std::vector<PauseChange> out;
  for (const auto* connection : connections) {
    MLC_TRY(auto changed, change(*transaction, connection->id));
    out.push_back(std::move(changed));
  }
  MLC_TRY_STATUS(transaction->commit());
  return out;
}

}  // namespace

Result<std::vector<PauseChange>> pause(const Hub& hub, const std::string& connection,
                                       const std::string& reason) {
  return change_all(hub, connection, "pause", [&](auto& transaction, const ConnectionId& id) {
    return pause_one(hub, transaction, id, reason);
  });
}

Result<std::vector<PauseChange>> resume(const Hub& hub, const std::string& connection,
                                        const std::string& reason) {
  return change_all(hub, connection, "resume", [&](auto& transaction, const ConnectionId& id) {
    return resume_one(hub, transaction, id, reason);
  });
}

Result<std::vector<ports::PauseRecord>> list_pauses(const Hub& hub) {
  std::vector<ports::PauseRecord> out;
  if (hub.world == nullptr) return out;
  MLC_TRY(const auto transaction, hub.store.begin());
  for (const auto& connection : hub.world->connections) {
    if (connection.settings.tenant != hub.tenant) continue;
    MLC_TRY(auto pause, transaction->pause(hub.tenant, connection.settings.id));
    if (pause) out.push_back(std::move(*pause));
  }
  return out;
}

}  // namespace mlc::operations
