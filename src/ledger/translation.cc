#include "ledger/translation.h"

#include <limits>

namespace mlc::ledger {
namespace {

constexpr int kRateDecimals = 5;

Wide power_of_ten(int exponent) {
  Wide out = 1;
  for (; exponent > 0; --exponent) out *= 10;
  return out;
}

std::optional<Wide> product(Wide a, Wide b) {
  Wide out = 0;
  if (__builtin_mul_overflow(a, b, &out)) return std::nullopt;
  return out;
}

Wide magnitude(Wide value) { return value < 0 ? -value : value; }

// Half away from zero; nothing when a step does not fit. The denominator is positive.
std::optional<Wide> rounded(Wide numerator, Wide denominator) {
  const auto twice = product(magnitude(numerator), 2);
  const auto double_denominator = product(denominator, 2);
  Wide sum = 0;
  if (!twice || !double_denominator) return std::nullopt;
  if (__builtin_add_overflow(*twice, denominator, &sum)) return std::nullopt;
  const Wide quotient = sum / *double_denominator;
  return numerator < 0 ? -quotient : quotient;
}

}  // namespace

std::string ExchangeRate::text() const {
  std::string digits = std::to_string(scaled < 0 ? -scaled : scaled);
  constexpr std::size_t kWidth = kRateDecimals + 1;
  if (digits.size() < kWidth) digits.insert(0, kWidth - digits.size(), '0');
  digits.insert(digits.size() - kRateDecimals, ".");
  if (scaled < 0) digits.insert(0, "/");
  if (from_factor == 1 && to_factor == 1) return digits;
  return digits + " per " + std::to_string(from_factor) + ":" + std::to_string(to_factor);
}

std::optional<Ratio> ratio_of(const ExchangeRate& rate, Currency from, Currency to) {
  if (rate.scaled == 0 || rate.from_factor <= 0 || rate.to_factor <= 0) return std::nullopt;
  const Wide value = magnitude(rate.scaled);
  const Wide scale = power_of_ten(kRateDecimals);
  const bool indirect = rate.scaled < 0;
  // Each factor is below 10^10 and each power at most 10^5: the products fit.
  return Ratio{(indirect ? scale : value) * rate.to_factor * power_of_ten(to.decimals()),
               (indirect ? value : scale) * rate.from_factor * power_of_ten(from.decimals())};
}

std::int64_t smallest_unit(Currency currency, int sap_decimals) {
  return static_cast<std::int64_t>(power_of_ten(currency.decimals() - sap_decimals));
}

std::optional<Money> translate(const Money& amount, Currency to, const ExchangeRate& rate,
                               int to_sap_decimals) {
  const auto ratio = ratio_of(rate, amount.currency(), to);
  if (!ratio) return std::nullopt;
  const Wide unit = smallest_unit(to, to_sap_decimals);
  const auto numerator = product(amount.minor(), ratio->numerator);
  const auto denominator = product(ratio->denominator, unit);
  if (!numerator || !denominator) return std::nullopt;
  const auto units = rounded(*numerator, *denominator);
  const auto minor = units ? product(*units, unit) : std::nullopt;
  if (!minor || magnitude(*minor) > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return Money::from_minor(static_cast<std::int64_t>(*minor), to);
}

}  // namespace mlc::ledger
