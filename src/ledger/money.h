// An exact amount of one currency.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/currency.h"

namespace mlc::ledger {

// Whole minor units (cents) in 64 bits. Arithmetic is checked: overflow and mixed currencies are
// errors (ledger.amount_overflow, ledger.mixed_currencies). Thread-safe value type.
class Money {
 public:
  [[nodiscard]] static Money zero(Currency currency) { return Money(0, currency); }
  [[nodiscard]] static Money from_minor(std::int64_t minor, Currency currency) {
    return Money(minor, currency);
  }
  // `-?digits[.digits]`, no blanks, no plus, no thousands marks, not "-", not ".5". Fewer decimals
  // than the currency's are filled with zeros; more are allowed only when they are zeros.
  // Errors: ledger.bad_amount (text, expected), ledger.amount_too_precise, ledger.amount_overflow.
  [[nodiscard]] static Result<Money> parse(std::string_view text, Currency currency);

  [[nodiscard]] std::int64_t minor() const { return minor_; }
  [[nodiscard]] Currency currency() const { return currency_; }
  [[nodiscard]] bool is_zero() const { return minor_ == 0; }
  [[nodiscard]] bool is_negative() const { return minor_ < 0; }

  [[nodiscard]] Result<Money> plus(const Money& other) const;
  [[nodiscard]] Result<Money> minus(const Money& other) const;
  [[nodiscard]] Result<Money> negated() const;

  // Always with all decimals of the currency and a point: "-1234.50", "12345" (JPY).
  [[nodiscard]] std::string decimal() const;
  friend bool operator==(const Money&, const Money&) = default;

 private:
  Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}
  std::int64_t minor_;
  Currency currency_;
};

}  // namespace mlc::ledger
