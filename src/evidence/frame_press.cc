#include "evidence/frame_press.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/expect.h"

namespace mlc::evidence {

namespace {

// Sixteen bytes at once, on every processor.
using Bytes __attribute__((vector_size(16))) = std::uint8_t;
constexpr std::size_t kRounds = 255;  // until a byte could overflow

// At most kRounds times sixteen bytes, a multiple of them.
std::uint32_t count_block(std::string_view text) {
  Bytes counts{};
  for (std::size_t at = 0; at < text.size(); at += sizeof(Bytes)) {
    Bytes some;
    std::memcpy(&some, text.data() + at, sizeof some);
    counts -= (some == '\n');  // each that is one takes away -1
  }
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at < sizeof(Bytes); ++at) sum += counts[at];
  return sum;
}

}  // namespace

std::uint32_t count_lines(std::string_view text) {
  std::uint32_t count = 0;
  while (text.size() >= sizeof(Bytes)) {
    const std::size_t size = std::min(text.size() / sizeof(Bytes), kRounds) * sizeof(Bytes);
    count += count_block(text.substr(0, size));
    text.remove_prefix(size);
  }
  return count + static_cast<std::uint32_t>(std::ranges::count(text, '\n'));
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
