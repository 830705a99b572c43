// What goes wrong in one run, drawn from its seed.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/clock.h"
#include "tests/simulation/scheduler.h"

namespace mlc::simulation {

// Odds of each mishap per port call, as one in so many; 0 is never.
struct Odds {
  std::uint64_t crash = 0;   // the hub's process dies
  std::uint64_t drop = 0;    // the connection breaks before or after the call
  std::uint64_t freeze = 0;  // the process is paused for minutes or hours
  std::uint64_t freeze_commit =
      0;  // likewise right before COMMIT, when the holder was asked already
  std::chrono::minutes longest_freeze{30};
};

// Shared by all doubles of a run. Used by the worker that holds the baton only.
class Mishaps {
 public:
  Mishaps(Scheduler& scheduler, const runtime::Clock& clock, runtime::Random& random, Odds odds)
      : scheduler_(scheduler), clock_(clock), random_(random), odds_(odds) {}

  // A place where another worker may go on, and where this one may die or freeze.
  void before(const char* what);
  // The same right before COMMIT: nothing asks the holder any more.
  void before_commit_work();
  void after(const char* what);
  void die_before_commit() { maybe_die("before", "commit"); }
  [[nodiscard]] bool drops() { return strikes(odds_.drop); }
  // From now on nothing goes wrong any more: recovery must succeed.
  void calm() { odds_ = {}; }
  [[nodiscard]] std::uint64_t crashes() const { return crashes_; }
  [[nodiscard]] std::uint64_t freezes() const { return freezes_; }
  [[nodiscard]] const std::string& diary() const { return diary_; }
  [[nodiscard]] std::string turn() const { return scheduler_.turn(); }
  // One line of the diary, with the time and whose turn it is.
  void note(const std::string& line);

 private:
  [[nodiscard]] bool strikes(std::uint64_t odds) { return odds != 0 && random_.below(odds) == 0; }
  void maybe_die(const char* when, const char* what);
  void freeze(const char* what);
  Scheduler& scheduler_;
  const runtime::Clock& clock_;
  runtime::Random& random_;
  Odds odds_;
  std::uint64_t crashes_ = 0;
  std::uint64_t freezes_ = 0;
  std::string diary_;
};

}  // namespace mlc::simulation
