#include "simulators/amazon/market.h"

#include <algorithm>
#include <array>

namespace mlc::simulators::amazon {
namespace {

constexpr std::string_view kVatOnPrincipal = "MarketplaceFacilitatorVAT-Principal";
constexpr std::string_view kVatOnShipping = "MarketplaceFacilitatorVAT-Shipping";

constexpr std::array kMarkets{
    Market{"US", "na", "ATVPDKIKX0DER", "Amazon.com", "amazon.com", "USD", false, '.', "",
           DayStyle::kDashed, DayStyle::kDashed, " UTC", "UTF-8", "",
           "MarketplaceFacilitatorTax-Principal", "MarketplaceFacilitatorTax-Shipping"},
    Market{"DE", "eu", "A1PA6795UKMFR9", "Amazon.de", "Amazon.de", "EUR", false, ',', ".",
           DayStyle::kDotted, DayStyle::kDotted, "", "windows-1252",
           "-Gr\xF6\xDF"
           "e \x80",
           kVatOnPrincipal, kVatOnShipping},
    Market{"FR", "eu", "A13V1IB3VIYZZH", "Amazon.fr", "Amazon.fr", "EUR", false, ',', "",
           DayStyle::kDotted, DayStyle::kDotted, " UTC", "UTF-8", "-\xC3\xA9t\xC3\xA9",
           kVatOnPrincipal, kVatOnShipping},
    Market{"UK", "eu", "A1F83G8C2ARO7P", "Amazon.co.uk", "Amazon.co.uk", "GBP", false, '.', "",
           DayStyle::kDayFirstShort, DayStyle::kDotted, " UTC", "ISO-8859-1",
           "-under \xA3"
           "5",
           kVatOnPrincipal, kVatOnShipping},
    Market{"JP", "fe", "A1VC38T7YXB528", "Amazon.co.jp", "Amazon.co.jp", "JPY", true, '.', "",
           DayStyle::kYearSlash, DayStyle::kYearSlash, "", "Shift_JIS",
           "-\x83\x7C\x83\x43\x83\x93\x83\x67", "", ""},
};

std::string styled(DayStyle style, Instant instant) {
  const std::string iso = format_instant(instant);
  const std::string year = iso.substr(0, 4);
  const std::string month = iso.substr(5, 2);
  const std::string day = iso.substr(8, 2);
  switch (style) {
    case DayStyle::kDotted: return day + "." + month + "." + year;
    case DayStyle::kYearSlash: return year + "/" + month + "/" + day;
    case DayStyle::kDayFirstShort: return day + "/" + month + "/" + year.substr(2);
    case DayStyle::kDashed: break;
  }
  return year + "-" + month + "-" + day;
}

// "1234567" -> "1.234.567"
std::string grouped(std::string digits, std::string_view mark) {
  for (std::size_t at = digits.size(); at > 3 && !mark.empty();) {
    at -= 3;
    digits.insert(at, mark);
  }
  return digits;
}

}  // namespace

std::span<const Market> markets() { return kMarkets; }

const Market* find_market(std::string_view name) {
  const auto at = std::ranges::find(kMarkets, name, &Market::name);
  return at == kMarkets.end() ? nullptr : at;
}

std::string amount_text(const Market& market, std::int64_t minor) {
  const std::int64_t size = minor < 0 ? -minor : minor;
  const std::string sign = minor < 0 ? "-" : "";
  if (market.whole_units) return sign + grouped(std::to_string(size), market.thousands);
  const std::string part = std::to_string(size % 100);
  return sign + grouped(std::to_string(size / 100), market.thousands) + market.decimal_mark +
         (part.size() == 1 ? "0" : "") + part;
}

std::string day_text(const Market& market, Instant instant) {
  return styled(market.posted_day, instant);
}

std::string moment_text(const Market& market, Instant instant) {
  return styled(market.moment_day, instant) + " " + format_instant(instant).substr(11, 8) +
         std::string(market.zone);
}

}  // namespace mlc::simulators::amazon
