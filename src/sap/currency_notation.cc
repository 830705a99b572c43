#include "sap/currency_notation.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/checked_arithmetic.h"

namespace mlc::sap {
namespace {

constexpr std::size_t kStoredDecimals = 2;

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(' ');
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "123.45" -> 12345.
std::optional<std::int64_t> hundredths(std::string_view text) {
  const auto point = text.find('.');
  if (point == std::string_view::npos) return std::nullopt;
  const auto whole = text.substr(0, point);
  const auto part = text.substr(point + 1);
  if (!is_digits(whole) || !is_digits(part) || part.size() != kStoredDecimals) return std::nullopt;
  const std::string digits = std::string(whole) + std::string(part);
  std::int64_t value = 0;
  const auto* end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return value;
}

// From units of 10^-from to units of 10^-to; nothing when digits would be lost.
std::optional<std::int64_t> rescaled(std::int64_t value, int from, int to) {
  std::optional<std::int64_t> out = value;
  for (; from < to && out; ++from) out = checked_multiply<std::int64_t>(*out, 10);
  for (; from > to && out; --from) {
    if (*out % 10 != 0) return std::nullopt;
    out = *out / 10;
  }
  return out;
}

}  // namespace

std::optional<ledger::Money> parse_internal(std::string_view cell, ledger::Currency currency,
                                            const CurrencyDecimals& decimals) {
  std::string_view text = trimmed(cell);
  const bool behind = text.ends_with('-');
  const bool before = text.starts_with('-');
  if (behind && before) return std::nullopt;
  if (behind) text = trimmed(text.substr(0, text.size() - 1));
  if (before) text = trimmed(text.substr(1));
  const auto stored = hundredths(text);
  if (!stored) return std::nullopt;
  const auto minor = rescaled(*stored, decimals.of(currency.code()), currency.decimals());
  if (!minor) return std::nullopt;
  return ledger::Money::from_minor(behind || before ? -*minor : *minor, currency);
}

}  // namespace mlc::sap
