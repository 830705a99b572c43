// The few things evidence asks of a file system, so that tests can make each of them fail.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlc::evidence {

// A new file being written. Not thread-safe. Closed when dropped.
class WritableFile {
 public:
  virtual ~WritableFile() = default;
  // All of it, at the end. Errors: evidence.disk_full, evidence.unreadable.
  [[nodiscard]] virtual Status write(std::string_view bytes) = 0;
  // The content is on the disk when it returns; errors that writing left for later show here.
  [[nodiscard]] virtual Status sync() = 0;
};

// An existing file. Not thread-safe.
class ReadableFile {
 public:
  virtual ~ReadableFile() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // `count` bytes from `offset`, fewer where the file ends. Errors: evidence.unreadable.
  [[nodiscard]] virtual Result<std::string> read(std::uint64_t offset, std::size_t count) = 0;
};

// Thread-safe. Errors besides those named: evidence.unreadable, evidence.disk_full.
class FileSystem {
 public:
  using Path = std::filesystem::path;
  virtual ~FileSystem() = default;
  // Errors: evidence.file_exists.
  [[nodiscard]] virtual Result<std::unique_ptr<WritableFile>> create(const Path& file) = 0;
  // Errors: evidence.file_missing.
  [[nodiscard]] virtual Result<std::unique_ptr<ReadableFile>> open(const Path& file) = 0;
  // Replaces `to` in one step where it exists.
  [[nodiscard]] virtual Status rename(const Path& from, const Path& to) = 0;
  [[nodiscard]] virtual Status remove(const Path& file) = 0;
  // Makes creations, renames and removals in the folder survive a crash.
  [[nodiscard]] virtual Status sync_folder(const Path& folder) = 0;
  // Makes the folder and those above it where missing, durably.
  [[nodiscard]] virtual Status make_folder(const Path& folder) = 0;
  // Names of the files in it, sorted.
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const Path& folder) = 0;
};

// The machine's own. Lives as long as the program.
[[nodiscard]] FileSystem& real_file_system();

}  // namespace mlc::evidence
