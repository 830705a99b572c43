#include "evidence/helper_thread.h"

#include <algorithm>
#include <system_error>

namespace mlc::evidence {

HelperThread::~HelperThread() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void HelperThread::give(std::shared_ptr<Chore> chore) {
  {
    const std::lock_guard lock(mutex_);
    given_.push_back(std::move(chore));
  }
  start();
  changed_.notify_all();
}

void HelperThread::start() {
  if (alone_ || thread_.joinable()) return;
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    alone_ = true;
  }
}

std::size_t HelperThread::waiting() {
  const std::lock_guard lock(mutex_);
  return given_.size();
}

bool HelperThread::is_done(const Chore& chore) {
  const std::lock_guard lock(mutex_);
  return chore.state_ == Chore::State::kDone;
}

void HelperThread::finish(const std::shared_ptr<Chore>& chore) {
  std::unique_lock lock(mutex_);
  if (chore->state_ == Chore::State::kWaits) {
    std::erase(given_, chore);
    chore->state_ = Chore::State::kRuns;
    lock.unlock();
    chore->work_();
    lock.lock();
    chore->state_ = Chore::State::kDone;
    return;
  }
  changed_.wait(lock, [&chore] { return chore->state_ == Chore::State::kDone; });
}

void HelperThread::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ends_ || !given_.empty(); });
    if (ends_) return;
    const auto chore = std::move(given_.front());
    given_.pop_front();
    chore->state_ = Chore::State::kRuns;
    lock.unlock();
    chore->work_();
    lock.lock();
    chore->state_ = Chore::State::kDone;
    changed_.notify_all();
  }
}

}  // namespace mlc::evidence
