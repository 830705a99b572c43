#include "evidence/bytes.h"

namespace mlc::evidence {

void put_u32(std::string& out, std::uint32_t number) {
  for (unsigned shift = 0; shift < 32; shift += 8) {
    out += static_cast<char>((number >> shift) & 0xffU);
  }
}

void put_text(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

std::string_view ByteCursor::take(std::uint64_t count) {
  if (!ok_ || count > rest_.size()) {
    ok_ = false;
    return {};
  }
  const auto taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

std::uint32_t ByteCursor::u32() {
  std::uint32_t number = 0;
  unsigned shift = 0;
  for (const char c : take(4)) {
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << shift;
    shift += 8;
  }
  return number;
}

std::uint64_t ByteCursor::varint() {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto byte = take(1);
    if (!ok_) return 0;
    const auto bits = static_cast<unsigned char>(byte.front());
    number |= static_cast<std::uint64_t>(bits & 0x7fU) << shift;
    if ((bits & 0x80U) != 0) continue;
    // A zero group at the end, or bits beyond the 64th, would be a second spelling.
    ok_ = (bits != 0 || shift == 0) && (shift < 63 || bits <= 1);
    return ok_ ? number : 0;
  }
  ok_ = false;
  return 0;
}

}  // namespace mlc::evidence
