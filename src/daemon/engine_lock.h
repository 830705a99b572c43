// One process at a time runs the engine of a state directory.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace mlc::daemon {

// Held until destroyed or until the process dies, which the system notices: whoever gets the lock
// knows that the one before is gone.
class EngineLock {
 public:
  // Errors: daemon.engine_elsewhere, daemon.lock_failed.
  [[nodiscard]] static Result<EngineLock> take(const std::filesystem::path& directory);
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
