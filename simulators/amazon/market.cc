#include "simulators/amazon/market.h"

#include <algorithm>
#include <array>

namespace mlc::simulators::amazon {
namespace {

// What Amazon takes off again of the tax that the buyer paid.
struct Withheld {
  std::string_view on_principal;
  std::string_view on_shipping;
};
constexpr Withheld kSalesTax{"MarketplaceFacilitatorTax-Principal",
                             "MarketplaceFacilitatorTax-Shipping"};
constexpr Withheld kVat{"MarketplaceFacilitatorVAT-Principal",
                        "MarketplaceFacilitatorVAT-Shipping"};
constexpr Withheld kLowValueGoods{"LowValueGoodsTax-Principal", "LowValueGoodsTax-Shipping"};
constexpr Withheld kNothing{"", ""};

// How numbers and dates are written.
struct Style {
  char decimal_mark;
  std::string_view thousands;
  DayStyle posted_day;
  DayStyle moment_day;
  std::string_view zone;
};

constexpr Market market(std::string_view name, std::string_view region, std::string_view id,
                        std::string_view marketplace, std::string_view currency, Style style,
                        std::string_view charset, std::string_view sku_tail, Withheld withheld,
                        Custom custom = Custom::kNone) {
  return {name,
          region,
          id,
          marketplace,
          marketplace,
          currency,
          currency == "JPY",
          style.decimal_mark,
          style.thousands,
          style.posted_day,
          style.moment_day,
          style.zone,
          charset,
          sku_tail,
          withheld.on_principal,
          withheld.on_shipping,
          custom};
}

// In US files both spellings occur.
constexpr Market united_states() {
  Market out =
      market("US", "na", "ATVPDKIKX0DER", "Amazon.com", "USD",
             {'.', "", DayStyle::kDashed, DayStyle::kDashed, " UTC"}, "UTF-8", "", kSalesTax);
  out.other_spelling = "amazon.com";
  return out;
}

// Ids, names and currencies: Amazon, "Marketplace IDs". Number, date and character set as seen in
// files or told by Amazon's changelog; a comment names what nobody has confirmed.
constexpr std::array kMarkets{
    united_states(),
    market("CA", "na", "A2EUQ1WTGCTBG2", "Amazon.ca", "CAD",
           {'.', "", DayStyle::kMonthFirstShort, DayStyle::kDashed, " UTC"}, "windows-1252",
           "-\xC9t\xE9", kSalesTax),
    // Day before month was seen without the store's name.
    market("MX", "na", "A1AM78C64UM0Y8", "Amazon.com.mx", "MXN",
           {'.', "", DayStyle::kDayFirstShort, DayStyle::kDashed, " UTC"}, "windows-1252",
           "-Ni\xF1o", kNothing),
    // Unconfirmed: everything but the point's absence, and that, too.
    market("BR", "na", "A2Q3Y263D00KWC", "Amazon.com.br", "BRL",
           {',', ".", DayStyle::kDayFirst, DayStyle::kDayFirst, " UTC"}, "UTF-8",
           "-S\xC3\xA3o Paulo", kNothing),
    market("DE", "eu", "A1PA6795UKMFR9", "Amazon.de", "EUR",
           {',', ".", DayStyle::kDotted, DayStyle::kDotted, ""}, "windows-1252",
           "-Gr\xF6\xDF"
           "e \x80",
           kVat),
    market("FR", "eu", "A13V1IB3VIYZZH", "Amazon.fr", "EUR",
           {',', "", DayStyle::kDotted, DayStyle::kDotted, " UTC"}, "UTF-8", "-\xC3\xA9t\xC3\xA9",
           kVat),
    market("UK", "eu", "A1F83G8C2ARO7P", "Amazon.co.uk", "GBP",
           {'.', "", DayStyle::kDayFirstShort, DayStyle::kDotted, " UTC"}, "ISO-8859-1",
           "-under \xA3"
           "5",
           kVat),
    market("JP", "fe", "A1VC38T7YXB528", "Amazon.co.jp", "JPY",
           {'.', "", DayStyle::kYearSlash, DayStyle::kYearSlash, ""}, "Shift_JIS",
           "-\x83\x7C\x83\x43\x83\x93\x83\x67", kNothing, Custom::kPoints),
    market("IT", "eu", "APJ6JRA9NG5V4", "Amazon.it", "EUR",
           {',', ".", DayStyle::kDotted, DayStyle::kDotted, " UTC"}, "ISO-8859-15",
           "-Qualit\xE0 \xA4", kVat),
    market("ES", "eu", "A1RKKUPIHCS9HS", "Amazon.es", "EUR",
           {',', ".", DayStyle::kDotted, DayStyle::kDotted, ""}, "ISO-8859-1", "-Peque\xF1o", kVat),
    market("NL", "eu", "A1805IZSGTT6HS", "Amazon.nl", "EUR",
           {',', "", DayStyle::kDotted, DayStyle::kDotted, " UTC"}, "windows-1252", "-Vanaf \x80 5",
           kVat),
    // Unconfirmed: comma, blanks between thousands, character set.
    market("SE", "eu", "A2NODRKZP88ZB9", "Amazon.se", "SEK",
           {',', " ", DayStyle::kDashed, DayStyle::kDashed, " UTC"}, "ISO-8859-15", "-Sm\xE5",
           kVat),
    // Unconfirmed: comma, blanks between thousands, character set.
    market("PL", "eu", "A1C3SOZRARQ6R3", "Amazon.pl", "PLN",
           {',', " ", DayStyle::kDotted, DayStyle::kDotted, " UTC"}, "UTF-8",
           "-\xC5\x81\xC3\xB3"
           "d\xC5\xBA",
           kVat),
    // Unconfirmed: comma, character set.
    market("TR", "eu", "A33AVAJ2PDY3EV", "Amazon.com.tr", "TRY",
           {',', ".", DayStyle::kDotted, DayStyle::kDotted, " UTC"}, "UTF-8",
           "-\xC4\xB0"
           "zmir",
           kNothing),
    // Unconfirmed: which of the two patterns of days.
    market("AE", "eu", "A2VIGQ35RCS4UG", "Amazon.ae", "AED",
           {'.', "", DayStyle::kDashed, DayStyle::kDashed, " UTC"}, "UTF-8",
           "-\xD8\xAF\xD8\xA8\xD9\x8A", kNothing),
    // Unconfirmed: which of the two patterns of days.
    market("IN", "eu", "A21TJRUUN4KGV", "Amazon.in", "INR",
           {'.', "", DayStyle::kDotted, DayStyle::kDotted, " UTC"}, "windows-1252", "-5\xB0",
           kNothing, Custom::kCollectedAtSource),
    market("AU", "fe", "A39IBJ37TRP1C6", "Amazon.com.au", "AUD",
           {'.', "", DayStyle::kDayFirst, DayStyle::kDayFirst, " UTC"}, "UTF-8", "-Caf\xC3\xA9",
           kLowValueGoods),
    market("SG", "fe", "A19VAU5U5O7RUS", "Amazon.sg", "SGD",
           {'.', "", DayStyle::kDashed, DayStyle::kDashed, " UTC"}, "UTF-8", "-\xE5\xA4\xA7",
           kLowValueGoods),
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
    case DayStyle::kDayFirst: return day + "/" + month + "/" + year;
    case DayStyle::kMonthFirstShort: return month + "/" + day + "/" + year.substr(2);
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
