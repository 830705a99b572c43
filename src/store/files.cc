#include "store/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "store/errors.h"

namespace mlc::store {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failed(std::string_view operation, const fs::path& file, int error) {
  return failure(kFileFailed, {{"operation", std::string(operation)},
                               {"file", file.string()},
                               {"detail", std::generic_category().message(error)}});
}

tl::unexpected<Error> failed(std::string_view operation, const fs::path& file,
                             const std::error_code& error) {
  return failure(kFileFailed, {{"operation", std::string(operation)},
                               {"file", file.string()},
                               {"detail", error.message()}});
}

class Descriptor {
 public:
  Descriptor(const fs::path& file, int flags, mode_t mode = 0)
      : number_(::open(file.c_str(), flags | O_CLOEXEC, mode)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

Status write_all(int descriptor, std::string_view bytes, const fs::path& file) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("writing", file, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// Hands every piece of a file to `use`.
template <class Use>
Status each_piece(const fs::path& file, Use use) {
  const Descriptor input(file, O_RDONLY);
  if (!input.open()) return failed("opening", file, errno);
  std::string buffer(std::size_t{1} << 18U, '\0');
  while (true) {
    const ssize_t count = ::read(input.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("reading", file, errno);
    if (count == 0) return {};
    MLC_TRY_STATUS(use(std::string_view(buffer.data(), static_cast<std::size_t>(count))));
  }
}

}  // namespace

Status sync_folder(const fs::path& folder) {
  const Descriptor descriptor(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
  if (!descriptor.open() || ::fsync(descriptor.number()) != 0) {
    return failed("syncing", folder, errno);
  }
  return {};
}

Status make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  if (folder.has_parent_path() && folder.parent_path() != folder) {
    MLC_TRY_STATUS(make_folder(folder.parent_path()));
  }
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return failed("making", folder, errno);
  }
  return sync_folder(folder.parent_path());
}

Status write_private_file(const fs::path& file, const std::string& content) {
  const fs::path temporary = file.string() + ".new";
  {
    const Descriptor output(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (!output.open()) return failed("creating", temporary, errno);
    if (::fchmod(output.number(), 0600) != 0) return failed("protecting", temporary, errno);
    MLC_TRY_STATUS(write_all(output.number(), content, temporary));
    if (::fsync(output.number()) != 0) return failed("syncing", temporary, errno);
  }
  return rename_file(temporary, file);
}

Result<std::string> read_file(const fs::path& file) {
  std::string content;
  MLC_TRY_STATUS(each_piece(file, [&](std::string_view piece) -> Status {
    content += piece;
    return {};
  }));
  return content;
}

Result<Sha256> copy_durably(const fs::path& from, const fs::path& to) {
  const Descriptor output(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!output.open()) return failed("creating", to, errno);
  Sha256Stream digest;
  MLC_TRY_STATUS(each_piece(from, [&](std::string_view piece) {
    digest.update(piece);
    return write_all(output.number(), piece, to);
  }));
  if (::fsync(output.number()) != 0) return failed("syncing", to, errno);
  return digest.finish();
}

Result<Sha256> hash_file(const fs::path& file) {
  Sha256Stream digest;
  MLC_TRY_STATUS(each_piece(file, [&](std::string_view piece) -> Status {
    digest.update(piece);
    return {};
  }));
  return digest.finish();
}

Status rename_file(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("renaming", to, errno);
  MLC_TRY_STATUS(sync_folder(to.parent_path()));
  if (from.parent_path() == to.parent_path()) return {};
  return sync_folder(from.parent_path());
}

Status remove_tree(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error) return failed("removing", folder, error);
  return {};
}

bool path_exists(const fs::path& path) {
  std::error_code ignored;
  return fs::symlink_status(path, ignored).type() != fs::file_type::not_found;
}

bool is_empty_folder(const fs::path& folder) {
  std::error_code error;
  return !path_exists(folder) || fs::is_empty(folder, error);
}

Result<std::vector<std::string>> list_files(const fs::path& folder) {
  std::vector<std::string> files;
  if (!path_exists(folder)) return files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const auto type = entry->symlink_status(error).type();
    if (error) break;
    if (type == fs::file_type::directory) continue;
    if (type != fs::file_type::regular) return failed("reading", entry->path(), EINVAL);
    files.push_back(entry->path().lexically_relative(folder).generic_string());
  }
  if (error) return failed("listing", folder, error);
  std::ranges::sort(files);
  return files;
}

Result<DirectoryLock> DirectoryLock::take(const fs::path& directory, Mode mode) {
  const fs::path file = directory / "lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed("opening", file, errno);
  DirectoryLock lock(descriptor);
  const int kind = mode == Mode::kShared ? LOCK_SH : LOCK_EX;
  if (::flock(descriptor, kind | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return failed("locking", file, errno);
  return failure(kInUse, {{"directory", directory.string()}});
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace mlc::store
