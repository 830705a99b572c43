#include "ledger/fiscal_year.h"

#include <gtest/gtest.h>

#include "ledger/testing/samples.h"

namespace mlc::ledger {
namespace {

using testing::day;

// April to March: the year is named after its end.
FiscalVariant april() {
  FiscalVariant out;
  for (unsigned month = 1; month <= 12; ++month) {
    const auto last = std::chrono::year_month_day_last(
        std::chrono::year{2025} / std::chrono::month{month} / std::chrono::last);
    const bool next = month >= 4;
    out.ends.push_back({0, month, month == 2 ? 29 : unsigned(last.day()),
                        static_cast<int>(next ? month - 3 : month + 9), next ? 1 : 0});
  }
  return out;
}

// The end of a 4-4-5 year: the last Sunday of September.
FiscalVariant weeks() {
  return {false,
          {{2026, 8, 30, 11, 0},
           {2026, 9, 27, 12, 0},
           {2026, 10, 25, 1, 1},
           {2026, 11, 22, 2, 1},
           {2026, 12, 27, 3, 1},
           {2027, 1, 24, 4, 0}}};
}

TEST(FiscalYearTest, DaysFallIntoTheirPeriods) {
  struct Row {
    const char* name;
    FiscalVariant variant;
    Date day;
    std::optional<FiscalPeriod> expected;
  };
  const FiscalVariant calendar{true, {}};
  const std::vector<Row> rows{
      {"calendar, last day", calendar, day(2026, 12, 31), FiscalPeriod{2026, 12}},
      {"calendar, first day", calendar, day(2027, 1, 1), FiscalPeriod{2027, 1}},
      {"April year, last day", april(), day(2026, 3, 31), FiscalPeriod{2026, 12}},
      {"April year, first day", april(), day(2026, 4, 1), FiscalPeriod{2027, 1}},
      {"April year, December", april(), day(2026, 12, 31), FiscalPeriod{2027, 9}},
      {"April year, 29 February", april(), day(2028, 2, 29), FiscalPeriod{2028, 11}},
      {"4-4-5, last day", weeks(), day(2026, 9, 27), FiscalPeriod{2026, 12}},
      {"4-4-5, first day", weeks(), day(2026, 9, 28), FiscalPeriod{2027, 1}},
      {"4-4-5, over New Year", weeks(), day(2026, 12, 28), FiscalPeriod{2027, 4}},
      {"4-4-5, beyond its rows", weeks(), day(2027, 1, 25), std::nullopt},
      {"no rows at all", {}, day(2026, 1, 1), std::nullopt},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(fiscal_period_of(row.variant, row.day), row.expected) << row.name;
  }
}

}  // namespace
}  // namespace mlc::ledger
