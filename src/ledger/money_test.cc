#include "ledger/money.h"

#include <gtest/gtest.h>

#include "ledger/errors.h"
#include "ledger/settlement.h"

namespace mlc::ledger {
namespace {

Currency currency(std::string_view code) { return Currency::from_code(code).value(); }

TEST(CurrencyTest, KnowsTheDecimalsOfIso4217) {
  struct Case {
    const char* code;
    int decimals;
  };
  for (const auto& row : {Case{"USD", 2},
                          {"EUR", 2},
                          {"GBP", 2},
                          {"JPY", 0},
                          {"KRW", 0},
                          {"KWD", 3},
                          {"TND", 3},
                          {"CLF", 4},
                          {"UYW", 4},
                          {"ZWG", 2},
                          {"ISK", 0}}) {
    const auto found = Currency::from_code(row.code);
    ASSERT_TRUE(found) << row.code;
    EXPECT_EQ(found->decimals(), row.decimals) << row.code;
    EXPECT_EQ(found->code(), row.code);
  }
}

TEST(CurrencyTest, RefusesWhatIsNoActiveCode) {
  for (const auto* code : {"", "usd", "US", "USDX", "ABC", "DEM", "XAU", "D A", "ED ", "HRK"}) {
    const auto found = Currency::from_code(code);
    ASSERT_FALSE(found) << code;
    EXPECT_TRUE(found.error().is(kUnknownCurrency)) << code;
  }
}

TEST(MoneyTest, ParsesExactAmounts) {
  struct Case {
    const char* text;
    const char* currency;
    std::int64_t minor;
    const char* written;
  };
  for (const auto& row : {Case{"1234.50", "USD", 123450, "1234.50"},
                          {"-1234.5", "USD", -123450, "-1234.50"},
                          {"0", "USD", 0, "0.00"},
                          {"-0.00", "USD", 0, "0.00"},
                          {"-0.05", "USD", -5, "-0.05"},
                          {"0.5", "USD", 50, "0.50"},
                          {"007.10", "USD", 710, "7.10"},
                          {"1.5000", "USD", 150, "1.50"},
                          {"12345", "JPY", 12345, "12345"},
                          {"12345.00", "JPY", 12345, "12345"},
                          {"-1", "JPY", -1, "-1"},
                          {"1.2", "KWD", 1200, "1.200"},
                          {"92233720368547758.07", "USD", INT64_MAX, "92233720368547758.07"},
                          {"-92233720368547758.08", "USD", INT64_MIN, "-92233720368547758.08"}}) {
    const auto money = Money::parse(row.text, currency(row.currency));
    ASSERT_TRUE(money) << row.text;
    EXPECT_EQ(money->minor(), row.minor) << row.text;
    EXPECT_EQ(money->decimal(), row.written) << row.text;
  }
}

TEST(MoneyTest, RefusesWhatIsNoAmount) {
  for (const auto* text : {"", "-", ".", ".5", "5.", "+1", " 1", "1 ", "1,00", "1.234,50", "1e3",
                           "--1", "1.2.3", "1-", "-.5", "0x10", "NaN", "(1.00)"}) {
    const auto money = Money::parse(text, currency("USD"));
    ASSERT_FALSE(money) << text;
    EXPECT_TRUE(money.error().is(kBadAmount)) << text;
  }
}

TEST(MoneyTest, RefusesWhatItCannotHold) {
  EXPECT_TRUE(Money::parse("1.005", currency("USD")).error().is(kAmountTooPrecise));
  EXPECT_TRUE(Money::parse("1.5", currency("JPY")).error().is(kAmountTooPrecise));
  EXPECT_TRUE(Money::parse("92233720368547758.08", currency("USD")).error().is(kAmountOverflow));
  EXPECT_TRUE(
      Money::parse("100000000000000000000000", currency("JPY")).error().is(kAmountOverflow));
}

TEST(MoneyTest, ArithmeticIsCheckedAndKeepsTheCurrency) {
  const auto usd = currency("USD");
  const auto most = Money::from_minor(INT64_MAX, usd);
  const auto least = Money::from_minor(INT64_MIN, usd);
  const auto cent = Money::from_minor(1, usd);
  EXPECT_EQ(cent.plus(cent)->minor(), 2);
  EXPECT_EQ(cent.minus(cent)->minor(), 0);
  EXPECT_EQ(cent.negated()->minor(), -1);
  EXPECT_TRUE(most.plus(cent).error().is(kAmountOverflow));
  EXPECT_TRUE(least.minus(cent).error().is(kAmountOverflow));
  EXPECT_TRUE(least.negated().error().is(kAmountOverflow));
  EXPECT_TRUE(cent.plus(Money::zero(currency("EUR"))).error().is(kMixedCurrencies));
  EXPECT_TRUE(cent.minus(Money::zero(currency("EUR"))).error().is(kMixedCurrencies));
}

TEST(MoneyTest, SignOfFollowsTheSellersView) {
  const auto usd = currency("USD");
  EXPECT_EQ(sign_of(Money::from_minor(-1, usd)), Sign::kNegative);
  EXPECT_EQ(sign_of(Money::zero(usd)), Sign::kZero);
  EXPECT_EQ(sign_of(Money::from_minor(1, usd)), Sign::kPositive);
}

}  // namespace
}  // namespace mlc::ledger
