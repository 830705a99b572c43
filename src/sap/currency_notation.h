// SAP's internal notation of amounts: tables store every currency as if it had two decimals.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/money.h"

namespace mlc::sap {

// TCURX: currencies whose number of decimals is not two, by CURRKEY. Value type.
class CurrencyDecimals {
 public:
  void set(std::string currency, int decimals) { decimals_[std::move(currency)] = decimals; }
  [[nodiscard]] int of(std::string_view currency) const {
    const auto at = decimals_.find(currency);
    return at == decimals_.end() ? 2 : at->second;
  }

 private:
  std::map<std::string, int, std::less<>> decimals_;
};

// A CURR cell of RFC_READ_TABLE ("123.45", "123.45-", blanks around it) as the real amount: 123.45
// is 12345 JPY. Nothing when it is no such number, when SAP marked it as too wide ('*'), or when
// the currency cannot hold it.
[[nodiscard]] std::optional<ledger::Money> parse_internal(std::string_view cell,
                                                          ledger::Currency currency,
                                                          const CurrencyDecimals& decimals);

}  // namespace mlc::sap
