#include "daemon/engine_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

#include "daemon/errors.h"

namespace mlc::daemon {

Result<EngineLock> EngineLock::take(const std::filesystem::path& directory) {
  const auto file = directory / "engine.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return failure(kLockFailed,
                   {{"file", file.string()}, {"detail", std::generic_category().message(errno)}});
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return EngineLock(descriptor);
  const int code = errno;
  ::close(descriptor);
  if (code == EWOULDBLOCK) return failure(kEngineElsewhere, {{"directory", directory.string()}});
  return failure(kLockFailed,
                 {{"file", file.string()}, {"detail", std::generic_category().message(code)}});
}

EngineLock::~EngineLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace mlc::daemon
