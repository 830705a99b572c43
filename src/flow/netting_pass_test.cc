#include "flow/netting_pass.h"

#include <algorithm>
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

// A vault whose scratch file forgot its end, as after a damage that no call told of.
class CutFile final : public ports::ScratchFile {
 public:
  CutFile(std::unique_ptr<ports::ScratchFile> whole, std::uint64_t missing)
      : whole_(std::move(whole)), missing_(missing) {}
  Status append(std::string_view bytes) override {
    size_ += bytes.size();
    return whole_->append(bytes);
  }
  Result<std::string> read(std::uint64_t offset, std::size_t count) override {
    const std::uint64_t end = size_ - missing_;
    if (offset >= end) return std::string();
    return whole_->read(offset, std::min<std::uint64_t>(count, end - offset));
  }

 private:
  std::unique_ptr<ports::ScratchFile> whole_;
  std::uint64_t missing_;
  std::uint64_t size_ = 0;
};

class CutVault final : public ports::EvidenceVault {
 public:
  CutVault(ports::EvidenceVault& whole, std::uint64_t missing) : whole_(whole), missing_(missing) {}
  Result<std::unique_ptr<ports::EvidenceWriter>> begin() override { return whole_.begin(); }
  Result<std::unique_ptr<ports::EvidenceReader>> open(const ObjectId& id) override {
    return whole_.open(id);
  }
  Result<std::unique_ptr<ports::LineageWriter>> begin_lineage() override {
    return whole_.begin_lineage();
  }
  Result<std::unique_ptr<ports::LineageReader>> open_lineage(const ObjectId& id) override {
    return whole_.open_lineage(id);
  }
  Result<std::unique_ptr<ports::ScratchFile>> scratch() override {
    MLC_TRY(auto whole, whole_.scratch());
    return std::unique_ptr<ports::ScratchFile>(
        std::make_unique<CutFile>(std::move(whole), missing_));
  }
  std::vector<Error> verify() override { return whole_.verify(); }

 private:
  ports::EvidenceVault& whole_;
  std::uint64_t missing_;
};

// Orders that the file forgot would pass as netted. A record here is 4 + 10 + 8 bytes long, so that
// the cuts lie at its start, in its sum, in its key and in its length.
TEST(SpillingSumsTest, ScratchFileThatLostItsEnd_IsNamed) {
  for (const std::uint64_t missing : {1U, 8U, 10U, 18U, 20U, 22U, 44U, 100U}) {
    Room room;
    CutVault vault(*room.vault, missing);
    SpillingSums sums(vault, 8);
    for (int i = 0; i < 64; ++i) {
      ASSERT_TRUE(sums.add("order " + std::to_string(1000 + i), 1).has_value());
    }
    ASSERT_EQ(sums.runs(), 8U);
    const auto left = sums.finish(5);
    ASSERT_FALSE(left.has_value()) << missing;
    EXPECT_EQ(left.error().id(), "flow.scratch_cut") << missing;
    EXPECT_EQ(left.error().again(), Again::kLater);
  }
}

}  // namespace
}  // namespace mlc::flow
