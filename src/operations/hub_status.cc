#include "operations/hub_status.h"

#include <algorithm>
#include <map>

#include "flow/calendar.h"
#include "flow/discovery.h"
#include "flow/reversal_order.h"
#include "flow/step_table.h"
#include "operations/stream_list.h"

namespace mlc::operations {
namespace {

// The trail is read from its end, so far back.
constexpr std::uint64_t kTrailEnd = 1000;

struct Records {
  // Whose settlements are; what one connection found may belong to another (by its currency).
  std::map<WorkId, std::string> by_work;
  std::map<std::string, std::string> by_subject;                       // as the trail calls them
  std::map<std::string, std::map<std::string, std::uint64_t>> states;  // connection, state
  std::map<std::string, ports::WorkRecord> discoveries;
  std::vector<ports::StopRecord> stops;
};

Result<Records> read_records(const Hub& hub, ports::StoreTransaction& transaction) {
  Records out;
  MLC_TRY(const auto settlements, transaction.list_settlements(hub.tenant));
  for (const auto& one : settlements) out.by_work[one.work] = one.connection.str();
  MLC_TRY(const auto works, transaction.list_work(hub.tenant, "settlement"));
  for (const auto& work : works) {
    const auto owner = out.by_work.find(work.id);
    if (owner == out.by_work.end()) continue;
    out.by_subject[work.subject] = owner->second;
    ++out.states[owner->second][work.state];
  }
  MLC_TRY(auto discoveries, transaction.list_work(hub.tenant, "discovery"));
  for (auto& work : discoveries) out.discoveries[work.subject] = std::move(work);
  MLC_TRY(out.stops, transaction.stops(hub.tenant));
  return out;
}

std::vector<StateCount> state_counts(const std::map<std::string, std::uint64_t>& states) {
  std::vector<StateCount> out;
  for (const flow::StateRow& row : flow::settlement_table().rows) {
    const auto at = states.find(std::string(row.state));
    if (at == states.end()) continue;
    out.push_back({std::string(row.state), std::string(row.words), at->second});
  }
  return out;
}

void add_discovery(const Records& records, ConnectionStatus& out) {
  const auto discovery = records.discoveries.find(out.id.str());
  if (discovery == records.discoveries.end()) return;
  out.asks_amazon = true;
  out.poll_error = discovery->second.error;
  if (discovery->second.due_at != ports::kNever && !out.pause) {
    out.next_poll = discovery->second.due_at;
  }
}

Result<ConnectionStatus> connection_status(const Hub& hub, const Records& records,
                                           ports::StoreTransaction& transaction,
                                           const flow::Connection& connection) {
  const Instant now = hub.clock.now();
  ConnectionStatus out;
  out.id = connection.id;
  out.selling_account = connection.selling_account;
  out.company_code = connection.company_code;
  out.sap = connection.sap;
  out.quiet_until = flow::quiet_until(connection, now);
  MLC_TRY(out.pause, transaction.pause(hub.tenant, connection.id));
  MLC_TRY(out.answer, transaction.poll(hub.tenant, connection.id));
  MLC_TRY(out.holder, transaction.holder(connection.sap, connection.company_code));
  if (out.holder && out.holder->lease_until <= now) out.holder.reset();
  add_discovery(records, out);
  const auto states = records.states.find(connection.id.str());
  if (states != records.states.end()) out.states = state_counts(states->second);
  const auto stop = std::ranges::find_if(records.stops, [&](const ports::StopRecord& candidate) {
    return candidate.identity == connection.sap &&
           candidate.company_code == connection.company_code;
  });
  if (stop != records.stops.end()) out.stop = *stop;
  out.why_nothing = why_nothing(out);
  return out;
}

// "settlement us/..." is looked up, "reversal <work>/..." goes by its settlement's work, and other
// subjects begin with their connection: "discovery us", "opening us/USD".
std::string owner_of(std::string_view entry, const Records& records) {
  const auto blank = entry.find(' ');
  const std::string_view kind = entry.substr(0, blank);
  const std::string subject(blank == std::string_view::npos ? entry : entry.substr(blank + 1));
  if (kind == "reversal") {
    const auto work = records.by_work.find(flow::reversed_work(subject));
    if (work != records.by_work.end()) return work->second;
  }
  const auto one = records.by_subject.find(subject);
  return one == records.by_subject.end() ? subject.substr(0, subject.find('/')) : one->second;
}

Result<std::vector<store::NumberedAuditEntry>> trail_end(const Hub& hub) {
  if (hub.audit == nullptr) return std::vector<store::NumberedAuditEntry>{};
  MLC_TRY(const auto head, hub.audit->head(hub.tenant));
  const std::uint64_t from = head.size > kTrailEnd ? head.size - kTrailEnd : 0;
  return hub.audit->entries(hub.tenant, from, kTrailEnd);
}

// Of each connection the newest error in the end of the trail.
std::map<std::string, LastError> last_errors(const std::vector<store::NumberedAuditEntry>& trail,
                                             const Records& records) {
  std::map<std::string, LastError> out;
  for (const auto& [position, entry, content] : trail) {
    const auto fact = std::ranges::find(entry.facts, "error", &Fact::name);
    if (fact == entry.facts.end()) continue;
    out[owner_of(entry.subject, records)] = LastError{entry.at, fact->value, entry.subject};
  }
  return out;
}

Result<std::vector<ConnectionStatus>> statuses_from(const Hub& hub, const Records& records,
                                                    ports::StoreTransaction& transaction) {
  std::vector<ConnectionStatus> out;
  if (hub.world == nullptr) return out;
  for (const auto& connection : hub.world->connections) {
    if (connection.settings.tenant != hub.tenant) continue;
    MLC_TRY(auto status, connection_status(hub, records, transaction, connection.settings));
    out.push_back(std::move(status));
  }
  return out;
}

std::uint64_t awaiting(const HubStatus& status) {
  std::uint64_t out = 0;
  for (const auto& connection : status.connections) {
    for (const auto& count : connection.states) {
      if (count.state == "awaiting_approval") out += count.settlements;
    }
  }
  return out;
}

}  // namespace

std::string why_nothing(const ConnectionStatus& connection) {
  constexpr std::string_view kEvery =
      "Amazon makes settlements by itself, about every 14 days, and keeps them 90 days";
  if (!connection.states.empty()) return "";
  if (!connection.asks_amazon) {
    return "nothing was imported, and no Amazon side is configured or opened yet";
  }
  if (!connection.answer) {
    return connection.poll_error ? "Amazon has not answered yet: " + connection.poll_error->text
                                 : "Amazon was not asked yet";
  }
  if (!connection.answer->ended_at) return "Amazon's list was not read to its end yet";
  if (connection.answer->reports == 0) {
    return "Amazon lists no settlement report of this selling account for the last " +
           std::to_string(flow::kReportLookBack.count()) + " days; " + std::string(kEvery) +
           ". If Seller Central shows one, the application lacks the role "
           "Finance and Accounting, or the region is another: see `doctor`";
  }
  return "all " + std::to_string(connection.answer->reports) +
         " reports that Amazon lists belong to other connections (by their currency)";
}

Result<std::vector<ConnectionStatus>> connection_statuses(const Hub& hub) {
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const Records records, read_records(hub, *transaction));
  return statuses_from(hub, records, *transaction);
}

Result<HubStatus> hub_status(const Hub& hub) {
  HubStatus out;
  out.now = hub.clock.now();
  // The log is read before the store: a subject that the log names is in the store then.
  MLC_TRY(const auto trail, trail_end(hub));
  MLC_TRY(out.connections, [&]() -> Result<std::vector<ConnectionStatus>> {
    MLC_TRY(const auto transaction, hub.store.begin());
    MLC_TRY(const Records records, read_records(hub, *transaction));
    MLC_TRY(auto connections, statuses_from(hub, records, *transaction));
    auto errors = last_errors(trail, records);
    for (auto& connection : connections) {
      const auto error = errors.find(connection.id.str());
      if (error != errors.end()) connection.last_error = std::move(error->second);
    }
    return connections;
  }());
  MLC_TRY(out.exceptions, exceptions(hub));
  out.awaiting_approval = awaiting(out);
  MLC_TRY(const auto streams, list_streams(hub, ""));
  out.stream_breaks = breaks_in(streams);
  return out;
}

}  // namespace mlc::operations
