#include "runtime/clock.h"

#include <array>
#include <atomic>
#include <thread>

#include "base/expect.h"

namespace mlc::runtime {
namespace {

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

class ThreadSleeper final : public Sleeper {
 public:
  bool sleep(Duration duration) override {
    std::this_thread::sleep_for(duration);
    return true;
  }
};

std::uint64_t rotate_left(std::uint64_t value, unsigned by) {
  return (value << by) | (value >> (64U - by));
}

// Blackman and Vigna's xoshiro256**, seeded by splitmix64.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) {
    for (auto& word : state_) {
      seed += 0x9e3779b97f4a7c15ULL;
      std::uint64_t z = seed;
      z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31U);
    }
  }
  std::uint64_t next() override {
    const std::uint64_t out = rotate_left(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate_left(state_[3], 45);
    return out;
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace

struct ManualClock::State {
  std::atomic<std::int64_t> milliseconds;
};

ManualClock::ManualClock(Instant start) : state_(std::make_unique<State>()) { set(start); }
ManualClock::~ManualClock() = default;
Instant ManualClock::now() const { return Instant{Duration{state_->milliseconds.load()}}; }
void ManualClock::advance(Duration by) { state_->milliseconds += by.count(); }
void ManualClock::set(Instant to) { state_->milliseconds = to.time_since_epoch().count(); }

std::uint64_t Random::below(std::uint64_t bound) {
  MLC_EXPECT(bound > 0);
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t value = next();
  while (value >= limit) value = next();
  return value % bound;
}

std::unique_ptr<Clock> system_clock() { return std::make_unique<SystemClock>(); }
std::unique_ptr<Sleeper> thread_sleeper() { return std::make_unique<ThreadSleeper>(); }
std::unique_ptr<Random> seeded_random(std::uint64_t seed) {
  return std::make_unique<SeededRandom>(seed);
}

}  // namespace mlc::runtime
