#include "daemon/engine_lock.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sstream>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

#include "daemon/errors.h"
#include "daemon/worker_name.h"

namespace mlc::daemon {
namespace {

std::filesystem::path file_in(const std::filesystem::path& directory) {
  return directory / "engine.lock";
}

tl::unexpected<Error> lock_failed(const std::filesystem::path& file, int code) {
  return failure(kLockFailed,
                 {{"file", file.string()}, {"detail", std::generic_category().message(code)}});
}

// For people only: the lock counts, whatever the file says.
void write_holder(int descriptor, Instant now) {
  const std::string text =
      host_name() + " " + std::to_string(::getpid()) + " " + format_instant(now) + "\n";
  if (::ftruncate(descriptor, 0) != 0) return;
  const auto written = ::pwrite(descriptor, text.data(), text.size(), 0);
  static_cast<void>(written);
}

EngineHolder read_holder(int descriptor) {
  std::array<char, 512> text{};
  const auto size = ::pread(descriptor, text.data(), text.size() - 1, 0);
  EngineHolder out;
  if (size <= 0) return out;
  std::istringstream words(std::string(text.data(), static_cast<std::size_t>(size)));
  std::string since;
  words >> out.host >> out.process >> since;
  out.since = parse_instant(since);
  return out;
}

}  // namespace

Result<EngineLock> EngineLock::take(const std::filesystem::path& directory, Instant now) {
  const auto file = file_in(directory);
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return lock_failed(file, errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
    write_holder(descriptor, now);
    return EngineLock(descriptor);
  }
  const int code = errno;
  ::close(descriptor);
  if (code == EWOULDBLOCK) return failure(kEngineElsewhere, {{"directory", directory.string()}});
  return lock_failed(file, code);
}

Result<std::optional<EngineHolder>> EngineLock::look(const std::filesystem::path& directory) {
  const auto file = file_in(directory);
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return std::optional<EngineHolder>{};
  if (descriptor < 0) return lock_failed(file, errno);
  // Shared, and let go at once: whoever begins in this very moment tries again.
  std::optional<EngineHolder> out;
  if (::flock(descriptor, LOCK_SH | LOCK_NB) != 0) out = read_holder(descriptor);
  ::close(descriptor);
  return out;
}

EngineLock::~EngineLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace mlc::daemon
