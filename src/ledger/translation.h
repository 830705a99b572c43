// Document currency into the company code's currency, as SAP translates it: exactly, then rounded
// commercially. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/money.h"

namespace mlc::ledger {

// A rate as SAP keeps it: TCURR-UKURS or BKPF-KURSF, with the factors of the pair (TCURF).
struct ExchangeRate {
  std::int64_t scaled = 0;       // five decimals; negative is an indirect quotation
  std::int64_t from_factor = 1;  // FFACT: so many units of the document currency ...
  std::int64_t to_factor = 1;    // TFACT: ... are `scaled` times so many local ones
  friend bool operator==(const ExchangeRate&, const ExchangeRate&) = default;
  // As SAP shows it: "0.73125", "/1.08500" (indirect), "0.66700 per 100:1".
  [[nodiscard]] std::string text() const;
};

__extension__ typedef __int128 Wide;

// Local minor units = document minor units * numerator / denominator, exactly.
struct Ratio {
  Wide numerator = 1;
  Wide denominator = 1;
};
// Nothing when the rate or a factor is zero.
[[nodiscard]] std::optional<Ratio> ratio_of(const ExchangeRate& rate, Currency from, Currency to);

// The smallest amount that SAP can hold, in minor units of ISO 4217: 1, or more when SAP keeps the
// currency with fewer decimals (TCURX).
[[nodiscard]] std::int64_t smallest_unit(Currency currency, int sap_decimals);

// Rounded to SAP's decimals, half a unit away from zero. Nothing when it does not fit.
[[nodiscard]] std::optional<Money> translate(const Money& amount, Currency to,
                                             const ExchangeRate& rate, int to_sap_decimals);

}  // namespace mlc::ledger
