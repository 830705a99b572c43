// Comparing short texts without a call.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace mlc::amazon::settlement_report {

// a == b, for texts of a cell or a few. Pure; thread-safe.
[[nodiscard]] inline bool same_bytes(std::string_view a, std::string_view b) {
  const auto differs = [&a, &b]<class Word>(std::size_t at, Word /*as*/) {
    Word one{};
    Word other{};
    std::memcpy(&one, a.data() + at, sizeof one);
    std::memcpy(&other, b.data() + at, sizeof other);
    return one != other;
  };
  if (a.size() != b.size()) return false;
  const std::size_t size = a.size();
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  constexpr std::size_t kBlock = 2 * kWord;
  if (size >= kBlock) {
    // Whole blocks, and the last one once more, overlapping.
    for (std::size_t at = 0; at + kBlock < size; at += kBlock) {
      if (differs(at, std::uint64_t{}) || differs(at + kWord, std::uint64_t{})) return false;
    }
    return !differs(size - kBlock, std::uint64_t{}) && !differs(size - kWord, std::uint64_t{});
  }
  if (size >= kWord) {
    return !differs(0, std::uint64_t{}) && !differs(size - kWord, std::uint64_t{});
  }
  if (size >= sizeof(std::uint32_t)) {
    return !differs(0, std::uint32_t{}) && !differs(size - sizeof(std::uint32_t), std::uint32_t{});
  }
  for (std::size_t at = 0; at < size; ++at) {
    if (a[at] != b[at]) return false;
  }
  return true;
}

}  // namespace mlc::amazon::settlement_report
