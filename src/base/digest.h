// Digests, encodings and signatures. OpenSSL stays in crypto.cc.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace mlc {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::string to_hex(std::string_view bytes);  // lower case
[[nodiscard]] std::string to_hex(const Sha256& digest);
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view bytes);  // RFC 4648 section 4, padded
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] inline std::string_view as_bytes(const Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// SHA-256 over pieces. Not thread-safe. After `finish` only destruction is allowed.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  void update(std::string_view bytes);
  [[nodiscard]] Sha256 finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Ed25519 (RFC 8032). Keys are the raw 32-byte forms.
struct SigningKey {
  Secret private_key;      // 32 bytes
  std::string public_key;  // 32 bytes
};
// `seed` must be 32 bytes of good chance (RFC 8032's private key).
[[nodiscard]] SigningKey signing_key_from_seed(const Secret& seed);
[[nodiscard]] std::string sign(const SigningKey& key, std::string_view message);  // 64 bytes
[[nodiscard]] bool verify(std::string_view public_key, std::string_view message,
                          std::string_view signature);

// `count` bytes from the operating system's generator; aborts when it has none.
[[nodiscard]] std::string random_bytes(std::size_t count);

}  // namespace mlc
