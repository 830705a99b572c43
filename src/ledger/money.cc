#include "ledger/money.h"

#include <charconv>

#include "base/checked_arithmetic.h"
#include "ledger/errors.h"
#include "ledger/text.h"

namespace mlc::ledger {
namespace {

constexpr std::string_view kExpectedAmount = "digits with at most one point, e.g. -1234.50";
constexpr std::string_view kExpectedSize = "at most 18 digits in the smallest unit";

tl::unexpected<Error> refuse(const ErrorKind& kind, std::string_view found,
                             std::string_view expected) {
  return failure(kind, {{"found", std::string(found)}, {"expected", std::string(expected)}});
}

tl::unexpected<Error> too_large(const Money& a, const Money& b) {
  return refuse(kAmountOverflow, "of " + a.decimal() + " and " + b.decimal(), kExpectedSize);
}

tl::unexpected<Error> mixed(const Money& a, const Money& b) {
  return refuse(kMixedCurrencies, b.currency().code(), a.currency().code());
}

// The digits after the point, filled with zeros or cut of zeros to the currency's decimals.
Result<std::string> scaled_fraction(std::string_view text, std::string_view fraction,
                                    Currency currency) {
  const auto decimals = static_cast<std::size_t>(currency.decimals());
  std::string out(fraction.substr(0, decimals));
  if (fraction.size() > decimals &&
      fraction.substr(decimals).find_first_not_of('0') != std::string_view::npos) {
    return failure(kAmountTooPrecise, {{"found", std::string(text)},
                                       {"currency", std::string(currency.code())},
                                       {"expected", std::to_string(decimals) + " decimals"}});
  }
  out.append(decimals - out.size(), '0');
  return out;
}

}  // namespace

Result<Money> Money::parse(std::string_view text, Currency currency) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  const auto point = rest.find('.');
  const auto whole = rest.substr(0, point);
  const auto fraction = point == std::string_view::npos ? "" : rest.substr(point + 1);
  if (!is_digits(whole) || (point != std::string_view::npos && !is_digits(fraction))) {
    return refuse(kBadAmount, text, kExpectedAmount);
  }
  MLC_TRY(const std::string cents, scaled_fraction(text, fraction, currency));
  const std::string digits = (negative ? "-" : "") + std::string(whole) + cents;
  std::int64_t minor = 0;
  const auto end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, minor);
  if (parsed.ec != std::errc{} || parsed.ptr != end) {
    return refuse(kAmountOverflow, text, kExpectedSize);
  }
  return Money(minor, currency);
}

Result<Money> Money::plus(const Money& other) const {
  if (currency_ != other.currency_) return mixed(*this, other);
  const auto sum = checked_add(minor_, other.minor_);
  if (!sum) return too_large(*this, other);
  return Money(*sum, currency_);
}

Result<Money> Money::minus(const Money& other) const {
  if (currency_ != other.currency_) return mixed(*this, other);
  const auto difference = checked_subtract(minor_, other.minor_);
  if (!difference) return too_large(*this, other);
  return Money(*difference, currency_);
}

Result<Money> Money::negated() const { return zero(currency_).minus(*this); }

std::string Money::decimal() const {
  std::string text = std::to_string(minor_);
  const auto decimals = static_cast<std::size_t>(currency_.decimals());
  if (decimals == 0) return text;
  const std::size_t lead = minor_ < 0 ? 1 : 0;
  if (text.size() < lead + decimals + 1) {
    text.insert(lead, lead + decimals + 1 - text.size(), '0');
  }
  text.insert(text.size() - decimals, ".");
  return text;
}

}  // namespace mlc::ledger
