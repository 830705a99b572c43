// Makes a state directory whose two sides are the embedded simulators.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "base/time.h"

namespace mlc::daemon {

// Writes commented configuration, rules, keys and secrets into `directory`, which must not exist or
// be empty. Dates of the simulated settlements are anchored at `now` and stay so.
// Errors: store.not_a_state_directory, base errors of the file system.
[[nodiscard]] Status make_demo_state(const std::filesystem::path& directory, std::uint64_t seed,
                                     Instant now);

}  // namespace mlc::daemon
