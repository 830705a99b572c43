#include "evidence/file_system.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "evidence/errors.h"

namespace mlc::evidence {
namespace {

using Path = FileSystem::Path;

tl::unexpected<Error> failed(std::string_view operation, const Path& file, int code) {
  const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
  const ErrorKind& kind = full             ? kDiskFull
                          : code == ENOENT ? kFileMissing
                          : code == EEXIST ? kFileExists
                                           : kUnreadable;
  return failure(kind, {{"file", file.string()},
                        {"operation", std::string(operation)},
                        {"detail", std::generic_category().message(code)}});
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

class RealWritable final : public WritableFile {
 public:
  RealWritable(Path file, int number) : file_(std::move(file)), descriptor_(number) {}

  Status write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto done = ::write(descriptor_.number(), bytes.data(), bytes.size());
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) return failed("Writing", file_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
  }

  Status sync() override {
    // Not repeated after a failure: the system may have dropped the pages it could not write.
    if (::fsync(descriptor_.number()) != 0) return failed("Syncing", file_, errno);
    return {};
  }

 private:
  Path file_;
  Descriptor descriptor_;
};

class RealReadable final : public ReadableFile {
 public:
  RealReadable(Path file, int number) : file_(std::move(file)), descriptor_(number) {}

  Status measure() {
    struct stat status {};
    if (::fstat(descriptor_.number(), &status) != 0) return failed("Opening", file_, errno);
    size_ = static_cast<std::uint64_t>(status.st_size);
    return {};
  }

  std::uint64_t size() const override { return size_; }

  Result<std::string> read(std::uint64_t offset, std::size_t count) override {
    std::string out(count, '\0');
    std::size_t filled = 0;
    while (filled < count) {
      const auto done = ::pread(descriptor_.number(), out.data() + filled, count - filled,
                                static_cast<off_t>(offset + filled));
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) return failed("Reading", file_, errno);
      if (done == 0) break;
      filled += static_cast<std::size_t>(done);
    }
    out.resize(filled);
    return out;
  }

 private:
  Path file_;
  Descriptor descriptor_;
  std::uint64_t size_ = 0;
};

class RealFileSystem final : public FileSystem {
 public:
  Result<std::unique_ptr<WritableFile>> create(const Path& file) override {
    const int number = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (number < 0) return failed("Creating", file, errno);
    return std::make_unique<RealWritable>(file, number);
  }

  Result<std::unique_ptr<ReadableFile>> open(const Path& file) override {
    const int number = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (number < 0) return failed("Opening", file, errno);
    auto readable = std::make_unique<RealReadable>(file, number);
    MLC_TRY_STATUS(readable->measure());
    return readable;
  }

  Status rename(const Path& from, const Path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return failed("Renaming", from, errno);
    return {};
  }

  Status remove(const Path& file) override {
    if (::unlink(file.c_str()) != 0) return failed("Removing", file, errno);
    return {};
  }

  Status sync_folder(const Path& folder) override {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0) {
      return failed("Syncing", folder, errno);
    }
    return {};
  }

  Status make_folder(const Path& folder) override {
    std::error_code code;
    if (folder.empty() || std::filesystem::is_directory(folder, code)) return {};
    const Path above = folder.parent_path();
    MLC_TRY_STATUS(make_folder(above));
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) {
      return failed("Making", folder, errno);
    }
    return sync_folder(above.empty() ? Path(".") : above);
  }

  Result<std::vector<std::string>> list(const Path& folder) override {
    std::error_code code;
    std::vector<std::string> names;
    std::filesystem::directory_iterator entry(folder, code);
    for (; !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) {
      names.push_back(entry->path().filename().string());
    }
    if (code) return failed("Listing", folder, code.value());
    std::ranges::sort(names);
    return names;
  }
};

}  // namespace

FileSystem& real_file_system() {
  static RealFileSystem instance;
  return instance;
}

}  // namespace mlc::evidence
