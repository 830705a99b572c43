// The step journal of a guarded unit, kept in the store.
#pragma once

#include "ports/store.h"
#include "ports/unit.h"

namespace mlc::store {

// One per run of a guarded unit. Each record is a transaction of its own and durable when it
// returns; the caller must have no transaction open on the same store. Thread-safe.
class StoreJournal final : public ports::StepJournal {
 public:
  // `fence` is that of the work when the unit was begun: a worker that lost its lease since then
  // can record nothing more, and so sends nothing more.
  StoreJournal(ports::Store& store, TenantId tenant, WorkId work, ports::Fence fence)
      : store_(store), tenant_(std::move(tenant)), work_(std::move(work)), fence_(fence) {}

  // Errors: store.lease_lost, store.work_not_found, and those of every transaction.
  [[nodiscard]] Status record(const ports::JournalEntry& entry) override;

 private:
  ports::Store& store_;
  TenantId tenant_;
  WorkId work_;
  ports::Fence fence_;
};

}  // namespace mlc::store
