#include "daemon/watchdog.h"

#include <condition_variable>
#include <mutex>

namespace mlc::daemon {

Watchdog::Watchdog(const flow::PostingGuard& guard, const runtime::Clock& clock,
                   std::function<void()> cut)
    : guard_(guard),
      clock_(clock),
      cut_(std::move(cut)),
      thread_([this](std::stop_token stop) { watch(stop); }) {}

Watchdog::~Watchdog() = default;

void Watchdog::watch(const std::stop_token& stop) const {
  std::mutex mutex;
  std::condition_variable_any tick;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    tick.wait_for(lock, stop, std::chrono::milliseconds(500), [] { return false; });
    const auto at = guard_.cut_at();
    if (at && clock_.now() >= *at) cut_();
  }
}

}  // namespace mlc::daemon
