// Time and chance as parameters.
#pragma once

#include <cstdint>
#include <memory>

#include "base/time.h"

namespace mlc::runtime {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

// Waits; returns false when shutdown was asked meanwhile. Thread-safe.
class Sleeper {
 public:
  virtual ~Sleeper() = default;
  virtual bool sleep(Duration duration) = 0;
};

// Chance for jitter and simulation; never for keys. Not thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  [[nodiscard]] virtual std::uint64_t next() = 0;
  // Uniform in [0, bound); bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
};

// A virtual clock: stands still until moved. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start);
  ~ManualClock() override;
  [[nodiscard]] Instant now() const override;
  void advance(Duration by);
  void set(Instant to);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::unique_ptr<Clock> system_clock();
[[nodiscard]] std::unique_ptr<Sleeper> thread_sleeper();
// The same seed gives the same numbers on every machine and release (xoshiro256**).
[[nodiscard]] std::unique_ptr<Random> seeded_random(std::uint64_t seed);

}  // namespace mlc::runtime
