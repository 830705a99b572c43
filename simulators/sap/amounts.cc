#include "simulators/sap/amounts.h"

#include <algorithm>
#include <charconv>

namespace mlc::simulators::sap {
namespace {

constexpr std::int64_t kLargest = 9'999'999'999'999;  // CURR 13.2

__extension__ typedef __int128 Wide;

Wide power_of_ten(int exponent) {
  Wide value = 1;
  for (int i = 0; i < exponent; ++i) value *= 10;
  return value;
}

Wide round_half_up(Wide numerator, Wide denominator) {
  const bool negative = (numerator < 0) != (denominator < 0);
  if (numerator < 0) numerator = -numerator;
  if (denominator < 0) denominator = -denominator;
  const Wide quotient = (2 * numerator + denominator) / (2 * denominator);
  return negative ? -quotient : quotient;
}

// The row that began last before the day: GDATU is the day counted down from 99999999.
std::optional<Row> newest_row(Books& books, const char* table, const std::string& client,
                              const RatePair& pair, const std::string& day) {
  const auto inverted = std::to_string(99999999 - std::stoi(day));
  auto rows = books.query(std::string("SELECT * FROM ") + table +
                              " WHERE MANDT = ? AND KURST = ? AND FCURR = ? AND TCURR = ? AND "
                              "GDATU >= ? ORDER BY GDATU LIMIT 1",
                          {client, pair.kurst, pair.from, pair.to, inverted});
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace

int currency_decimals(Books& books, const std::string& waers) {
  const auto entry = books.find("TCURX", {{"CURRKEY", waers}});
  return entry ? static_cast<int>(number_at(*entry, "CURRDEC")) : 2;
}

std::optional<std::int64_t> to_minor(std::string_view text, int decimals) {
  if (text.empty()) return 0;
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  std::string digits(text.substr(0, point));
  std::string part = point == std::string_view::npos ? "" : std::string(text.substr(point + 1));
  part.erase(part.find_last_not_of('0') + 1);
  if (part.size() > static_cast<std::size_t>(decimals)) return std::nullopt;
  part.resize(static_cast<std::size_t>(decimals), '0');
  digits += part;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return 0;
  if (digits.size() > 13) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return negative ? -value : value;
}

std::string to_external(std::int64_t minor, int decimals) {
  const bool negative = minor < 0;
  std::string digits = std::to_string(negative ? -minor : minor);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return negative ? "-" + digits : digits;
}

std::optional<Rate> find_rate(Books& books, const std::string& client, const RatePair& pair,
                              const std::string& day) {
  if (pair.from == pair.to) return Rate{100000, 1, 1};
  const auto rate = newest_row(books, "TCURR", client, pair, day);
  if (!rate || number_at(*rate, "UKURS") == 0) return std::nullopt;
  const auto factors = newest_row(books, "TCURF", client, pair, day);
  const auto factor = [&](std::string_view field) {
    return std::max<std::int64_t>(1, number_at(factors ? *factors : *rate, field));
  };
  return Rate{number_at(*rate, "UKURS"), factor("FFACT"), factor("TFACT")};
}

std::int64_t convert(std::int64_t minor, int from_decimals, int to_decimals, const Rate& rate) {
  Wide numerator = Wide(minor) * power_of_ten(to_decimals);
  Wide denominator = power_of_ten(from_decimals);
  const Wide scale = power_of_ten(5);
  if (rate.scaled > 0) {
    numerator *= Wide(rate.scaled) * rate.to_factor;
    denominator *= scale * rate.from_factor;
  } else {
    numerator *= scale * rate.to_factor;
    denominator *= Wide(-rate.scaled) * rate.from_factor;
  }
  const Wide local = round_half_up(numerator, denominator);
  const Wide limit = kLargest;
  return static_cast<std::int64_t>(std::clamp(local, -limit, limit));
}

std::optional<FiscalPeriod> fiscal_period(Books& books, const std::string& client,
                                          const std::string& periv, const std::string& day) {
  const auto variant = books.find("T009", {{"MANDT", client}, {"PERIV", periv}});
  if (!variant) return std::nullopt;
  const auto year = day.substr(0, 4);
  if (at(*variant, "XKALE") == "X") return FiscalPeriod{year, "0" + day.substr(4, 2)};
  // The period whose end is the first on or after the day.
  const auto ends = books.query(
      "SELECT * FROM T009B WHERE MANDT = ? AND PERIV = ? AND (BDATJ > ? OR (BDATJ = ? AND "
      "BUMON || BUTAG >= ?)) ORDER BY BDATJ, BUMON, BUTAG LIMIT 1",
      {client, periv, year, year, day.substr(4)});
  if (ends.empty()) return std::nullopt;
  const int shift = at(ends[0], "RELJR") == "+1" ? 1 : at(ends[0], "RELJR") == "-1" ? -1 : 0;
  return FiscalPeriod{std::to_string(std::stoi(at(ends[0], "BDATJ")) + shift),
                      at(ends[0], "POPER")};
}

bool period_open(Books& books, const std::string& client, const std::string& opvar,
                 const std::string& koart, const FiscalPeriod& period) {
  const auto rows =
      books.query("SELECT * FROM T001B WHERE MANDT = ? AND BUKRS = ? AND MKOAR = ? AND RRCTY = ''",
                  {client, opvar, koart});
  // Only '+' must exist; an account type without an entry follows '+'.
  if (rows.empty()) return koart != "+";
  const auto wanted = period.year + period.period;
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
    const auto within = [&](const char* from_year, const char* from_period, const char* to_year,
                            const char* to_period) {
      return at(row, from_year) + at(row, from_period) <= wanted &&
             wanted <= at(row, to_year) + at(row, to_period);
    };
    return within("FRYE1", "FRPE1", "TOYE1", "TOPE1") || within("FRYE2", "FRPE2", "TOYE2", "TOPE2");
  });
}

}  // namespace mlc::simulators::sap
