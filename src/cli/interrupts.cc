#include "cli/interrupts.h"

#include <csignal>
#include <ctime>

namespace mlc::cli {
namespace {

constexpr long kLookEveryNanoseconds = 100'000'000;

sigset_t interrupts() {
  sigset_t out;
  sigemptyset(&out);
  sigaddset(&out, SIGINT);
  sigaddset(&out, SIGTERM);
  return out;
}

}  // namespace

Interrupts::Interrupts() {
  const sigset_t waited = interrupts();
  pthread_sigmask(SIG_BLOCK, &waited, nullptr);
  watcher_ = std::jthread([this, waited](const std::stop_token& over) {
    const timespec pause{0, kLookEveryNanoseconds};
    while (!over.stop_requested()) {
      if (sigtimedwait(&waited, nullptr, &pause) > 0) stop_.request_stop();
    }
  });
}

}  // namespace mlc::cli
