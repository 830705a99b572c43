// Comparing and looking at short texts without a call.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mlc::amazon::settlement_report {

using Word = std::uint64_t;
// Sixteen bytes at once, on every processor.
using Block __attribute__((vector_size(16))) = std::uint64_t;

// So many bytes can be read behind what functions call readable.
inline constexpr std::size_t kReadable = 4 * sizeof(Block);

template <class Piece>
[[nodiscard]] inline Piece load(const char* at) {
  Piece out;
  std::memcpy(&out, at, sizeof out);
  return out;
}

[[nodiscard]] inline bool is_zero(Block block) { return (block[0] | block[1]) == 0; }

// All bits in which two texts of `size` bytes, at most kReadable, differ, put over one another;
// kReadable bytes can be read behind the last of both. It takes the same way for all sizes beyond a
// block: they come as they like, and branches on them would be guessed wrong too often. Pure;
// thread-safe.
[[nodiscard]] inline Block difference(const char* a, const char* b, std::size_t size) {
  // Ones for the bytes that count, zeros behind them.
  static constexpr auto kSteps = [] {
    std::array<char, 2 * kReadable> out{};
    std::fill(out.begin(), out.begin() + kReadable, '\xFF');
    return out;
  }();
  const char* const steps = kSteps.data() + kReadable - size;
  const auto block = [&](std::size_t at) {
    return (load<Block>(a + at) ^ load<Block>(b + at)) & load<Block>(steps + at);
  };
  constexpr std::size_t kBlock = sizeof(Block);
  if (size <= kBlock) return block(0);
  return (block(0) | block(kBlock)) | (block(2 * kBlock) | block(3 * kBlock));
}

// a == b, for texts of a cell or a few. Pure; thread-safe.
[[nodiscard]] inline bool same_bytes(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const std::size_t size = a.size();
  constexpr std::size_t kBlock = sizeof(Block);
  if (size < kBlock) return std::memcmp(a.data(), b.data(), size) == 0;
  const auto differs = [&a, &b](std::size_t at) {
    return load<Block>(a.data() + at) ^ load<Block>(b.data() + at);
  };
  Block out = differs(size - kBlock);  // overlaps the one before
  for (std::size_t at = 0; at + kBlock < size; at += kBlock) out |= differs(at);
  return is_zero(out);
}

}  // namespace mlc::amazon::settlement_report
