// The character sets that settlement reports come in, decoded strictly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace mlc::amazon::settlement_report {

enum class Charset : std::uint8_t { kUtf8, kWindows1252, kLatin9, kWindows932 };
// "UTF-8", "windows-1252", "ISO-8859-15", "windows-932" (cp932, Microsoft's Shift_JIS).
[[nodiscard]] std::string_view charset_name(Charset charset);

// Not thread-safe.
class Decoder {
 public:
  explicit Decoder(Charset charset);
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  // Into UTF-8. Nothing when bytes stand for no character, for a control character or for one of a
  // private area: never a replacement character.
  [[nodiscard]] std::optional<std::string> decode(std::string_view bytes);

 private:
  struct Converter;
  std::unique_ptr<Converter> converter_;
};

// Decodes each distinct cell once. Not thread-safe.
class DecodedTexts {
 public:
  explicit DecodedTexts(Charset charset) : utf8_(charset == Charset::kUtf8), decoder_(charset) {}

  // A cell without bytes above 0x7F, or in UTF-8, is returned as it is. Else the view is valid
  // until `forget_if_many`. Nothing as in Decoder.
  [[nodiscard]] std::optional<std::string_view> text(std::string_view bytes);
  // Bounds the memory; to be called when no view is in use.
  void forget_if_many();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  bool utf8_;
  Decoder decoder_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> texts_;
};

}  // namespace mlc::amazon::settlement_report
