#include "ledger/header_text.h"

#include <gtest/gtest.h>

namespace mlc::ledger {
namespace {

TEST(HeaderTextTest, WhatWeWriteIsReadBack) {
  const HeaderText text{"Amazon US", "202610", 1, 12, "1a2b3c4d"};
  EXPECT_EQ(write_header_text(text), "Amazon US 202610 01/12 1a2b3c4d");
  EXPECT_EQ(read_header_text("Amazon US 202610 01/12 1a2b3c4d"), text);
  const HeaderText large{"US", "202601", 100, 359, "00000000"};
  EXPECT_EQ(read_header_text(write_header_text(large)), large);
}

TEST(HeaderTextTest, AnythingElseIsNotOurs) {
  for (const char* text :
       {"", "x", "Amazon October", "US 202610 01/02", "US 202610 01/02 1a2b3c4",
        "US 202610 01/02 1A2B3C4D", "US 202610 1/2 1a2b3c4d", "US 202610 03/02 1a2b3c4d",
        "US 202610 00/02 1a2b3c4d", "US 2026 01/02 1a2b3c4d", "US 202610 0102 1a2b3c4d",
        "US 202610 01/02 1a2b3c4d "}) {
    EXPECT_FALSE(read_header_text(text)) << text;
  }
}

}  // namespace
}  // namespace mlc::ledger
