#include "evidence/memory_file_system.h"

#include "evidence/errors.h"

namespace mlc::evidence {

struct MemoryFileSystem::Node {
  std::string bytes;
  std::string synced;
};

class MemoryFileSystem::Writable final : public WritableFile {
 public:
  Writable(MemoryFileSystem& files, Path file, std::shared_ptr<Node> node)
      : files_(files), file_(std::move(file)), node_(std::move(node)) {}

  Status write(std::string_view bytes) override {
    const std::lock_guard lock(files_.mutex_);
    if (Status status = files_.change("Writing", file_); !status) {
      node_->bytes += bytes.substr(0, bytes.size() / 2);
      return status;
    }
    node_->bytes += bytes;
    return {};
  }

  Status sync() override {
    const std::lock_guard lock(files_.mutex_);
    MLC_TRY_STATUS(files_.change("Syncing", file_));
    node_->synced = node_->bytes;
    return {};
  }

 private:
  MemoryFileSystem& files_;
  Path file_;
  std::shared_ptr<Node> node_;
};

class MemoryFileSystem::Readable final : public ReadableFile {
 public:
  Readable(std::mutex& mutex, std::shared_ptr<Node> node) : mutex_(mutex), node_(std::move(node)) {}

  std::uint64_t size() const override {
    const std::lock_guard lock(mutex_);
    return node_->bytes.size();
  }

  Result<std::string> read(std::uint64_t offset, std::size_t count) override {
    const std::lock_guard lock(mutex_);
    if (offset >= node_->bytes.size()) return std::string();
    return node_->bytes.substr(offset, count);
  }

 private:
  std::mutex& mutex_;
  std::shared_ptr<Node> node_;
};

MemoryFileSystem::MemoryFileSystem() = default;
MemoryFileSystem::~MemoryFileSystem() = default;

void MemoryFileSystem::fail_at(std::uint64_t change, const ErrorKind& kind, bool dead) {
  const std::lock_guard lock(mutex_);
  fail_at_ = changes_ + change;
  kind_ = &kind;
  dead_ = dead;
}

std::uint64_t MemoryFileSystem::changes() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

void MemoryFileSystem::heal() {
  const std::lock_guard lock(mutex_);
  fail_at_ = 0;
}

void MemoryFileSystem::crash() {
  heal();
  const std::lock_guard lock(mutex_);
  names_ = synced_names_;
  for (auto& [name, node] : names_) node->bytes = node->synced;
}

std::string* MemoryFileSystem::content(const Path& file) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(file);
  return found == names_.end() ? nullptr : &found->second->bytes;
}

Status MemoryFileSystem::change(std::string_view operation, const Path& file) {
  ++changes_;
  const bool fails = fail_at_ != 0 && (changes_ == fail_at_ || (dead_ && changes_ > fail_at_));
  if (!fails) return {};
  return failure(*kind_, {{"file", file.string()},
                          {"operation", std::string(operation)},
                          {"detail", "as the fault plan says"}});
}

Result<std::unique_ptr<WritableFile>> MemoryFileSystem::create(const Path& file) {
  const std::lock_guard lock(mutex_);
  MLC_TRY_STATUS(change("Creating", file));
  const auto [entry, made] = names_.try_emplace(file, nullptr);
  if (!made) return failure(kFileExists, {{"file", file.string()}});
  entry->second = std::make_shared<Node>();
  return std::make_unique<Writable>(*this, file, entry->second);
}

Result<std::unique_ptr<ReadableFile>> MemoryFileSystem::open(const Path& file) {
  const std::lock_guard lock(mutex_);
  const auto found = names_.find(file);
  if (found == names_.end()) return failure(kFileMissing, {{"file", file.string()}});
  return std::make_unique<Readable>(mutex_, found->second);
}

Status MemoryFileSystem::rename(const Path& from, const Path& to) {
  const std::lock_guard lock(mutex_);
  MLC_TRY_STATUS(change("Renaming", from));
  auto moved = names_.extract(from);
  if (!moved) return failure(kFileMissing, {{"file", from.string()}});
  names_.insert_or_assign(to, std::move(moved.mapped()));
  return {};
}

Status MemoryFileSystem::remove(const Path& file) {
  const std::lock_guard lock(mutex_);
  MLC_TRY_STATUS(change("Removing", file));
  if (names_.erase(file) == 0) return failure(kFileMissing, {{"file", file.string()}});
  return {};
}

Status MemoryFileSystem::sync_folder(const Path& folder) {
  const std::lock_guard lock(mutex_);
  MLC_TRY_STATUS(change("Syncing", folder));
  std::erase_if(synced_names_,
                [&](const auto& entry) { return entry.first.parent_path() == folder; });
  for (const auto& [name, node] : names_) {
    if (name.parent_path() == folder) synced_names_.emplace(name, node);
  }
  return {};
}

// Folders need no record here: they are the parents of the names.
Status MemoryFileSystem::make_folder(const Path&) { return {}; }

Result<std::vector<std::string>> MemoryFileSystem::list(const Path& folder) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (const auto& [name, node] : names_) {
    if (name.parent_path() == folder) out.push_back(name.filename().string());
  }
  return out;
}

}  // namespace mlc::evidence
