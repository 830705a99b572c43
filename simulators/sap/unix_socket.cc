#include "simulators/sap/unix_socket.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace mlc::simulators::sap {
namespace {

bool fill(sockaddr_un& address, const std::filesystem::path& path, std::string& reason) {
  address = {};
  address.sun_family = AF_UNIX;
  const auto text = path.string();
  if (text.size() >= sizeof address.sun_path) {
    reason = "the path is too long";
    return false;
  }
  std::memcpy(address.sun_path, text.data(), text.size());
  return true;
}

std::string last_error() { return std::generic_category().message(errno); }

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    value_ = other.value_;
    other.value_ = -1;
  }
  return *this;
}

void Descriptor::reset() {
  if (value_ >= 0) ::close(value_);
  value_ = -1;
}

Descriptor connect_unix(const std::filesystem::path& path, std::string& reason) {
  sockaddr_un address;
  if (!fill(address, path, reason)) return {};
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    reason = last_error();
    return {};
  }
  return socket;
}

Descriptor listen_unix(const std::filesystem::path& path, std::string& reason) {
  sockaddr_un address;
  if (!fill(address, path, reason)) return {};
  std::string nobody;
  if (connect_unix(path, nobody).is_open()) {
    reason = "another simulator serves it";
    return {};
  }
  ::unlink(path.c_str());
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(socket.get(), 64) != 0) {
    reason = last_error();
    return {};
  }
  return socket;
}

}  // namespace mlc::simulators::sap
