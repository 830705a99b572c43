// Cuts the SAP connection of a unit that runs longer than half its holder's lease.
#pragma once

#include <functional>
#include <thread>

#include "flow/posting_guard.h"
#include "runtime/clock.h"

namespace mlc::daemon {

// A thread that looks twice a second. Everything passed in must outlive it.
class Watchdog {
 public:
  Watchdog(const flow::PostingGuard& guard, const runtime::Clock& clock, std::function<void()> cut);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  void watch(const std::stop_token& stop) const;
  const flow::PostingGuard& guard_;
  const runtime::Clock& clock_;
  std::function<void()> cut_;
  std::jthread thread_;
};

}  // namespace mlc::daemon
