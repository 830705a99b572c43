#include "ledger/text.h"

#include <gtest/gtest.h>

#include "ledger/words.h"

namespace mlc::ledger {
namespace {

TEST(TextTest, CollapsesWhiteSpaceOfExports) {
  EXPECT_EQ(collapsed("  Storage \t Fee "), "Storage Fee");
  EXPECT_EQ(collapsed("Storage\xC2\xA0"
                      "Fee\xE3\x80\x80"),
            "Storage Fee");
  EXPECT_EQ(collapsed(" \n"), "");
  EXPECT_EQ(collapsed_prefix("  Promotion  Fee  "), "Promotion Fee ");
  EXPECT_EQ(folded(" FBA  Pick & Pack FEE"), "fba pick & pack fee");
  EXPECT_EQ(folded("\xC3\x84"
                   "B"),
            "\xC3\x84"
            "b");
}

TEST(TextTest, CountsAndCutsWholeCharacters) {
  EXPECT_EQ(length_of("Geb\xC3\xBChr"), 6U);
  EXPECT_EQ(cut_to("Geb\xC3\xBChr", 4), "Geb\xC3\xBC");
  EXPECT_EQ(cut_to("Geb\xC3\xBChr", 3), "Geb");
  EXPECT_EQ(cut_to("ab cd", 3), "ab");
  EXPECT_EQ(cut_to("ab", 3), "ab");
  EXPECT_EQ(cut_to("", 3), "");
}

// What is no UTF-8 takes as much room in SAP's field as it has bytes, at most.
TEST(TextTest, BytesOfNoCharacterCountAndAreCutOneByOne) {
  EXPECT_EQ(length_of("ab\x80\x80\x80"), 5U);
  EXPECT_EQ(length_of("caf\xE9 "), 5U);
  EXPECT_EQ(length_of("\xE2\x82"), 2U);
  EXPECT_EQ(cut_to("ab\x80\x80\x80", 3), "ab\x80");
  EXPECT_EQ(cut_to("\x80\x80", 1), "\x80");
}

TEST(TextTest, AlphaFillsDigitsOnly) {
  EXPECT_EQ(alpha("400000", 10), "0000400000");
  EXPECT_EQ(alpha("0000400000", 10), "0000400000");
  EXPECT_EQ(alpha("AMZ-EU", 10), "AMZ-EU");
  EXPECT_EQ(alpha("", 10), "");
}

TEST(WordsTest, EveryWordComesBack) {
  for (const auto value : {LineKind::kGl, LineKind::kVendor, LineKind::kCustomer}) {
    EXPECT_EQ(line_kind(to_word(value)), value);
  }
  for (const auto value :
       {Nature::kSale, Nature::kRefund, Nature::kFee, Nature::kTax, Nature::kReserve,
        Nature::kTransfer, Nature::kOther, Nature::kReceivable}) {
    EXPECT_EQ(nature(to_word(value)), value);
  }
  for (const auto value : {Treatment::kPost, Treatment::kNetToZero, Treatment::kExclude}) {
    EXPECT_EQ(treatment(to_word(value)), value);
  }
  for (const auto value : {Sign::kNegative, Sign::kZero, Sign::kPositive}) {
    EXPECT_EQ(sign(to_word(value)), value);
  }
  EXPECT_FALSE(nature("Sale"));
  EXPECT_EQ(to_word(Treatment::kNetToZero), "net-to-zero");
}

}  // namespace
}  // namespace mlc::ledger
