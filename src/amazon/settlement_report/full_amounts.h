// The commonest amounts of a file, read as one number of eight digits.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "amazon/settlement_report/amount_text.h"
#include "ledger/currency.h"

namespace mlc::amazon::settlement_report {

// An optional minus, digits, the mark and all decimals of the currency (no mark where it has none),
// up to eight bytes. Immutable; thread-safe.
class FullAmounts {
 public:
  FullAmounts(DecimalMark mark, ledger::Currency currency)
      : decimals_(static_cast<unsigned>(currency.decimals())),
        least_(decimals_ == 0 ? 1 : decimals_ + 2),
        mark_bits_(kByte * (static_cast<unsigned>(kMost) - 1 - decimals_)),
        mark_(std::uint64_t{static_cast<std::uint8_t>(to_text(mark).front())} << mark_bits_),
        before_mark_((std::uint64_t{1} << mark_bits_) - 1),
        behind_mark_(decimals_ == 0 ? 0 : ~std::uint64_t{0} << (mark_bits_ + kByte)) {}

  // Puts the minor units into `out`; false for every other spelling, right or wrong. Eight bytes
  // before the end of the cell must be there to be read.
  [[nodiscard]] bool read(std::string_view cell, std::int64_t& out) const {
    const std::size_t size = cell.size();
    if (size == 0 || size > kMost) return false;
    // Signs and sizes come as they like: a branch on them would be guessed wrong too often.
    const std::uint64_t negative = cell.front() == '-' ? 1 : 0;
    if (size < least_ + negative) return false;
    const std::size_t bits_before = kByte * (kMost - size);
    std::uint64_t text = at_the_end(cell, bits_before);
    text ^= negative * std::uint64_t{'-' ^ '0'} << bits_before;
    if (decimals_ > 0 && !take_mark(text)) return false;
    text ^= kZeros;
    if ((((text + kAboveNine) | text) & kHighBits) != 0) return false;
    out = static_cast<std::int64_t>((number_of(text) ^ (0 - negative)) + negative);
    return true;
  }

 private:
  static constexpr std::size_t kMost = sizeof(std::uint64_t);
  static constexpr unsigned kByte = 8;
  static constexpr std::uint64_t kZeros = 0x3030303030303030U;  // "00000000"
  static constexpr std::uint64_t kAboveNine = 0x7676767676767676U;
  static constexpr std::uint64_t kHighBits = 0x8080808080808080U;

  // The cell as the last of eight bytes (the highest is the last), zeros before it.
  [[nodiscard]] static std::uint64_t at_the_end(std::string_view cell, std::size_t bits_before) {
    std::uint64_t text = 0;
    std::memcpy(&text, cell.data() + cell.size() - kMost, sizeof text);
    const std::uint64_t own = ~std::uint64_t{0} << bits_before;
    return (text & own) | (kZeros & ~own);
  }

  // Takes the mark out from before the decimals; false when it is not there.
  [[nodiscard]] bool take_mark(std::uint64_t& text) const {
    if ((text & (std::uint64_t{0xFF} << mark_bits_)) != mark_) return false;
    const std::uint64_t whole = text & before_mark_;
    text = (text & behind_mark_) | whole << kByte | '0';
    return true;
  }

  // Eight digits as values, the first in the lowest byte: pairs, then fours, then all.
  [[nodiscard]] static std::uint64_t number_of(std::uint64_t digits) {
    constexpr std::uint64_t kPairs = 0x000000FF000000FFU;
    digits = digits * 10 + (digits >> 8U);
    const std::uint64_t outer = (digits & kPairs) * (100 + (std::uint64_t{1'000'000} << 32U));
    const std::uint64_t inner = ((digits >> 16U) & kPairs) * (1 + (std::uint64_t{10'000} << 32U));
    return (outer + inner) >> 32U;
  }

  unsigned decimals_;
  std::size_t least_;  // bytes without the minus
  // Of a cell as at_the_end gives it: where the mark stands, it, and the bytes on its sides.
  unsigned mark_bits_;
  std::uint64_t mark_;
  std::uint64_t before_mark_;
  std::uint64_t behind_mark_;
};

}  // namespace mlc::amazon::settlement_report
