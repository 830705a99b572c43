#include "ledger/intercompany.h"

#include <gtest/gtest.h>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::usd;

IntercompanyLine line(const char* company_code, const char* document, const char* amount,
                      unsigned day) {
  return {company_code, document, 1, "1", usd(amount), testing::day(2026, 6, day)};
}

TEST(IntercompanyTest, OppositeAmountsOfTwoCompanyCodesAreOneDebt) {
  const auto sides = match_sides({line("1000", "a", "30.00", 14), line("2000", "b", "-30.00", 15),
                                  line("1000", "c", "-5.00", 14), line("1000", "d", "5.00", 15)});
  EXPECT_EQ(sides.pairs, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}}));
  // Within one company code it is no debt between two.
  EXPECT_EQ(sides.open, (std::vector<std::size_t>{2, 3}));
}

TEST(IntercompanyTest, OfSeveralTheNearestIsTheOtherSide) {
  const auto sides = match_sides({line("2000", "far", "-30.00", 28), line("1000", "a", "30.00", 14),
                                  line("2000", "near", "-30.00", 15)});
  EXPECT_EQ(sides.pairs, (std::vector<std::pair<std::size_t, std::size_t>>{{1, 2}}));
  EXPECT_EQ(sides.open, (std::vector<std::size_t>{0}));
}

}  // namespace
}  // namespace mlc::ledger
