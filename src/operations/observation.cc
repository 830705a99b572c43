#include "operations/observation.h"

#include <algorithm>

#include "flow/step_table.h"
#include "operations/exceptions.h"

namespace mlc::operations {
namespace {

void count_work(const ports::WorkRecord& work, Observation& out) {
  if (needs_person(work)) ++out.needs_person;
  if (work.state == "in_doubt") ++out.in_doubt;
  if (work.kind == "discovery" && work.state == "refused") {
    out.refused.insert(ConnectionId(work.subject));
  }
  if (work.due_at > out.now) return;
  out.oldest_due = std::min(out.oldest_due.value_or(out.now), work.due_at);
}

}  // namespace

Result<Observation> observe(const Hub& hub) {
  Observation out;
  out.now = hub.clock.now();
  MLC_TRY(out.connections, connection_statuses(hub));
  MLC_TRY(const auto rows, list_settlements(hub, {}));
  MLC_TRY(out.totals, totals_of(rows));
  MLC_TRY(const auto transaction, hub.store.begin());
  for (const flow::KindTable* table : flow::all_tables()) {
    MLC_TRY(const auto works, transaction->list_work(hub.tenant, std::string(table->kind)));
    for (const auto& work : works) count_work(work, out);
  }
  return out;
}

}  // namespace mlc::operations
