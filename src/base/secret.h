// A secret that no log, error or stream can print by accident.
#pragma once

#include <string>
#include <string_view>

namespace mlc {

// Holds key material, tokens and passwords. There is no stream operator, no conversion and no
// comparison; the only way out is `reveal`, which is easy to find in a review. Memory is
// overwritten when the secret goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret() { wipe(); }

  [[nodiscard]] bool empty() const { return value_.empty(); }
  // Valid until the secret is changed or destroyed. Do not store the view.
  [[nodiscard]] std::string_view reveal() const { return value_; }

 private:
  void wipe() noexcept;
  std::string value_;
};

}  // namespace mlc
