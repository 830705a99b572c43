// What bytes a text has, and strict UTF-8. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mlc {

struct ByteKinds {
  bool zero = false;  // a zero byte, which no text holds
  bool high = false;  // a byte above 0x7F
};
// Reads eight bytes at a time.
[[nodiscard]] ByteKinds kinds_of(std::string_view text);

// Where the first byte stands that RFC 3629 does not allow there (overlong forms, surrogates, above
// U+10FFFF, cut sequences), or a zero byte, which no text holds; nothing when all is well.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);
// Each byte that first_invalid_utf8 would name gives way to `replacement`.
[[nodiscard]] std::string with_characters(std::string_view text, std::string_view replacement);

// Bytes of the character that the text begins with; 1 where its first byte begins none, 0 for an
// empty text.
[[nodiscard]] std::size_t character_bytes(std::string_view text);

}  // namespace mlc
