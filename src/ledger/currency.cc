#include "ledger/currency.h"

#include <algorithm>
#include <string>

#include "ledger/errors.h"

namespace mlc::ledger {
namespace {

// ISO 4217 list one (active codes), by the exponent of the minor unit, each sorted. Codes without
// an exponent (gold, the testing code, ...) are no currency of an account and are left out.
constexpr std::string_view kNoDecimals =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view kTwoDecimals =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR "
    "LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD "
    "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
    "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW "
    "ZWG";
constexpr std::string_view kThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view kFourDecimals = "CLF UYW";

struct Group {
  std::string_view codes;
  std::uint8_t decimals;
};
constexpr std::array<Group, 4> kGroups{
    Group{kTwoDecimals, 2}, {kNoDecimals, 0}, {kThreeDecimals, 3}, {kFourDecimals, 4}};

bool holds(std::string_view codes, std::string_view code) {
  for (std::size_t at = 0; at < codes.size(); at += 4) {
    if (codes.substr(at, 3) == code) return true;
  }
  return false;
}

}  // namespace

Result<Currency> Currency::from_code(std::string_view code) {
  for (const auto& group : kGroups) {
    if (code.size() == 3 && holds(group.codes, code)) {
      return Currency({code[0], code[1], code[2]}, group.decimals);
    }
  }
  return failure(kUnknownCurrency,
                 {{"found", std::string(code)}, {"expected", "three capital letters such as USD"}});
}

}  // namespace mlc::ledger
