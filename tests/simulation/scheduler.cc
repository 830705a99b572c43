#include "tests/simulation/scheduler.h"

#include <algorithm>

namespace mlc::simulation {

thread_local Scheduler::Worker* Scheduler::self_ = nullptr;

Scheduler::~Scheduler() {
  for (auto& worker : workers_) {
    if (worker->thread.joinable()) worker->thread.join();
  }
}

void Scheduler::spawn(std::string name, std::function<void()> body) {
  workers_.push_back(std::make_unique<Worker>());
  Worker& worker = *workers_.back();
  worker.name = std::move(name);
  worker.thread = std::thread([this, &worker, body = std::move(body)] {
    self_ = &worker;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return worker.has_baton; });
    }
    body();
    const std::scoped_lock lock(mutex_);
    worker.ended = true;
    worker.has_baton = false;
    changed_.notify_all();
  });
}

void Scheduler::hand_to(Worker& worker) {
  std::unique_lock lock(mutex_);
  worker.has_baton = true;
  changed_.notify_all();
  changed_.wait(lock, [&] { return !worker.has_baton; });
}

void Scheduler::give_back(Worker& worker) {
  std::unique_lock lock(mutex_);
  worker.has_baton = false;
  changed_.notify_all();
  changed_.wait(lock, [&] { return worker.has_baton; });
}

void Scheduler::point() {
  if (self_ == nullptr || random_.below(3) != 0) return;
  give_back(*self_);
}

void Scheduler::sleep_until(Instant until) {
  if (self_ == nullptr) return;
  self_->wakes_at = until;
  give_back(*self_);
}

std::string Scheduler::turn() const { return self_ == nullptr ? "-" : self_->name; }

Scheduler::Worker* Scheduler::pick() {
  std::vector<Worker*> ready;
  for (auto& worker : workers_) {
    if (worker->ended) continue;
    if (worker->wakes_at && *worker->wakes_at > clock_.now()) continue;
    ready.push_back(worker.get());
  }
  if (ready.empty()) return nullptr;
  Worker* chosen = ready[random_.below(ready.size())];
  chosen->wakes_at.reset();
  return chosen;
}

bool Scheduler::all_ended() const {
  return std::ranges::all_of(workers_, [](const auto& worker) { return worker->ended; });
}

void Scheduler::advance(const std::function<std::optional<Instant>()>& next_event) {
  std::optional<Instant> next = next_event();
  for (const auto& worker : workers_) {
    if (worker->ended || !worker->wakes_at) continue;
    if (!next || *worker->wakes_at < *next) next = worker->wakes_at;
  }
  if (next && *next > clock_.now()) {
    clock_.set(*next);
  } else {
    clock_.advance(std::chrono::seconds(1));
  }
}

void Scheduler::run(const std::function<std::optional<Instant>()>& next_event) {
  while (!all_ended()) {
    Worker* worker = pick();
    if (worker == nullptr) {
      advance(next_event);
      continue;
    }
    hand_to(*worker);
    clock_.advance(Duration{static_cast<std::int64_t>(random_.below(1500))});
  }
}

}  // namespace mlc::simulation
