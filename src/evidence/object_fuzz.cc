// Any bytes as an object of the vault; objects with right hashes around wrong content; objects that
// were damaged after they were written. Damage is named, is never taken for other content, and
// claims no more memory than a frame.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "evidence/directory_vault.h"
#include "evidence/errors.h"
#include "evidence/memory_file_system.h"
#include "evidence/object_file.h"
#include "evidence/object_index.h"
#include "evidence/zstd_frame.h"

namespace mlc::evidence {
namespace {

using fuzzing::FuzzInput;

const FileSystem::Path kObjects{"objects"};

void put(FileSystem& files, const ObjectId& id, std::string_view bytes) {
  auto file = files.create(kObjects / id.str());
  MLC_EXPECT(file && (*file)->write(bytes) && (*file)->sync());
}

void expect_damage(const Error& error) {
  MLC_EXPECT(error.is(kDamaged));
  fuzzing::expect_named(error, 4000);
  MLC_EXPECT(fuzzing::is_shown(error.explain()));
}

struct Read {
  std::string content;
  bool whole = false;  // every frame was readable
};

// All frames in order, and then some of them again.
Read read_all(FileSystem& files, const ObjectId& id) {
  Read out;
  const auto reader = read_object(files, kObjects, id);
  if (!reader) {
    expect_damage(reader.error());
    return out;
  }
  out.whole = true;
  const std::uint32_t frames = (*reader)->object().frames;
  for (std::uint32_t i = 0; i < frames; ++i) {
    const auto frame = (*reader)->frame(i);
    if (!frame) {
      expect_damage(frame.error());
      out.whole = false;
      continue;
    }
    MLC_EXPECT(!frame->empty() && frame->size() <= kFrameContent);
    if (out.whole) MLC_EXPECT((*reader)->frame_offset(i) == out.content.size());
    out.content += *frame;
  }
  if (out.whole) MLC_EXPECT((*reader)->object().size == out.content.size());
  for (std::uint32_t i = frames; i-- > 0 && frames - i < 4;) {
    const auto frame = (*reader)->frame(i);
    if (out.whole)
      MLC_EXPECT(frame && out.content.substr((*reader)->frame_offset(i)).starts_with(*frame));
  }
  return out;
}

void check_verify(FileSystem& files, const ObjectId& id, const Read& read) {
  const auto status = verify_object(files, kObjects, id);
  MLC_EXPECT(status.has_value() == (read.whole && to_hex(sha256(read.content)) == id.str()));
  if (!status) expect_damage(status.error());
}

ObjectId any_id() { return ObjectId(to_hex(sha256("any"))); }

void check_bytes(std::string_view bytes) {
  MemoryFileSystem files;
  put(files, any_id(), bytes);
  check_verify(files, any_id(), read_all(files, any_id()));
}

// Frames as they come: "content\x1e" each; the index has right hashes, and some of its numbers
// are changed: place (2 bytes), number (2 bytes), shift.
void check_index(FuzzInput input) {
  FuzzInput edits(input.take(input.byte() % 16));
  std::string bytes;
  std::string content;
  std::vector<FrameEntry> entries;
  while (!input.empty() && entries.size() < 64) {
    const auto part = input.until("\x1e");
    const std::string stored = compress_frame(part, 1);
    FrameEntry entry;
    entry.stored = static_cast<std::uint32_t>(stored.size());
    entry.size = static_cast<std::uint32_t>(part.size());
    entry.lines = static_cast<std::uint32_t>(std::ranges::count(part, '\n'));
    entry.digest = sha256(stored);
    entries.push_back(entry);
    bytes += stored;
    content += part;
  }
  const bool changed = !edits.empty() && !entries.empty();
  while (!edits.empty() && !entries.empty()) {
    FrameEntry& entry = entries[edits.byte() % entries.size()];
    std::uint32_t* const numbers[] = {&entry.stored, &entry.size, &entry.lines};
    *numbers[edits.byte() % 3] ^= static_cast<std::uint32_t>(edits.byte()) << (edits.byte() % 32U);
  }
  bytes += write_index(entries);
  MemoryFileSystem files;
  const ObjectId id(to_hex(sha256(content)));
  put(files, id, bytes);
  const Read read = read_all(files, id);
  if (read.whole) MLC_EXPECT(read.content == content);
  const bool possible =
      std::ranges::all_of(entries, [](const FrameEntry& e) { return e.size > 0; });
  if (!changed) MLC_EXPECT(read.whole == possible);
  check_verify(files, id, read);
}

// Written by the vault, then some bytes changed and the end cut.
void check_damage(FuzzInput input) {
  FuzzInput edits(input.take(input.byte() % 16));
  const std::size_t cut = input.byte();
  // Now and then so much that there are several frames.
  const std::size_t few = input.byte();
  const std::size_t times = few < 0xf8 ? few % 16 + 1 : few * 40;
  std::string content;
  for (std::size_t i = 0; i < times && content.size() < 3 * kFrameContent; ++i)
    content += input.rest();
  MemoryFileSystem files;
  const auto vault = DirectoryVault::open(files, "");
  MLC_EXPECT(vault.has_value());
  auto writer = (*vault)->begin();
  MLC_EXPECT(writer && (*writer)->write(content));
  const auto stored = (*writer)->finish();
  MLC_EXPECT(stored && stored->size == content.size());
  const Read undamaged = read_all(files, stored->id);
  MLC_EXPECT(undamaged.whole && undamaged.content == content);
  std::string* const bytes = files.content(kObjects / stored->id.str());
  MLC_EXPECT(bytes != nullptr);
  const std::string before = *bytes;
  while (!edits.empty())
    (*bytes)[edits.number() % bytes->size()] ^= static_cast<char>(edits.byte());
  if (cut % 2 == 1) bytes->resize(bytes->size() - std::min(cut, bytes->size()));
  const Read damaged = read_all(files, stored->id);
  if (*bytes == before) {
    MLC_EXPECT(damaged.whole && damaged.content == content);
  } else {
    MLC_EXPECT(!damaged.whole);
    MLC_EXPECT((*vault)->verify().size() == 1);
  }
}

}  // namespace
}  // namespace mlc::evidence

// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  switch (input.byte()) {
    case 'i': mlc::evidence::check_index(input); break;
    case 'd': mlc::evidence::check_damage(input); break;
    default: mlc::evidence::check_bytes(input.rest());
  }
  return 0;
}
