// One zstd frame in and out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlc::evidence {

// A frame with content size and checksum; the same input gives the same bytes.
[[nodiscard]] std::string compress_frame(std::string_view content, int level);

// The content of exactly one frame that holds exactly `size` bytes; nothing when it is not that.
[[nodiscard]] std::optional<std::string> inflate_frame(std::string_view frame, std::size_t size);

// The largest a frame of that much content can be.
[[nodiscard]] std::size_t largest_frame(std::size_t content_size);

}  // namespace mlc::evidence
