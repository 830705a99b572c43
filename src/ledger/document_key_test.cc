#include "ledger/document_key.h"

#include <gtest/gtest.h>
#include <set>

#include "ledger/errors.h"

namespace mlc::ledger {
namespace {

TEST(KeyStemTest, FollowsTheSettlementId) {
  struct Case {
    const char* id;
    const char* stem;
  };
  for (const auto& row : {Case{"20612345671", "20612345671-"},
                          {"1", "1-"},
                          {"007", "007-"},
                          {"999999999999", "999999999999-"},
                          {"1000000000000", "Z000CRE66I9S-"},
                          {"131621703842267135", "ZZZZZZZZZZZZ-"}}) {
    const auto stem = key_stem(SettlementId(row.id));
    ASSERT_TRUE(stem) << row.id;
    EXPECT_EQ(*stem, row.stem) << row.id;
    EXPECT_LE(stem->size(), 13U);
  }
}

TEST(KeyStemTest, RefusesIdsThatCannotBeKeys) {
  for (const auto* id : {"", "2061234567A", "-1", " 1", "1.0", "0000000000001",
                         "131621703842267136", "99999999999999999999999"}) {
    const auto stem = key_stem(SettlementId(id));
    ASSERT_FALSE(stem) << id;
    EXPECT_TRUE(stem.error().is(kSettlementIdNotNumeric)) << id;
    EXPECT_EQ(stem.error().fact("found"), id);
  }
}

TEST(PartNameTest, CountsInBase36AndBack) {
  struct Case {
    int ordinal;
    const char* name;
  };
  for (const auto& row :
       {Case{1, "01"}, {9, "09"}, {10, "0A"}, {35, "0Z"}, {36, "10"}, {kMaxParts, "9Z"}}) {
    EXPECT_EQ(part_name(row.ordinal).value(), row.name);
  }
  std::set<std::string> names;
  for (int ordinal = 1; ordinal <= kMaxParts; ++ordinal) {
    const auto name = part_name(ordinal).value();
    EXPECT_EQ(part_ordinal(name), ordinal);
    names.insert(name);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kMaxParts));
  EXPECT_EQ(*names.begin(), "01");  // text order is the order of the parts
}

TEST(PartNameTest, RefusesNumbersOutsideTheForm) {
  for (const int ordinal : {0, -1, kMaxParts + 1, INT_MAX}) {
    EXPECT_TRUE(part_name(ordinal).error().is(kTooManyParts)) << ordinal;
  }
  for (const auto* part : {"", "0", "00", "A0", "T1", "0a", "001", "1-"}) {
    EXPECT_FALSE(part_ordinal(part)) << part;
  }
}

TEST(ParseKeyTest, TellsOursFromForeign) {
  struct Case {
    const char* reference;
    bool ours;
  };
  for (const auto& row : {Case{"20612345671-01A", true},
                          {"20612345671-9ZZ", true},
                          {"20612345671-A1A", true},
                          {"20612345671-T0B", true},
                          {"20612345671", false},
                          {"20612345671-", false},
                          {"20612345671-1A", false},
                          {"20612345671-00A", false},
                          {"20612345671-B1A", false},
                          {"20612345671-01a", false},
                          {"20612345671-011", false},
                          {"20612345671-01AB", false},
                          {"20612345671 01A", false},
                          {"30612345671-01A", false},
                          {"", false}}) {
    const auto key = parse_key(row.reference, "20612345671-");
    EXPECT_EQ(key.has_value(), row.ours) << row.reference;
    if (key) {
      EXPECT_EQ(key->text(), row.reference);
    }
  }
}

}  // namespace
}  // namespace mlc::ledger
