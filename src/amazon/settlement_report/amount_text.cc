#include "amazon/settlement_report/amount_text.h"

#include <algorithm>

#include "amazon/settlement_report/errors.h"
#include "base/checked_arithmetic.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::size_t kGroup = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t leading_digits(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

char mark_of(DecimalMark mark) { return mark == DecimalMark::kPoint ? '.' : ','; }

// The thousands mark at the front, empty when there is none.
std::string_view leading_separator(std::string_view text, DecimalMark mark) {
  const std::string_view other = mark == DecimalMark::kPoint ? "," : ".";
  for (const std::string_view one :
       {other, std::string_view(" "), std::string_view("\xA0"), std::string_view("\xC2\xA0"),
        std::string_view("\xE2\x80\xAF")}) {
    if (text.starts_with(one)) return one;
  }
  return {};
}

// One to three digits, then groups of three, each after the same mark.
bool is_grouped(std::string_view text, std::size_t first, DecimalMark mark) {
  if (first == 0 || first > kGroup) return false;
  const std::string_view separator = leading_separator(text.substr(first), mark);
  if (separator.empty()) return false;
  for (std::string_view rest = text.substr(first); !rest.empty();) {
    if (!rest.starts_with(separator)) return false;
    rest.remove_prefix(separator.size());
    if (leading_digits(rest.substr(0, kGroup)) != kGroup) return false;
    rest.remove_prefix(kGroup);
  }
  return true;
}

bool is_whole(std::string_view text, DecimalMark mark) {
  const std::size_t digits = leading_digits(text);
  if (digits == text.size()) return digits > 0;
  return is_grouped(text, digits, mark);
}

std::string_view without_zeros(std::string_view fraction) {
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  return fraction;
}

std::size_t zeros_at_end(std::int64_t digits, std::size_t most) {
  std::size_t count = 0;
  for (; count < most && digits % 10 == 0; digits /= 10) ++count;
  return count;
}

bool add_digit(std::int64_t& value, int digit) {
  const auto shifted = checked_multiply<std::int64_t>(value, 10);
  const auto sum = shifted ? checked_add<std::int64_t>(*shifted, digit) : std::nullopt;
  if (sum) value = *sum;
  return sum.has_value();
}

std::string_view words(DecimalMark mark) {
  return mark == DecimalMark::kPoint ? "a decimal point" : "a decimal comma";
}

constexpr std::string_view kAnyAmount =
    "an amount: digits, a leading minus where negative, a decimal point or comma and at most the "
    "decimals of its currency";

}  // namespace

std::string_view to_text(DecimalMark mark) { return mark == DecimalMark::kPoint ? "." : ","; }

std::optional<PlainAmount> scan_plain_amount(std::string_view text) {
  constexpr std::size_t kMost = 14;
  if (text.size() > kMost) return std::nullopt;
  PlainAmount out;
  std::size_t at = text.starts_with('-') ? 1 : 0;
  out.negative = at == 1;
  const auto take_digits = [&] {
    const std::size_t from = at;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      out.digits = out.digits * 10 + (text[at] - '0');
    }
    return at - from;
  };
  if (take_digits() == 0) return std::nullopt;
  if (at == text.size()) return out;
  out.mark = text[at++];
  if (out.mark != '.' && out.mark != ',') return std::nullopt;
  out.decimals = take_digits();
  if (out.decimals == 0 || at != text.size()) return std::nullopt;
  return out;
}

std::optional<ledger::Money> to_money(const PlainAmount& amount, DecimalMark mark,
                                      ledger::Currency currency) {
  constexpr std::array<std::int64_t, 5> kPowers{1, 10, 100, 1000, 10'000};  // of ISO 4217
  if (amount.mark != 0 && amount.mark != mark_of(mark)) return std::nullopt;
  const auto decimals = static_cast<std::size_t>(currency.decimals());
  if (amount.decimals > decimals || decimals - amount.decimals >= kPowers.size()) return {};
  // Below 10^14 times 10^4: no overflow.
  const std::int64_t minor = amount.digits * kPowers[decimals - amount.decimals];
  return ledger::Money::from_minor(amount.negative ? -minor : minor, currency);
}

std::optional<AmountParts> split_amount(std::string_view text, DecimalMark mark) {
  AmountParts out;
  out.negative = text.starts_with('-');
  if (out.negative) text.remove_prefix(1);
  const auto at = text.find(mark_of(mark));
  out.whole = text.substr(0, at);
  if (at != std::string_view::npos) {
    out.fraction = text.substr(at + 1);
    if (out.fraction.empty() || leading_digits(out.fraction) != out.fraction.size()) return {};
  }
  if (!is_whole(out.whole, mark)) return {};
  return out;
}

tl::expected<ledger::Money, AmountFault> read_money(std::string_view text, DecimalMark mark,
                                                    ledger::Currency currency) {
  if (const auto plain = scan_plain_amount(text)) {
    if (const auto money = to_money(*plain, mark, currency)) return *money;
  }
  const auto parts = split_amount(text, mark);
  if (!parts) return tl::unexpected(AmountFault::kSpelling);
  const auto decimals = static_cast<std::size_t>(currency.decimals());
  if (without_zeros(parts->fraction).size() > decimals) {
    return tl::unexpected(AmountFault::kTooPrecise);
  }
  std::int64_t minor = 0;
  for (const char c : parts->whole) {
    if (is_digit(c) && !add_digit(minor, c - '0')) return tl::unexpected(AmountFault::kTooLarge);
  }
  for (std::size_t at = 0; at < decimals; ++at) {
    const int digit = at < parts->fraction.size() ? parts->fraction[at] - '0' : 0;
    if (!add_digit(minor, digit)) return tl::unexpected(AmountFault::kTooLarge);
  }
  return ledger::Money::from_minor(parts->negative ? -minor : minor, currency);
}

std::string expected_amount(DecimalMark mark, ledger::Currency currency) {
  return "an amount with " + std::string(words(mark)) + " and at most " +
         std::to_string(currency.decimals()) + " decimals (" + std::string(currency.code()) + ")";
}

void DecimalEvidence::note(Reading& reading, const std::optional<AmountParts>& parts,
                           const Row& row, Column column) {
  if (!parts) {
    if (!reading.misfit) reading.misfit = row.place(column);
    return;
  }
  const std::size_t written = parts->fraction.size();
  if (written == 0) return;
  reading.decimals = true;
  reading.most_written = std::max(reading.most_written, written);
  const std::size_t needed = without_zeros(parts->fraction).size();
  for (std::size_t at = 0; at < std::min(needed, reading.finer_than.size()); ++at) {
    if (!reading.finer_than[at]) reading.finer_than[at] = row.place(column);
  }
}

bool DecimalEvidence::is_known(const PlainAmount& amount) const {
  if (amount.mark == 0) return true;  // both marks read the same
  const DecimalMark mark = amount.mark == '.' ? DecimalMark::kPoint : DecimalMark::kComma;
  if (knows(mark, amount.decimals)) return true;
  if (amount.decimals == kGroup || amount.decimals > kMostDecimals) return false;
  if (!reading(other(mark)).misfit || reading(mark).most_written < amount.decimals) return false;
  const std::size_t needed = amount.decimals - zeros_at_end(amount.digits, amount.decimals);
  return needed == 0 || reading(mark).finer_than[needed - 1].has_value();
}

Status DecimalEvidence::see(const Row& row, Column column) {
  const std::string_view cell = row.cell(column);
  if (const auto plain = scan_plain_amount(cell); plain && is_known(*plain)) return {};
  const auto point = split_amount(cell, DecimalMark::kPoint);
  const auto comma = split_amount(cell, DecimalMark::kComma);
  if (!point && !comma) {
    return failure(
        refuse_place(kBadAmount, row.file(), row.place(column), std::string(kAnyAmount)));
  }
  note(readings_[0], point, row, column);
  note(readings_[1], comma, row, column);
  const bool same = !point || !comma || point->fraction.size() == comma->fraction.size();
  if (!same && !differs_) differs_ = row.place(column);
  return {};
}

std::optional<CellPlace> DecimalEvidence::excluded(DecimalMark mark, std::size_t decimals) const {
  const Reading& one = reading(mark);
  const auto& finer = one.finer_than[std::min(decimals, kMostDecimals)];
  if (!finer) return one.misfit;
  if (!one.misfit) return finer;
  return one.misfit->byte < finer->byte ? one.misfit : finer;
}

Result<DecimalMark> DecimalEvidence::decide(const std::string& file,
                                            ledger::Currency currency) const {
  using enum DecimalMark;
  const auto decimals = static_cast<std::size_t>(currency.decimals());
  const auto no_point = excluded(kPoint, decimals);
  const auto no_comma = excluded(kComma, decimals);
  if (no_point && no_comma) {
    // The earlier one fixed the mark that it does not exclude.
    const bool point_first = no_comma->byte < no_point->byte;
    const std::string expected = expected_amount(point_first ? kPoint : kComma, currency);
    if (*no_point == *no_comma) {
      return failure(refuse_place(kBadAmount, file, *no_point, expected_amount(kPoint, currency)));
    }
    return failure(refuse_mixed(file, "decimal mark", point_first ? *no_comma : *no_point,
                                point_first ? *no_point : *no_comma, expected));
  }
  if (no_point) return kComma;
  if (no_comma || !differs_) return kPoint;
  const bool point_fits = reading(kPoint).most_written <= decimals;
  const bool comma_fits = reading(kComma).most_written <= decimals;
  if (point_fits != comma_fits) return point_fits ? kPoint : kComma;
  return failure(refuse_place(kAmbiguousAmounts, file, *differs_,
                              "an amount of the file that shows its decimal mark"));
}

}  // namespace mlc::amazon::settlement_report
