// The index at the end of an object (docs/formats/evidence.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace mlc::evidence {

inline constexpr std::size_t kFrameContent = std::size_t{1} << 20U;  // bytes, at most

struct FrameEntry {
  std::uint32_t stored = 0;  // bytes in the file
  std::uint32_t size = 0;    // bytes of content
  std::uint32_t lines = 0;   // line ends (LF) in it
  Sha256 digest{};           // of the bytes in the file
};

// Where frames lie. Totals before frame i, for i up to the number of frames.
struct ObjectIndex {
  std::vector<FrameEntry> entries;
  std::vector<std::uint64_t> file_offset;
  std::vector<std::uint64_t> content_offset;
  std::vector<std::uint64_t> lines_before;
};

inline constexpr std::size_t kIndexHeader = 8;  // of the skippable frame
inline constexpr std::size_t kIndexEntry = 44;
inline constexpr std::size_t kIndexTail = 44;  // count, digest, magic

// The skippable frame, whole.
[[nodiscard]] std::string write_index(const std::vector<FrameEntry>& entries);

// How many frames the last kIndexTail bytes of a file speak of; nothing when they are no tail.
[[nodiscard]] std::optional<std::uint32_t> read_tail(std::string_view tail);

// From the skippable frame of an object of `file_size` bytes; nothing when anything disagrees.
[[nodiscard]] std::optional<ObjectIndex> read_index(std::string_view frame,
                                                    std::uint64_t file_size);

}  // namespace mlc::evidence
