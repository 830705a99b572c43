#include "evidence/object_index.h"

#include <algorithm>

#include "evidence/bytes.h"
#include "evidence/zstd_frame.h"

namespace mlc::evidence {
namespace {

constexpr std::uint32_t kSkippable = 0x184D2A5E;  // one of zstd's sixteen skippable magics
constexpr std::string_view kMagic = "MLCEVID1";

FrameEntry read_entry(ByteCursor& cursor) {
  FrameEntry entry;
  entry.stored = cursor.u32();
  entry.size = cursor.u32();
  entry.lines = cursor.u32();
  std::ranges::copy(cursor.take(entry.digest.size()), entry.digest.begin());
  return entry;
}

bool is_possible(const FrameEntry& entry) {
  return entry.size > 0 && entry.size <= kFrameContent && entry.lines <= entry.size &&
         entry.stored <= largest_frame(entry.size);
}

}  // namespace

std::string write_index(const std::vector<FrameEntry>& entries) {
  std::string payload;
  for (const FrameEntry& entry : entries) {
    put_u32(payload, entry.stored);
    put_u32(payload, entry.size);
    put_u32(payload, entry.lines);
    payload += as_bytes(entry.digest);
  }
  put_u32(payload, static_cast<std::uint32_t>(entries.size()));
  payload += as_bytes(sha256(payload));
  payload += kMagic;
  std::string out;
  put_u32(out, kSkippable);
  put_u32(out, static_cast<std::uint32_t>(payload.size()));
  return out + payload;
}

std::optional<std::uint32_t> read_tail(std::string_view tail) {
  if (tail.size() != kIndexTail || !tail.ends_with(kMagic)) return std::nullopt;
  return ByteCursor(tail).u32();
}

std::optional<ObjectIndex> read_index(std::string_view frame, std::uint64_t file_size) {
  ByteCursor cursor(frame);
  if (cursor.u32() != kSkippable || cursor.u32() != cursor.left()) return std::nullopt;
  if (frame.size() < kIndexHeader + kIndexTail) return std::nullopt;
  const auto summed = frame.substr(kIndexHeader, frame.size() - kIndexHeader - kIndexTail + 4);
  ObjectIndex index{{}, {0}, {0}, {0}};
  const std::size_t count = (summed.size() - 4) / kIndexEntry;
  for (std::size_t i = 0; i < count; ++i) {
    const FrameEntry entry = read_entry(cursor);
    if (!is_possible(entry)) return std::nullopt;
    index.entries.push_back(entry);
    index.file_offset.push_back(index.file_offset.back() + entry.stored);
    index.content_offset.push_back(index.content_offset.back() + entry.size);
    index.lines_before.push_back(index.lines_before.back() + entry.lines);
  }
  const bool agrees = cursor.u32() == count && cursor.take(32) == as_bytes(sha256(summed)) &&
                      cursor.take(kMagic.size()) == kMagic && cursor.at_end() &&
                      index.file_offset.back() + frame.size() == file_size;
  if (!agrees) return std::nullopt;
  return index;
}

}  // namespace mlc::evidence
