// Exact amounts: minor units by TCURX, and SAP's currency translation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulators/sap/books_file.h"

namespace mlc::simulators::sap {

// Decimals of a currency: TCURX, 2 when it has no entry there.
[[nodiscard]] int currency_decimals(Books& books, const std::string& waers);

// External decimal text to minor units; nothing when the currency's decimals or CURR 13.2 cannot
// hold it. Blank is zero.
[[nodiscard]] std::optional<std::int64_t> to_minor(std::string_view text, int decimals);
[[nodiscard]] std::string to_external(std::int64_t minor, int decimals);

struct Rate {
  std::int64_t scaled = 0;  // UKURS: five decimals; negative is an indirect quotation
  std::int64_t from_factor = 1;
  std::int64_t to_factor = 1;
};
// A pair of currencies under a rate type (TCURR-KURST).
struct RatePair {
  std::string kurst;
  std::string from;
  std::string to;
};
// The rate valid on a day (YYYYMMDD) by TCURR, with the factors of TCURF where it has any and
// TCURR's otherwise; nothing when there is none. Rates are neither inverted nor crossed.
[[nodiscard]] std::optional<Rate> find_rate(Books& books, const std::string& client,
                                            const RatePair& pair, const std::string& day);
// Half up, away from zero.
[[nodiscard]] std::int64_t convert(std::int64_t minor, int from_decimals, int to_decimals,
                                   const Rate& rate);

// Fiscal year (4 digits) and period (3 digits) of a day by T009/T009B.
struct FiscalPeriod {
  std::string year;
  std::string period;
};
[[nodiscard]] std::optional<FiscalPeriod> fiscal_period(Books& books, const std::string& client,
                                                        const std::string& periv,
                                                        const std::string& day);
// T001B. `koart` is an account type or '+'.
[[nodiscard]] bool period_open(Books& books, const std::string& client, const std::string& opvar,
                               const std::string& koart, const FiscalPeriod& period);

}  // namespace mlc::simulators::sap
