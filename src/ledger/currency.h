// ISO 4217 currencies and how many decimals they have.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace mlc::ledger {

// An active ISO 4217 currency. Small value type; thread-safe.
class Currency {
 public:
  // `code` is the alphabetic code in upper case ("USD"). Errors: ledger.unknown_currency.
  [[nodiscard]] static Result<Currency> from_code(std::string_view code);
  [[nodiscard]] std::string_view code() const { return {code_.data(), code_.size()}; }
  // The minor unit's exponent of ISO 4217: 2 for USD, 0 for JPY, 3 for KWD.
  [[nodiscard]] int decimals() const { return decimals_; }
  friend auto operator<=>(const Currency&, const Currency&) = default;

 private:
  Currency(std::array<char, 3> code, std::uint8_t decimals) : code_(code), decimals_(decimals) {}
  std::array<char, 3> code_;
  std::uint8_t decimals_;
};

}  // namespace mlc::ledger
