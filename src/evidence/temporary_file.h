// A file that is complete and durable under its name, or not there at all.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "evidence/file_system.h"

namespace mlc::evidence {

// Written in `incoming`, moved to its place when complete. Dropping it before removes it. Not
// thread-safe.
class TemporaryFile {
 public:
  // Names are numbers; the first free one from `number` on is taken.
  [[nodiscard]] static Result<std::unique_ptr<TemporaryFile>> create(
      FileSystem& files, const FileSystem::Path& incoming, std::uint64_t number);
  TemporaryFile(FileSystem& files, FileSystem::Path path, std::unique_ptr<WritableFile> file);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] Status write(std::string_view bytes) { return file_->write(bytes); }
  // Syncs, renames over `target` (same file system) and syncs the target's folder.
  [[nodiscard]] Status move_to(const FileSystem::Path& target);

 private:
  FileSystem& files_;
  FileSystem::Path path_;
  std::unique_ptr<WritableFile> file_;
  bool moved_ = false;
};

}  // namespace mlc::evidence
