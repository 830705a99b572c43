// Serves a SapSystem over a Unix socket. Framing: wire_codec.h.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "runtime/clock.h"
#include "simulators/sap/sap_system.h"

namespace mlc::simulators::sap {

inline constexpr ErrorKind kSocketUnusable{
    "sap_simulator.socket_unusable", "The socket {socket} cannot be used: {reason}.",
    "Name a path of at most 100 characters in a directory you may write to, and see that no other "
    "simulator serves it.",
    ExitCode::kUnavailable};

// One thread accepts and ticks the system every 100 ms, one thread per client. A client that goes
// away takes its session with it.
class SapHost {
 public:
  // System and clock must outlive the host. A socket file that nobody serves is replaced.
  // Errors: sap_simulator.socket_unusable.
  [[nodiscard]] static Result<std::unique_ptr<SapHost>> start(SapSystem& system,
                                                              const runtime::Clock& clock,
                                                              const std::filesystem::path& socket);
  // Ends all connections and waits for the threads.
  ~SapHost();
  SapHost(const SapHost&) = delete;
  SapHost& operator=(const SapHost&) = delete;

 private:
  struct State;
  explicit SapHost(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace mlc::simulators::sap
