// Makes a state directory whose two sides are simulators.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "base/time.h"

namespace mlc::daemon {

struct DemoSettings {
  std::uint64_t seed = 1;
  Instant now;  // dates of the simulated settlements are anchored here and stay so
  // Socket of a running sap-simulator; empty: SAP is played inside this process, its books in
  // `<state>/sap-simulator`.
  std::filesystem::path sap_socket;
};

// Writes commented configuration, rules, keys and secrets into `directory`, which must not exist or
// be empty. Errors: daemon.demo_directory_in_use, daemon.cannot_write.
[[nodiscard]] Status make_demo_state(const std::filesystem::path& directory,
                                     const DemoSettings& settings);

}  // namespace mlc::daemon
