// A second thread for pure work on bytes, so that two processors share one object. What touches
// files stays with the caller: the order of writes never depends on threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace mlc::evidence {

// Work to be done once, by whichever thread has time for it first.
class Chore {
 public:
  explicit Chore(std::function<void()> work) : work_(std::move(work)) {}

 private:
  friend class HelperThread;
  enum class State { kWaits, kRuns, kDone };
  std::function<void()> work_;
  State state_ = State::kWaits;
};

// All verbs are for one thread, its owner. The thread is started with the first chore given to it
// and ended when this is dropped; chores that wait then are not done. Where the system gives no
// thread (its limits are reached), `finish` does everything.
class HelperThread {
 public:
  HelperThread() = default;
  ~HelperThread();
  HelperThread(const HelperThread&) = delete;
  HelperThread& operator=(const HelperThread&) = delete;

  // Chores are taken in this order.
  void give(std::shared_ptr<Chore> chore);
  // How many chores no thread has taken yet.
  [[nodiscard]] std::size_t waiting();
  [[nodiscard]] bool is_done(const Chore& chore);
  // Returns when it is done; does it here when no thread has taken it, given or not.
  void finish(const std::shared_ptr<Chore>& chore);

 private:
  void start();
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Chore>> given_;
  bool ends_ = false;
  bool alone_ = false;  // no thread can be made
  std::thread thread_;
};

}  // namespace mlc::evidence
