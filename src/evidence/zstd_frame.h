// One zstd frame in and out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mlc::evidence {

// Makes frames one after another without setting up anew for each. Not thread-safe.
class FrameCompressor {
 public:
  explicit FrameCompressor(int level);
  ~FrameCompressor();
  FrameCompressor(const FrameCompressor&) = delete;
  FrameCompressor& operator=(const FrameCompressor&) = delete;
  // A frame with content size and checksum, in `out`; the same input gives the same bytes.
  void compress(std::string_view content, std::string& out);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// A frame with content size and checksum; the same input gives the same bytes.
[[nodiscard]] std::string compress_frame(std::string_view content, int level);

// The content of exactly one frame that holds exactly `size` bytes; nothing when it is not that.
[[nodiscard]] std::optional<std::string> inflate_frame(std::string_view frame, std::size_t size);

// The same into `out`, which has room for them; false instead of nothing.
[[nodiscard]] bool inflate_frame_into(std::string_view frame, char* out, std::size_t size);

// The largest a frame of that much content can be.
[[nodiscard]] std::size_t largest_frame(std::size_t content_size);

}  // namespace mlc::evidence
