// The loop that moves work: claim what is due, do one step, record it, again.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "flow/step.h"
#include "flow/step_table.h"

namespace mlc::flow {

// Told what was done with a piece of work once that is durable: the work as it was, the decision,
// and what the audit trail says of it.
using Told = std::function<void(const ports::WorkRecord& before, const Decision& decision,
                                const ports::AuditEntry& entry)>;

// Not thread-safe: one engine per worker thread.
class Engine {
 public:
  // `world` must outlive the engine. `lease` is how long a claimed step may take; `told` may be
  // empty.
  Engine(World& world, Duration lease, Told told = nullptr)
      : world_(world), lease_(lease), told_(std::move(told)) {}

  // Moves one piece of due work by one step. False: nothing is due now, and the company codes that
  // this worker held are free for others after the longest call. A step that fails stops its
  // own work only, which keeps the error and is tried again later. Errors: the store's, when not
  // even that can be saved; the work is then claimed again after the lease.
  [[nodiscard]] Result<bool> run_one();

  // Moves work until nothing is due; returns the number of steps.
  [[nodiscard]] Result<std::uint64_t> run_until_idle();

 private:
  [[nodiscard]] Result<Decision> ask_table(StepInput& input) const;
  [[nodiscard]] Decision decide(StepInput& input) const;
  // The effect of a guarded state, right after its intent was saved.
  [[nodiscard]] Status send(StepInput& input, const StateRow& row);
  // False: the decision was not kept, because the work is another worker's by now or the store
  // refused the writes; then the work keeps that error.
  [[nodiscard]] Result<bool> save(StepInput& input, const Decision& decision, bool keep_lease);
  [[nodiscard]] Status apply(ports::WorkRecord& work, const Decision& decision, bool keep_lease);
  [[nodiscard]] Status tell_late(const ports::WorkRecord& mine, const Decision& decision);
  World& world_;
  Duration lease_;
  Told told_;
};

}  // namespace mlc::flow
