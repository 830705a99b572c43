#include "daemon/worker_name.h"

#include <array>
#include <cerrno>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/digest.h"
#include "daemon/errors.h"

namespace mlc::daemon {
namespace {

std::string machine() {
  std::string id;
  std::ifstream("/etc/machine-id") >> id;
  return host_name() + "\n" + id;
}

}  // namespace

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "?";
  return name.data();
}

Result<std::string> shared_worker_name(const std::filesystem::path& directory) {
  const auto file = directory / "engine.lock";
  struct stat found {};
  std::error_code error;
  const auto whole = std::filesystem::canonical(directory, error);
  if (error || ::stat(file.c_str(), &found) != 0) {
    const int code = error ? error.value() : errno;
    return failure(kLockFailed,
                   {{"file", file.string()}, {"detail", std::generic_category().message(code)}});
  }
  const std::string identity =
      machine() + "\n" + whole.string() + "\n" + std::to_string(found.st_ino);
  return std::string(kOnlyWorker) + "-" + to_hex(sha256(identity)).substr(0, 12);
}

}  // namespace mlc::daemon
