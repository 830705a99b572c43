// Room on disk for what does not fit into memory while one step runs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mlc::ports {

// Bytes that are gone when it is dropped, or with the process. Not thread-safe.
class ScratchFile {
 public:
  virtual ~ScratchFile() = default;
  // At the end. Errors: those of the place (evidence.disk_full, evidence.unreadable).
  [[nodiscard]] virtual Status append(std::string_view bytes) = 0;
  // `count` bytes from `offset`, fewer where the file ends. Nothing is appended afterwards.
  [[nodiscard]] virtual Result<std::string> read(std::uint64_t offset, std::size_t count) = 0;
};

}  // namespace mlc::ports
