// One process at a time runs the engine of a state directory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mlc::daemon {

// Who runs it, as the holder wrote it down.
struct EngineHolder {
  std::string host;
  std::int64_t process = 0;
  std::optional<Instant> since;
};

// Held until destroyed or until the process dies, which the system notices: whoever gets the lock
// knows that the one before is gone.
class EngineLock {
 public:
  // Errors: daemon.engine_elsewhere, daemon.lock_failed.
  [[nodiscard]] static Result<EngineLock> take(const std::filesystem::path& directory, Instant now);
  // Who holds it; nothing when nobody does. Repeatable; writes nothing. Errors:
  // daemon.lock_failed.
  [[nodiscard]] static Result<std::optional<EngineHolder>> look(
      const std::filesystem::path& directory);
  EngineLock(EngineLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
  }
  EngineLock& operator=(EngineLock&&) = delete;
  ~EngineLock();

 private:
  explicit EngineLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace mlc::daemon
