// What a person gives as a file: plain or as gzip, whole, cut, too large, or made to grow.
#include "operations/import_content.h"

#include <gtest/gtest.h>
#include <sstream>

#include "evidence/directory_vault.h"
#include "evidence/memory_file_system.h"
#include "operations/errors.h"
#include "simulators/amazon/gzip.h"

namespace mlc::operations {
namespace {

using simulators::amazon::gzip;

const std::string kText = "settlement-id\tamount\n1\t10.00\n";
constexpr std::uint64_t kLimit = 1'000'000;

class ImportContent : public ::testing::Test {
 protected:
  Result<ImportedContent> store(const std::string& bytes, std::uint64_t limit = kLimit) {
    std::istringstream in(bytes);
    return store_content(*vault_, "file.txt", in, limit, {});
  }
  // The error's id; afterwards nothing is kept of the file.
  std::string refusal(const std::string& bytes, std::uint64_t limit = kLimit) {
    const auto stored = store(bytes, limit);
    EXPECT_FALSE(stored);
    EXPECT_TRUE(files_.list("/evidence/incoming")->empty());
    return stored ? "" : std::string(stored.error().id());
  }

  evidence::MemoryFileSystem files_;
  std::unique_ptr<evidence::DirectoryVault> vault_ =
      std::move(*evidence::DirectoryVault::open(files_, "/evidence"));
};

TEST_F(ImportContent, GzipIsKeptAsItCameAndUnpackedBesides) {
  const auto plain = store(kText);
  const auto packed = store(gzip(kText));
  ASSERT_TRUE(plain && packed);
  EXPECT_EQ(plain->received, "");
  EXPECT_NE(packed->received, "");
  EXPECT_EQ(packed->content.id, plain->content.id);
  EXPECT_EQ(packed->content.size, kText.size());
  // As several tools write it: one member after the other.
  EXPECT_EQ(store(gzip(kText.substr(0, 9)) + gzip(kText.substr(9)))->content.id, plain->content.id);
}

TEST_F(ImportContent, GzipCutAnywhereIsDamaged) {
  const std::string whole = gzip(kText);
  for (std::size_t size = 2; size < whole.size(); ++size) {
    EXPECT_EQ(refusal(whole.substr(0, size)), "operations.damaged_gzip") << size;
  }
  EXPECT_EQ(refusal(whole + "x"), "operations.damaged_gzip");
}

TEST_F(ImportContent, LimitHoldsForWhatComesAndForWhatItGrowsTo) {
  const std::string zeros(5'000'000, '0');
  EXPECT_EQ(refusal(kText, kText.size() - 1), "operations.file_too_large");
  EXPECT_TRUE(store(kText, kText.size()));
  EXPECT_EQ(refusal(gzip(zeros), zeros.size() - 1), "operations.file_too_large");
  EXPECT_TRUE(store(gzip(zeros), zeros.size()));
  std::string nothing;
  for (int member = 0; member < 1000; ++member) nothing += gzip("");
  EXPECT_EQ(refusal(nothing, nothing.size() - 1), "operations.file_too_large");
}

TEST_F(ImportContent, NothingIsNothing) {
  EXPECT_EQ(refusal(""), "operations.empty_file");
  EXPECT_EQ(refusal(gzip("")), "operations.empty_file");
  EXPECT_EQ(store("x")->content.size, 1U);
}

}  // namespace
}  // namespace mlc::operations
