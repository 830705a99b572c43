// Compresses the frames of an object on two threads and gives them back in their order.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "evidence/helper_thread.h"
#include "evidence/object_index.h"
#include "evidence/page_buffer.h"
#include "evidence/zstd_frame.h"

namespace mlc::evidence {

// One frame on its way. `content` has room for a frame and the byte that follows it.
struct PressedFrame {
  PageBuffer content{kFrameContent + 1};
  std::size_t filled = 0;
  std::string stored;
  FrameEntry entry;
};

// Lines (LF) in a text, eight bytes at a time.
[[nodiscard]] std::uint32_t count_lines(std::string_view text);

// Not thread-safe; has a thread of its own as soon as there are two frames. The same contents give
// the same frames, and they come out in step with those put in, however fast the threads are.
class FramePress {
 public:
  explicit FramePress(int level) : level_(level) {}

  // An empty frame to be filled.
  [[nodiscard]] std::unique_ptr<PressedFrame> blank();
  // Takes a filled one in.
  void put(std::unique_ptr<PressedFrame> frame);
  // Whether the oldest must be taken before the next `put`: this bounds what is held.
  [[nodiscard]] bool is_full() const { return frames_.size() >= kMost; }
  [[nodiscard]] bool is_empty() const { return frames_.empty(); }
  // The oldest frame, as soon as it is pressed. There must be one.
  [[nodiscard]] const PressedFrame& oldest();
  // Done with the oldest.
  void drop_oldest();

 private:
  static constexpr std::size_t kMost = 4;
  static constexpr std::size_t kMostWaiting = 1;  // more of them: the caller presses, too
  struct Pressing {
    std::unique_ptr<PressedFrame> frame;
    std::shared_ptr<Chore> chore;
  };
  void press(PressedFrame& frame);
  [[nodiscard]] std::unique_ptr<FrameCompressor> take_compressor();
  void give_back(std::unique_ptr<FrameCompressor> compressor);

  int level_;
  bool shared_ = false;  // with the helper
  std::deque<Pressing> frames_;
  std::vector<std::unique_ptr<PressedFrame>> blanks_;
  std::mutex mutex_;  // of the compressors
  std::vector<std::unique_ptr<FrameCompressor>> compressors_;
  HelperThread helper_;  // last: it ends before what its chores use
};

}  // namespace mlc::evidence
