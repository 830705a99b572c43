// The commonest amounts of a file, read as one number of eight digits.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "amazon/settlement_report/amount_text.h"
#include "ledger/currency.h"

namespace mlc::amazon::settlement_report {

// An optional minus, digits, the mark and all decimals of the currency (no mark where it has none),
// from four to eight bytes. Immutable; thread-safe.
class FullAmounts {
 public:
  FullAmounts(DecimalMark mark, ledger::Currency currency)
      : mark_(static_cast<std::uint8_t>(to_text(mark).front())),
        decimals_(static_cast<unsigned>(currency.decimals())) {}

  // Puts the minor units into `out`; false for every other spelling, right or wrong.
  [[nodiscard]] bool read(std::string_view cell, std::int64_t& out) const {
    const std::size_t size = cell.size();
    if (size < kLeast || size > kMost) return false;
    const bool negative = cell.front() == '-';
    const std::size_t needed = decimals_ == 0 ? 1 : decimals_ + 2;
    if (size < needed + (negative ? 1 : 0)) return false;
    std::uint64_t text = at_the_end(cell);
    if (negative) text ^= std::uint64_t{'-' ^ '0'} << (kByte * (kMost - size));
    if (decimals_ > 0 && !take_mark(text)) return false;
    text ^= kZeros;
    if ((((text + kAboveNine) | text) & kHighBits) != 0) return false;
    const auto value = static_cast<std::int64_t>(number_of(text));
    out = negative ? -value : value;
    return true;
  }

 private:
  static constexpr std::size_t kLeast = sizeof(std::uint32_t);
  static constexpr std::size_t kMost = sizeof(std::uint64_t);
  static constexpr unsigned kByte = 8;
  static constexpr std::uint64_t kZeros = 0x3030303030303030U;  // "00000000"
  static constexpr std::uint64_t kAboveNine = 0x7676767676767676U;
  static constexpr std::uint64_t kHighBits = 0x8080808080808080U;

  // The cell as the last of eight bytes (the highest is the last), zeros before it.
  [[nodiscard]] static std::uint64_t at_the_end(std::string_view cell) {
    std::uint32_t front = 0;
    std::uint32_t back = 0;
    std::memcpy(&front, cell.data(), sizeof front);
    std::memcpy(&back, cell.data() + cell.size() - sizeof back, sizeof back);
    const auto before = static_cast<unsigned>(kMost - cell.size()) * kByte;
    const std::uint64_t text = std::uint64_t{back} << 32U | std::uint64_t{front} << before;
    return before == 0 ? text : text | (kZeros >> (64 - before));
  }

  // Takes the mark out from before the decimals; false when it is not there.
  [[nodiscard]] bool take_mark(std::uint64_t& text) const {
    const unsigned bits = kByte * (static_cast<unsigned>(kMost) - 1 - decimals_);
    if (((text >> bits) & 0xFFU) != mark_) return false;
    const std::uint64_t whole = text & ((std::uint64_t{1} << bits) - 1);
    const std::uint64_t fraction = text >> (bits + kByte) << (bits + kByte);
    text = fraction | whole << kByte | '0';
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

  std::uint8_t mark_;
  unsigned decimals_;
};

}  // namespace mlc::amazon::settlement_report
