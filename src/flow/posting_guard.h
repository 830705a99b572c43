// Stands between a guarded unit and the outside: nothing is journalled or written by a worker that
// has lost its work or its company code.
#pragma once

#include <mutex>
#include <optional>

#include "ports/store.h"
#include "runtime/clock.h"

namespace mlc::flow {

// The unit that this worker is executing.
struct GuardedUnit {
  TenantId tenant;
  WorkId work;
  ports::Fence work_fence;
  ports::SystemIdentity identity;
  std::string company_code;
  std::string worker;
  Instant since;
  Instant lease_until;
};

// One per worker. Thread-safe, so that a watchdog may look.
class PostingGuard final : public ports::StepJournal, public ports::HolderCheck {
 public:
  PostingGuard(ports::Store& store, const runtime::Clock& clock) : store_(store), clock_(clock) {}

  void enter(GuardedUnit unit);
  void leave();
  // The moment at which a watchdog must cut the SAP connection: half the lease. Nothing when idle.
  [[nodiscard]] std::optional<Instant> cut_at() const;

  // Durable when it returns. Errors: flow.lease_lost when the work has another fence meanwhile.
  [[nodiscard]] Status record(const ports::JournalEntry& entry) override;
  // Errors: flow.lease_lost, flow.deadline_passed.
  [[nodiscard]] Status may_write(const ports::Fence& fence, Instant deadline) override;

 private:
  [[nodiscard]] std::optional<GuardedUnit> current() const;
  ports::Store& store_;
  const runtime::Clock& clock_;
  mutable std::mutex mutex_;
  std::optional<GuardedUnit> unit_;
};

}  // namespace mlc::flow
