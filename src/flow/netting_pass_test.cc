#include "flow/netting_pass.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

#include "evidence/directory_vault.h"
#include "evidence/memory_file_system.h"

namespace mlc::flow {
namespace {

struct Room {
  evidence::MemoryFileSystem files{};
  std::unique_ptr<evidence::DirectoryVault> vault =
      evidence::DirectoryVault::open(files, "evidence").value();
  [[nodiscard]] std::size_t left() { return files.list("evidence/incoming")->size(); }
};

TEST(SpillingSumsTest, OrdersInOnePieceNeedNoDisk) {
  Room room;
  SpillingSums sums(*room.vault, 10);
  for (int i = 0; i < 1000; ++i) {
    const std::string order = "order " + std::to_string(i);
    ASSERT_TRUE(sums.add(order, 825).has_value());
    ASSERT_TRUE(sums.add(order, i == 500 ? -824 : -825).has_value());
  }
  EXPECT_EQ(sums.runs(), 0U);
  const auto left = sums.finish(5);
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(left->count, 1U);
  EXPECT_EQ(left->first.front(), (std::pair<std::string, std::int64_t>{"order 500", 1}));
}

// Whatever the order of the rows and however little fits into memory, the sums are those of a map.
TEST(SpillingSumsTest, RunsOnDiskGiveTheSameSums) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    Room room;
    std::mt19937 chance(seed);
    std::map<std::string, std::int64_t> expected;
    {
      SpillingSums sums(*room.vault, 8 + seed);
      for (int i = 0; i < 3000; ++i) {
        const std::string key = "order " + std::to_string(chance() % 400);
        const auto minor = static_cast<std::int64_t>(chance() % 5) - 2;
        expected[key] += minor;
        ASSERT_TRUE(sums.add(key, minor).has_value());
      }
      EXPECT_GT(sums.runs(), 1U);
      const auto left = sums.finish(10'000);
      ASSERT_TRUE(left.has_value());
      std::erase_if(expected, [](const auto& entry) { return entry.second == 0; });
      EXPECT_EQ(left->count, expected.size());
      EXPECT_EQ((std::map<std::string, std::int64_t>(left->first.begin(), left->first.end())),
                expected);
    }
    EXPECT_EQ(room.left(), 0U) << "the scratch file goes with the sums";
  }
}

}  // namespace
}  // namespace mlc::flow
