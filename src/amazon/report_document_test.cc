#include "amazon/report_document.h"

#include <gtest/gtest.h>

#include "amazon/errors.h"
#include "amazon/testing/memory_vault.h"
#include "base/digest.h"
#include "simulators/amazon/gzip.h"

namespace mlc::amazon {
namespace {

using simulators::amazon::gzip;

constexpr std::uint64_t kLimit = 1'000'000;
const std::string kText = "settlement-id\ttotal-amount\n20612345671\t12.34\n";

std::string id_of(const std::string& content) { return to_hex(sha256(content)); }

// Receives `bytes` in pieces of `piece` bytes.
Result<DocumentReceiver::Stored> receive(testing::MemoryVault& vault, std::string_view bytes,
                                         std::size_t piece = 1, std::uint64_t limit = kLimit) {
  DocumentReceiver receiver(vault, limit, {"doc-1", "request-1", "storage.example.org"});
  while (!bytes.empty()) {
    MLC_TRY_STATUS(receiver.on_bytes(bytes.substr(0, piece)));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  return receiver.finish();
}

TEST(DocumentReceiver, PlainDocumentIsStoredAsItIs) {
  testing::MemoryVault vault;
  const auto stored = receive(vault, kText);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->content.id.str(), id_of(kText));
  EXPECT_EQ(stored->received, "");
  EXPECT_EQ(vault.objects.size(), 1U);
}

TEST(DocumentReceiver, GzipIsStoredTwiceAsReceivedAndInflated) {
  std::string large;
  while (large.size() < 900'000) large += std::to_string(large.size()) + kText;
  for (const std::string& text : {kText, large}) {
    const std::string packed = gzip(text);
    for (const std::size_t piece : {1UL, 7UL, 65'536UL, 10'000'000UL}) {
      testing::MemoryVault vault;
      const auto stored = receive(vault, packed, piece);
      ASSERT_TRUE(stored) << piece;
      EXPECT_EQ(stored->content.id.str(), id_of(text));
      EXPECT_EQ(stored->received, id_of(packed));
      EXPECT_EQ(vault.objects[stored->content.id.str()], text);
      EXPECT_EQ(vault.objects[stored->received], packed);
    }
  }
}

TEST(DocumentReceiver, GzipOfSeveralMembersIsOneDocument) {
  testing::MemoryVault vault;
  const auto stored = receive(vault, gzip(kText) + gzip("more\n"), 3);
  ASSERT_TRUE(stored);
  EXPECT_EQ(vault.objects[stored->content.id.str()], kText + "more\n");
}

TEST(DocumentReceiver, GzipCutAtAnyByteIsRefusedAndLeavesNothing) {
  const std::string packed = gzip(kText);
  for (std::size_t length = 2; length < packed.size(); ++length) {
    testing::MemoryVault vault;
    const auto stored = receive(vault, packed.substr(0, length), 5);
    ASSERT_FALSE(stored) << length;
    EXPECT_TRUE(stored.error().is(kDocumentDamaged)) << length;
    EXPECT_EQ(stored.error().again(), Again::kLater);
    EXPECT_TRUE(vault.objects.empty()) << length;
  }
}

TEST(DocumentReceiver, GzipWithAnyByteChangedIsNeverTakenForAnotherText) {
  const std::string packed = gzip(kText);
  for (std::size_t i = 2; i < packed.size(); ++i) {
    std::string changed = packed;
    changed[i] = static_cast<char>(changed[i] ^ 0x55);
    testing::MemoryVault vault;
    const auto stored = receive(vault, changed, 4);
    // Time, flags and system in the header do not touch the text.
    EXPECT_TRUE(!stored || vault.objects[stored->content.id.str()] == kText) << i;
    EXPECT_TRUE(i < 10 || !stored) << i;
  }
}

TEST(DocumentReceiver, BytesAfterTheEndAreRefused) {
  testing::MemoryVault vault;
  const auto stored = receive(vault, gzip(kText) + "x");
  ASSERT_FALSE(stored);
  EXPECT_TRUE(stored.error().is(kDocumentDamaged));
  EXPECT_EQ(stored.error().fact("document"), "doc-1");
}

TEST(DocumentReceiver, EmptyDocumentIsRefused) {
  testing::MemoryVault vault;
  EXPECT_TRUE(receive(vault, "").error().is(kDocumentDamaged));
  EXPECT_TRUE(receive(vault, "x"));
}

TEST(DocumentReceiver, LimitHoldsForTheInflatedText) {
  testing::MemoryVault vault;
  const std::string text(5'000'000, '0');
  const auto refused = receive(vault, gzip(text), 1024, 4'999'999);
  EXPECT_TRUE(refused.error().is(kDocumentTooLarge));
  EXPECT_TRUE(vault.objects.empty());
  EXPECT_TRUE(receive(vault, gzip(text), 1024, 5'000'000));
  EXPECT_TRUE(receive(vault, "12345", 1, 4).error().is(kDocumentTooLarge));
}

TEST(DocumentReceiver, ErrorOfTheVaultComesBackUnchanged) {
  testing::MemoryVault vault;
  vault.refuse_writes = true;
  EXPECT_TRUE(receive(vault, kText).error().is(testing::kVaultFull));
  EXPECT_TRUE(receive(vault, gzip(kText)).error().is(testing::kVaultFull));
}

}  // namespace
}  // namespace mlc::amazon
