#include "ledger/opening.h"

#include <gtest/gtest.h>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::day;
using testing::usd;

const Date kCutover = day(2026, 10, 1);

struct Line {
  const char* id;
  Date start;
  Date end;
  Date deposit;
  const char* total;
  const char* held;
  const char* released;
};

Instant at(Date date) { return std::chrono::sys_days(date); }

std::vector<OpeningWitness> witnesses(const std::vector<Line>& lines) {
  std::vector<OpeningSettlement> settlements;
  for (const auto& line : lines) {
    settlements.push_back(
        {{SettlementId(line.id), at(line.start), at(line.end), usd(line.held), usd(line.released)},
         usd(line.total),
         line.end,
         line.deposit});
  }
  return witnesses_of(settlements, usd(0).currency(), kCutover).value();
}

const Line kAugust{"11",     day(2026, 9, 1), day(2026, 9, 15), day(2026, 9, 17), "70.00",
                   "-20.00", "0.00"};
const Line kSeptember{"12",    day(2026, 9, 15), day(2026, 9, 29), day(2026, 10, 1),
                      "90.00", "-50.00",         "20.00"};
const Line kOctober{"13",   day(2026, 9, 29), day(2026, 10, 13), day(2026, 10, 15), "200.00",
                    "0.00", "50.00"};

TEST(OpeningTest, SettlementsSayWhatWasOwedAndHeld) {
  EXPECT_EQ(witnesses({kAugust, kSeptember, kOctober}),
            (std::vector<OpeningWitness>{{"receivable", "settlement 12 paid later", usd("90.00")},
                                         {"reserve", "held back by settlement 12", usd("50.00")},
                                         {"reserve", "released by settlement 13", usd("50.00")}}));
}

TEST(OpeningTest, WhatNobodyKnowsIsNotSaid) {
  EXPECT_EQ(witnesses({kOctober}),
            (std::vector<OpeningWitness>{{"reserve", "released by settlement 13", usd("50.00")}}));
  EXPECT_EQ(witnesses({kAugust}), (std::vector<OpeningWitness>{
                                      {"receivable", "no settlement was paid later", usd("0.00")},
                                      {"reserve", "held back by settlement 11", usd("20.00")}}));
  EXPECT_TRUE(witnesses({}).empty());
}

TEST(OpeningTest, OnlyOtherAmountsContradict) {
  const auto said = witnesses({kSeptember, kOctober});
  EXPECT_TRUE(contradictions({usd("90.00"), usd("50.00")}, said).empty());
  const auto wrong = contradictions({usd("90.00"), usd("49.00")}, said);
  ASSERT_EQ(wrong.size(), 2U);
  EXPECT_EQ(wrong[0].source, "held back by settlement 12");
  EXPECT_EQ(contradictions({usd("0.00"), usd("50.00")}, said).size(), 1U);
}

}  // namespace
}  // namespace mlc::ledger
