// Amounts as settlement reports spell them, and which decimal mark a file uses.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "amazon/settlement_report/row.h"
#include "base/result.h"
#include "ledger/money.h"

namespace mlc::amazon::settlement_report {

enum class DecimalMark : std::uint8_t { kPoint, kComma };
[[nodiscard]] std::string_view to_text(DecimalMark mark);  // "." or ","

// A leading minus where negative; digits, in groups of three between equal thousands marks or
// without any; the mark and decimals, or neither. Thousands marks are the other one of point and
// comma, a blank, and a no-break space (U+00A0 or U+202F, in UTF-8 or as the byte 0xA0).
struct AmountParts {
  bool negative = false;
  std::string_view whole;     // with its thousands marks
  std::string_view fraction;  // digits
};
[[nodiscard]] std::optional<AmountParts> split_amount(std::string_view text, DecimalMark mark);

enum class AmountFault : std::uint8_t { kSpelling, kTooPrecise, kTooLarge };
// Never through binary floating point; allocates nothing. More decimals than the currency's are
// allowed when they are zeros. Pure.
[[nodiscard]] tl::expected<ledger::Money, AmountFault> read_money(std::string_view text,
                                                                  DecimalMark mark,
                                                                  ledger::Currency currency);

// The commonest spelling, which needs no second look: an optional minus, digits, and perhaps a mark
// with digits behind it; at most 14 bytes.
struct PlainAmount {
  std::int64_t digits = 0;  // all of them as one number
  std::size_t decimals = 0;
  char mark = 0;  // '.' or ',', 0 without one
  bool negative = false;
};
// Nothing for every other spelling, right or wrong. Pure.
[[nodiscard]] std::optional<PlainAmount> scan_plain_amount(std::string_view text);
// Nothing when its mark is not `mark`, or it is finer than the currency. Pure.
[[nodiscard]] std::optional<ledger::Money> to_money(const PlainAmount& amount, DecimalMark mark,
                                                    ledger::Currency currency);

// "an amount with a decimal point and at most 2 decimals (USD)"
[[nodiscard]] std::string expected_amount(DecimalMark mark, ledger::Currency currency);

// Collects what the amounts of a file say about its decimal mark. Not thread-safe.
class DecimalEvidence {
 public:
  // `column` holds an amount that is not blank. Errors: settlement_report.bad_amount when no mark
  // can read it.
  [[nodiscard]] Status see(const Row& row, Column column);

  // That the amount says nothing which is not known already.
  [[nodiscard]] bool is_known(const PlainAmount& amount) const;

  // The same of any amount that shows `decimals` behind this mark.
  [[nodiscard]] bool knows(DecimalMark mark, std::size_t decimals) const {
    if (decimals == 0) return true;  // no mark: both read the same
    if (decimals == kGroup || decimals > kMostDecimals) return false;
    return reading(other(mark)).misfit && reading(mark).most_written >= decimals &&
           reading(mark).finer_than[decimals - 1];
  }

  // The mark under which every amount of the file can be read. Where both can and some amount
  // would differ, the one under which no amount has more decimals than the currency: "1.000" USD is
  // a thousand. The point for a file without any mark.
  // Errors: settlement_report.mixed_formats, .bad_amount, .ambiguous_amounts.
  [[nodiscard]] Result<DecimalMark> decide(const std::string& file,
                                           ledger::Currency currency) const;

  // Whether any amount has decimals when read with `mark`.
  [[nodiscard]] bool has_decimals(DecimalMark mark) const { return reading(mark).decimals; }

 private:
  static constexpr std::size_t kMostDecimals = 4;  // of ISO 4217
  static constexpr std::size_t kGroup = 3;         // digits that may be thousands behind a mark
  static constexpr DecimalMark other(DecimalMark mark) {
    return mark == DecimalMark::kPoint ? DecimalMark::kComma : DecimalMark::kPoint;
  }
  struct Reading {
    std::optional<CellPlace> misfit;  // the first amount that cannot be read so
    // The first amount with more decimals that are not zero than the index.
    std::array<std::optional<CellPlace>, kMostDecimals + 1> finer_than;
    std::size_t most_written = 0;  // decimals, zeros included
    bool decimals = false;
  };
  [[nodiscard]] const Reading& reading(DecimalMark mark) const {
    return readings_[static_cast<std::size_t>(mark)];
  }
  void note(Reading& reading, const std::optional<AmountParts>& parts, const Row& row,
            Column column);
  [[nodiscard]] std::optional<CellPlace> excluded(DecimalMark mark, std::size_t decimals) const;

  std::array<Reading, 2> readings_;
  std::optional<CellPlace> differs_;  // the first amount that both marks read, not the same
};

}  // namespace mlc::amazon::settlement_report
