#include "operations/observation.h"

#include <algorithm>

#include "flow/step_table.h"
#include "operations/exceptions.h"

namespace mlc::operations {
namespace {

Status count_work(ports::StoreTransaction& transaction, const ports::WorkRecord& work,
                  Observation& out) {
  MLC_TRY(const bool needed, needs_person(transaction, work));
  if (needed) ++out.needs_person;
  if (work.state == "in_doubt") ++out.in_doubt;
  if (work.kind == "discovery" && work.state == "refused") {
    out.refused.insert(ConnectionId(work.subject));
  }
  if (work.due_at > out.now) return {};
  out.oldest_due = std::min(out.oldest_due.value_or(out.now), work.due_at);
  return {};
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
    for (const auto& work : works) MLC_TRY_STATUS(count_work(*transaction, work, out));
  }
  return out;
}

}  // namespace mlc::operations
