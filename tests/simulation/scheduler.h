// Runs workers one at a time; a seed decides who goes on at every point. Virtual time only.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "runtime/clock.h"

namespace mlc::simulation {

// Thrown through a worker's stack when its process dies. Deliberately no std::exception: nothing in
// the product may catch it.
struct Crash {};

// Workers are threads that hold a baton in turn, so a run depends on the seed alone.
class Scheduler {
 public:
  Scheduler(runtime::ManualClock& clock, runtime::Random& random)
      : clock_(clock), random_(random) {}
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  // Adds a worker; it starts when `run` lets it.
  void spawn(std::string name, std::function<void()> body);
  // Until all workers have ended. `next_event` says when something outside is due.
  void run(const std::function<std::optional<Instant>()>& next_event);

  // --- called by the worker that holds the baton ---
  void point();  // somebody else may go on first
  void sleep_until(Instant until);
  [[nodiscard]] std::string turn() const;  // the name of the worker that asks
  // Stops the worker for a while, as a paused virtual machine: it notices nothing.
  void freeze(Duration how_long) { sleep_until(clock_.now() + how_long); }

 private:
  struct Worker {
    std::string name;
    std::thread thread;
    std::optional<Instant> wakes_at;
    bool ended = false;
    bool has_baton = false;
  };
  void hand_to(Worker& worker);
  void give_back(Worker& worker);
  Worker* pick();
  bool all_ended() const;
  void advance(const std::function<std::optional<Instant>()>& next_event);

  runtime::ManualClock& clock_;
  runtime::Random& random_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Worker>> workers_;
  static thread_local Worker* self_;
};

}  // namespace mlc::simulation
