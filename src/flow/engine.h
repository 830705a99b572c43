// The loop that moves work: claim what is due, do one step, record it, again.
#pragma once

#include <string>

#include "flow/step.h"

namespace mlc::flow {

// Not thread-safe: one engine per worker thread.
class Engine {
 public:
  // `world` must outlive the engine. `lease` is how long a claimed step may take.
  Engine(World& world, Duration lease) : world_(world), lease_(lease) {}

  // Moves one piece of due work by one step. False: nothing is due now. Errors: the store's; the
  // work is then claimed again after the lease.
  [[nodiscard]] Result<bool> run_one();

  // Moves work until nothing is due; returns the number of steps.
  [[nodiscard]] Result<std::uint64_t> run_until_idle();

 private:
  [[nodiscard]] Result<Decision> decide(StepInput& input) const;
  [[nodiscard]] Status apply(ports::WorkRecord& work, const Decision& decision, bool keep_lease);
  World& world_;
  Duration lease_;
};

}  // namespace mlc::flow
