// A file system in memory that forgets what was not synced and fails where it is told to.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/error.h"
#include "evidence/file_system.h"

namespace mlc::evidence {

// Strict as a disk may be: after `crash` a file holds what its last sync saw, and a folder the
// names its last sync saw. Thread-safe.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem();
  ~MemoryFileSystem() override;

  // The n-th change from now (1 is the next: create, write, sync, rename, remove, sync_folder)
  // fails with `kind`; a failing write leaves half of its bytes. With `dead` every later one fails
  // too, as after a loss of power.
  void fail_at(std::uint64_t change, const ErrorKind& kind, bool dead);
  [[nodiscard]] std::uint64_t changes() const;  // asked so far, failed ones included
  void heal();                                  // nothing fails any more
  // Power is back: heals, and only what was synced is there.
  void crash();

  // For tests that damage a file: its present bytes (nullptr when missing); changes are durable.
  [[nodiscard]] std::string* content(const Path& file);

  [[nodiscard]] Result<std::unique_ptr<WritableFile>> create(const Path& file) override;
  [[nodiscard]] Result<std::unique_ptr<ReadableFile>> open(const Path& file) override;
  [[nodiscard]] Status rename(const Path& from, const Path& to) override;
  [[nodiscard]] Status remove(const Path& file) override;
  [[nodiscard]] Status sync_folder(const Path& folder) override;
  [[nodiscard]] Status make_folder(const Path& folder) override;
  [[nodiscard]] Result<std::vector<std::string>> list(const Path& folder) override;

 private:
  struct Node;
  class Writable;
  class Readable;
  using Names = std::map<Path, std::shared_ptr<Node>>;

  // Counts a change; the error when it is to fail. The mutex is held.
  [[nodiscard]] Status change(std::string_view operation, const Path& file);

  mutable std::mutex mutex_;
  Names names_;
  Names synced_names_;
  std::uint64_t changes_ = 0;
  std::uint64_t fail_at_ = 0;  // 0: never
  const ErrorKind* kind_ = nullptr;
  bool dead_ = false;
};

}  // namespace mlc::evidence
