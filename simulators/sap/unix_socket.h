// A file descriptor that closes itself, and Unix socket addresses.
#pragma once

#include <filesystem>
#include <string>

namespace mlc::simulators::sap {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(other.value_) { other.value_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { reset(); }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }
  void reset();

 private:
  int value_ = -1;
};

// A connected socket; closed when nobody listens there. `reason` says why.
[[nodiscard]] Descriptor connect_unix(const std::filesystem::path& path, std::string& reason);
// A listening socket; closed when it cannot be had.
[[nodiscard]] Descriptor listen_unix(const std::filesystem::path& path, std::string& reason);

}  // namespace mlc::simulators::sap
