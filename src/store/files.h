// Files of the state directory, written so that a crash leaves the old or the new content.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace mlc::store {

// Every verb answers store.file_failed (operation, file, detail).

// Makes a folder for this user only, and those above it; fine when it exists.
[[nodiscard]] Status make_folder(const std::filesystem::path& folder);
// Writes a file that only this user can read: temporary file, sync, rename, sync of the folder.
[[nodiscard]] Status write_private_file(const std::filesystem::path& file,
                                        const std::string& content);
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file);
// Copies the bytes into a new file, makes it durable and returns their digest.
[[nodiscard]] Result<Sha256> copy_durably(const std::filesystem::path& from,
                                          const std::filesystem::path& to);
[[nodiscard]] Result<Sha256> hash_file(const std::filesystem::path& file);
// Replaces `to` in one step and makes both folders durable.
[[nodiscard]] Status rename_file(const std::filesystem::path& from,
                                 const std::filesystem::path& to);
[[nodiscard]] Status remove_tree(const std::filesystem::path& folder);
[[nodiscard]] Status sync_folder(const std::filesystem::path& folder);
[[nodiscard]] bool path_exists(const std::filesystem::path& path);
[[nodiscard]] bool is_empty_folder(const std::filesystem::path& folder);  // or missing
// All regular files below a folder as relative paths with `/`, sorted; anything that is neither
// a file nor a folder is refused. Nothing when the folder is missing.
[[nodiscard]] Result<std::vector<std::string>> list_files(const std::filesystem::path& folder);

// Held while a state directory is used: shared by programs that work on it, alone by a restore.
// Given back when it goes or the program dies. Not thread-safe.
class DirectoryLock {
 public:
  enum class Mode { kShared, kAlone };
  // Errors: store.in_use, store.file_failed.
  [[nodiscard]] static Result<DirectoryLock> take(const std::filesystem::path& directory,
                                                  Mode mode);
  DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
  }
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace mlc::store
