// Numbers and texts in binary files: little-endian, varints as in LEB128.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlc::evidence {

void put_u32(std::string& out, std::uint32_t number);
inline void put_varint(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) out += static_cast<char>((number & 0x7fU) | 0x80U);
  out += static_cast<char>(number);
}
void put_text(std::string& out, std::string_view text);  // length as varint, then the bytes

// Takes parts off the front. After the first part that is not there `ok` is false for good and
// every further part is empty or zero. Not thread-safe.
class ByteCursor {
 public:
  explicit ByteCursor(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] std::string_view take(std::uint64_t count);
  [[nodiscard]] std::uint32_t u32();
  [[nodiscard]] std::uint64_t varint();  // canonical (no leading zero groups), at most 64 bits
  [[nodiscard]] std::string text() { return std::string(take(varint())); }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return ok_ && rest_.empty(); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace mlc::evidence
