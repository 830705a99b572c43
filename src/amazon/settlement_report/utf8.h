// What bytes a text has, and strict UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace mlc::amazon::settlement_report {

struct ByteKinds {
  bool zero = false;  // a zero byte, which no text holds
  bool high = false;  // a byte above 0x7F
};
// Reads eight bytes at a time. Pure; thread-safe.
[[nodiscard]] ByteKinds kinds_of(std::string_view text);

// Where the first byte stands that RFC 3629 does not allow there (overlong forms, surrogates, above
// U+10FFFF, cut sequences), or a zero byte, which no text holds; nothing when all is well.
// Pure; thread-safe.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

}  // namespace mlc::amazon::settlement_report
