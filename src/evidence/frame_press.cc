#include "evidence/frame_press.h"

#include <cstring>
#include <utility>

#include "base/expect.h"

namespace mlc::evidence {

std::uint32_t count_lines(std::string_view text) {
  constexpr std::uint64_t kLow7 = 0x7F7F7F7F7F7F7F7FU;
  constexpr std::uint64_t kLineEnds = 0x0A0A0A0A0A0A0A0AU;
  std::uint64_t count = 0;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    word ^= kLineEnds;
    // The highest bit of each byte that is zero by now, exactly.
    const std::uint64_t zeros = ~(((word & kLow7) + kLow7) | word | kLow7);
    count += ((zeros >> 7U) * 0x0101010101010101U) >> 56U;
  }
  for (; at < text.size(); ++at) count += text[at] == '\n' ? 1U : 0U;
  return static_cast<std::uint32_t>(count);
}

std::unique_ptr<PressedFrame> FramePress::blank() {
  if (blanks_.empty()) return std::make_unique<PressedFrame>();
  auto out = std::move(blanks_.back());
  blanks_.pop_back();
  out->filled = 0;
  return out;
}

std::unique_ptr<FrameCompressor> FramePress::take_compressor() {
  const std::lock_guard lock(mutex_);
  if (compressors_.empty()) return std::make_unique<FrameCompressor>(level_);
  auto out = std::move(compressors_.back());
  compressors_.pop_back();
  return out;
}

void FramePress::give_back(std::unique_ptr<FrameCompressor> compressor) {
  const std::lock_guard lock(mutex_);
  compressors_.push_back(std::move(compressor));
}

void FramePress::press(PressedFrame& frame) {
  const std::string_view content(frame.content.data(), frame.filled);
  auto compressor = take_compressor();
  compressor->compress(content, frame.stored);
  give_back(std::move(compressor));
  frame.entry = {static_cast<std::uint32_t>(frame.stored.size()),
                 static_cast<std::uint32_t>(content.size()), count_lines(content),
                 sha256(frame.stored)};
}

void FramePress::put(std::unique_ptr<PressedFrame> frame) {
  MLC_EXPECT(!is_full());
  PressedFrame& pressed = *frame;
  auto chore = std::make_shared<Chore>([this, &pressed] { press(pressed); });
  frames_.push_back({std::move(frame), chore});
  if (!shared_ && frames_.size() == 1) return;  // perhaps the only one, which needs no thread
  if (!shared_) helper_.give(frames_.front().chore);
  shared_ = true;
  helper_.give(std::move(chore));
  if (helper_.waiting() > kMostWaiting) helper_.finish(frames_.back().chore);
}

const PressedFrame& FramePress::oldest() {
  MLC_EXPECT(!frames_.empty());
  helper_.finish(frames_.front().chore);
  return *frames_.front().frame;
}

void FramePress::drop_oldest() {
  blanks_.push_back(std::move(frames_.front().frame));
  frames_.pop_front();
}

}  // namespace mlc::evidence
