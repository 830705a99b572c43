// Objects that two threads work on: the same bytes as one thread would give, in any order.
#include <algorithm>
#include <atomic>
#include <gmock/gmock.h>

#include "evidence/directory_vault.h"
#include "evidence/errors.h"
#include "evidence/frame_press.h"
#include "evidence/helper_thread.h"
#include "evidence/memory_file_system.h"
#include "evidence/object_file.h"

namespace mlc::evidence {
namespace {

// Lines of different lengths, hard enough to compress that threads overtake one another.
std::string lines_of(std::size_t size) {
  std::string out;
  std::uint64_t chance = 88172645463325252ULL;
  while (out.size() < size) {
    chance ^= chance << 13U;
    chance ^= chance >> 7U;
    chance ^= chance << 17U;
    out += std::to_string(chance) + std::string(chance % 300, 'x') + "\n";
  }
  out.resize(size);
  return out;
}

std::string stored_file(MemoryFileSystem& files, std::string_view content, std::size_t piece) {
  const auto vault = *DirectoryVault::open(files, "evidence");
  const auto writer = *vault->begin();
  for (; !content.empty(); content.remove_prefix(std::min(piece, content.size()))) {
    EXPECT_TRUE(writer->write(content.substr(0, piece)));
  }
  const auto stored = writer->finish();
  EXPECT_TRUE(stored);
  return *files.content("evidence/objects/" + stored->id.str());
}

TEST(TwoThreadsTest, AnyPieces_SameFileAsFrameByFrame) {
  const std::string content = lines_of(7 * kFrameContent + 12345);
  std::string expected;
  for (std::string_view rest = content; !rest.empty();) {
    auto size = std::min(rest.size(), kFrameContent);
    if (rest.size() > kFrameContent) size = rest.substr(0, kFrameContent).rfind('\n') + 1;
    expected += compress_frame(rest.substr(0, size), kObjectLevel);
    rest.remove_prefix(size);
  }
  for (const std::size_t piece :
       {std::size_t{1000}, std::size_t{65536}, kFrameContent, kFrameContent + 1, content.size()}) {
    MemoryFileSystem files;
    const std::string file = stored_file(files, content, piece);
    EXPECT_TRUE(file.starts_with(expected)) << piece;
  }
}

TEST(TwoThreadsTest, FramesInAnyOrder_AreThoseOfTheContent) {
  MemoryFileSystem files;
  const std::string content = lines_of(6 * kFrameContent);
  const auto vault = *DirectoryVault::open(files, "evidence");
  const auto writer = *vault->begin();
  ASSERT_TRUE(writer->write(content));
  const auto stored = *writer->finish();
  const auto reader = *vault->open(stored.id);
  for (const std::uint32_t index : {0U, 1U, 2U, 5U, 4U, 5U, 0U, 3U, 3U, 4U, 5U, 1U, 2U, 0U}) {
    const auto frame = reader->frame(index);
    ASSERT_TRUE(frame) << index;
    EXPECT_EQ(*frame, std::string_view(content).substr(reader->frame_offset(index), frame->size()));
    EXPECT_TRUE(index + 1 == stored.frames ||
                reader->frame_offset(index) + frame->size() == reader->frame_offset(index + 1));
  }
}

TEST(TwoThreadsTest, DamagedFrame_IsNamedWhenItIsAskedFor) {
  MemoryFileSystem files;
  const std::string content = lines_of(4 * kFrameContent);
  const auto vault = *DirectoryVault::open(files, "evidence");
  const auto writer = *vault->begin();
  ASSERT_TRUE(writer->write(content));
  const auto stored = *writer->finish();
  std::string& bytes = *files.content("evidence/objects/" + stored.id.str());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  const auto reader = *vault->open(stored.id);
  std::uint32_t damaged = 0;
  for (std::uint32_t index = 0; index < stored.frames; ++index) {
    const auto frame = reader->frame(index);
    if (frame) continue;
    ++damaged;
    EXPECT_TRUE(frame.error().is(kDamaged));
    EXPECT_EQ(frame.error().fact("place"), "frame " + std::to_string(index));
  }
  EXPECT_EQ(damaged, 1U);
}

TEST(TwoThreadsTest, DroppedInTheMiddle_EndsQuietly) {
  MemoryFileSystem files;
  const auto vault = *DirectoryVault::open(files, "evidence");
  const std::string content = lines_of(5 * kFrameContent);
  {
    const auto writer = *vault->begin();
    ASSERT_TRUE(writer->write(content));
  }
  EXPECT_THAT(*files.list("evidence/incoming"), testing::IsEmpty());
  const auto writer = *vault->begin();
  ASSERT_TRUE(writer->write(content));
  const auto stored = *writer->finish();
  const auto reader = *vault->open(stored.id);
  EXPECT_TRUE(reader->frame(0));
}

TEST(HelperThreadTest, EveryChoreIsDoneOnce) {
  std::atomic<int> done{0};
  HelperThread helper;
  std::vector<std::shared_ptr<Chore>> chores;
  for (int i = 0; i < 100; ++i) {
    chores.push_back(std::make_shared<Chore>([&done] { ++done; }));
    if (i % 3 != 0) helper.give(chores.back());  // the others are done by whoever wants them
    if (i % 7 == 0) helper.finish(chores.back());
  }
  for (const auto& chore : chores) helper.finish(chore);
  for (const auto& chore : chores) EXPECT_TRUE(helper.is_done(*chore));
  EXPECT_EQ(done, 100);
  EXPECT_EQ(helper.waiting(), 0U);
}

TEST(CountLinesTest, EveryAlignment_SameAsByteByByte) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>(i % 3 == 0 ? '\n' : i);
  text += std::string(100, '\n') + std::string(100, '\x8A');
  for (std::size_t from = 0; from < text.size(); ++from) {
    const auto part = std::string_view(text).substr(from);
    EXPECT_EQ(count_lines(part), std::ranges::count(part, '\n')) << from;
  }
}

}  // namespace
}  // namespace mlc::evidence
