#include "ledger/translation.h"

#include <gtest/gtest.h>

namespace mlc::ledger {
namespace {

Currency currency(const char* code) { return Currency::from_code(code).value(); }

// A translation as a bookkeeper writes it down.
struct Row {
  const char* amount;
  const char* from;
  const char* to;
  ExchangeRate rate;
  const char* shown;  // the rate in words
  const char* local;
};
constexpr Row kRows[] = {
    {"1000.00", "CAD", "USD", {73125, 1, 1}, "0.73125", "731.25"},
    {"-1000.00", "CAD", "USD", {73125, 1, 1}, "0.73125", "-731.25"},
    {"0.00", "CAD", "USD", {73125, 1, 1}, "0.73125", "0.00"},
    {"0.02", "CAD", "USD", {75000, 1, 1}, "0.75000", "0.02"},    // 0.015: half a cent goes up ...
    {"-0.02", "CAD", "USD", {75000, 1, 1}, "0.75000", "-0.02"},  // ... away from zero
    {"0.05", "CAD", "USD", {73125, 1, 1}, "0.73125", "0.04"},
    {"108.50", "USD", "EUR", {-108500, 1, 1}, "/1.08500", "100.00"},
    {"100.00", "USD", "EUR", {-108500, 1, 1}, "/1.08500", "92.17"},
    {"12345", "JPY", "USD", {66700, 100, 1}, "0.66700 per 100:1", "82.34"},
    {"12345", "JPY", "USD", {-14992504, 100, 100}, "/149.92504 per 100:100", "82.34"},
    {"82.34", "USD", "JPY", {14992500, 1, 1}, "149.92500", "12345"},
    {"1.234", "KWD", "USD", {325000, 1, 1}, "3.25000", "4.01"},
    {"4.01", "USD", "KWD", {-325000, 1, 1}, "/3.25000", "1.234"},
    {"1000.00", "GBP", "EUR", {115327, 1, 1}, "1.15327", "1153.27"},
};

TEST(TranslateTest, AsSapRounds) {
  for (const auto& row : kRows) {
    const auto amount = Money::parse(row.amount, currency(row.from)).value();
    const auto to = currency(row.to);
    const auto local = translate(amount, to, row.rate, to.decimals());
    ASSERT_TRUE(local) << row.amount << " " << row.from;
    EXPECT_EQ(local->decimal(), row.local) << row.amount << " " << row.from << " to " << row.to;
    EXPECT_EQ(row.rate.text(), row.shown);
  }
}

TEST(TranslateTest, FewerDecimalsInSap_RoundsToWhatSapHolds) {
  const auto amount = Money::parse("1.50", currency("USD")).value();
  EXPECT_EQ(translate(amount, currency("EUR"), {100000, 1, 1}, 0)->decimal(), "2.00");
  EXPECT_EQ(smallest_unit(currency("EUR"), 0), 100);
  EXPECT_EQ(smallest_unit(currency("JPY"), 0), 1);
}

TEST(TranslateTest, NoRateOrNoRoom_Nothing) {
  const auto amount = Money::from_minor(9'000'000'000'000'000'000, currency("USD"));
  EXPECT_FALSE(translate(amount, currency("EUR"), {0, 1, 1}, 2));
  EXPECT_FALSE(translate(amount, currency("EUR"), {100000, 0, 1}, 2));
  EXPECT_FALSE(translate(amount, currency("EUR"), {200000, 1, 1}, 2));
  EXPECT_FALSE(translate(amount, currency("CLF"), {999999999, 1, 9999999}, 4));
}

}  // namespace
}  // namespace mlc::ledger
