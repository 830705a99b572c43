#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace mlc {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101U;
constexpr std::uint64_t kHighs = 0x8080808080808080U;

// Eight bytes without a zero byte and without one above 0x7F. A byte of 0x01 above a zero byte may
// be taken for a zero byte; then the word is looked at byte by byte, which decides.
bool is_plain(std::uint64_t word) { return (((word - kOnes) | word) & kHighs) == 0; }

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
}

bool is_between(std::uint8_t byte, unsigned low, unsigned high) {
  return byte >= low && byte <= high;
}

// Length of the well-formed sequence at `at` (Unicode, table 3-7), 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto first = byte_at(text, at);
  const auto second = byte_at(text, at + 1);
  if (is_between(first, 0x01, 0x7F)) return 1;
  if (is_between(first, 0xC2, 0xDF)) return is_between(second, 0x80, 0xBF) ? 2 : 0;
  const bool third = is_between(byte_at(text, at + 2), 0x80, 0xBF);
  if (is_between(first, 0xE0, 0xEF)) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return third && is_between(second, low, high) ? 3 : 0;
  }
  if (!is_between(first, 0xF0, 0xF4)) return 0;
  const unsigned low = first == 0xF0 ? 0x90 : 0x80;
  const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
  const bool fourth = is_between(byte_at(text, at + 3), 0x80, 0xBF);
  return third && fourth && is_between(second, low, high) ? 4 : 0;
}

}  // namespace

ByteKinds kinds_of(std::string_view text) {
  std::uint64_t high = 0;
  std::uint64_t zero = 0;
  std::uint64_t word = 0;
  std::size_t at = 0;
  for (; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    high |= word & kHighs;
    zero |= (word - kOnes) & ~word & kHighs;  // not zero exactly when some byte is zero
  }
  for (; at < text.size(); ++at) {
    high |= static_cast<std::uint8_t>(text[at]) & 0x80U;
    zero |= text[at] == '\0' ? 1U : 0U;
  }
  return {zero != 0, high != 0};
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word = 0;
    if (text.size() - at >= sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if (is_plain(word)) {
        at += sizeof word;
        continue;
      }
    }
    const auto length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::string with_characters(std::string_view text, std::string_view replacement) {
  std::string out;
  while (const auto invalid = first_invalid_utf8(text)) {
    out += text.substr(0, *invalid);
    out += replacement;
    text.remove_prefix(*invalid + 1);
  }
  return out += text;
}

std::size_t character_bytes(std::string_view text) {
  return text.empty() ? 0 : std::max<std::size_t>(sequence_length(text, 0), 1);
}

}  // namespace mlc
