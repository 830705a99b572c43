#include "operations/exceptions_load.h"

#include <map>

#include "flow/errors.h"
#include "flow/reversal_order.h"
#include "flow/settlement_difference.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_suspense.h"
#include "flow/step_table.h"

namespace mlc::operations {
namespace {

WorkId settlement_work_of(const ports::WorkRecord& work) {
  return work.kind == "reversal" ? flow::reversed_work(work.subject) : work.id;
}

// What no record of the work itself says.
Status look_around(ports::StoreTransaction& transaction, Named& named, Everything& out) {
  const auto& work = named.work;
  if (!named.settlement || work.kind != "settlement") return {};
  MLC_TRY(const auto stands, transaction.fact(work.tenant, flow::suspense_fact(work.id)));
  if (stands && *stands == flow::kSuspenseOpen) {
    // A difference that was posted since moved it, or says itself that it is still there.
    MLC_TRY(const auto later, flow::standing_after(transaction, *named.settlement));
    if (!later) out.on_suspense.insert(work.id.str());
  }
  MLC_TRY(const auto documents, transaction.documents(work.tenant, work.id));
  named.in_books = !flow::live_of(documents).empty();
  return {};
}

// Reversed on purpose it waits for nobody, unless a difference to it stands without it.
Status name_missing_base(ports::StoreTransaction& transaction, Named& named) {
  const auto& settlement = named.settlement;
  const bool reversed = named.work.kind == "settlement" && named.work.state == "reversed";
  if (!reversed || named.work.error || !settlement || !settlement->header) return {};
  MLC_TRY(const auto later, flow::standing_after(transaction, *settlement));
  if (!later) return {};
  named.work.error = ports::to_stored(
      Error(flow::kBaseReversed,
            {{"work", settlement->work.str()},
             {"settlement", settlement->header->id.str()},
             {"later", later->str()},
             {"next", std::string(1, static_cast<char>(settlement->revision + 1))}}));
  return {};
}

}  // namespace

Result<Everything> load_everything(const Hub& hub) {
  Everything out;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  std::map<WorkId, const ports::SettlementRecord*> by_work;
  for (const auto& settlement : settlements) by_work[settlement.work] = &settlement;
  for (const flow::KindTable* table : flow::all_tables()) {
    MLC_TRY(const auto works, transaction->list_work(hub.tenant, std::string(table->kind)));
    for (const auto& work : works) {
      Named named{work, {}};
      const auto record = by_work.find(settlement_work_of(work));
      if (record != by_work.end()) named.settlement = *record->second;
      MLC_TRY_STATUS(look_around(*transaction, named, out));
      MLC_TRY_STATUS(name_missing_base(*transaction, named));
      out.named.push_back(std::move(named));
    }
  }
  MLC_TRY(out.stops, transaction->stops(hub.tenant));
  return out;
}

}  // namespace mlc::operations
