#include "amazon/settlement_report/charset.h"

#include <array>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ustring.h>
#include <vector>

#include "base/expect.h"
#include "base/utf8.h"

namespace mlc::amazon::settlement_report {
namespace {

struct Name {
  std::string_view shown;
  const char* icu;
};
// Cp932 has several tables in ICU; this one is Microsoft's (0x5C is a backslash).
constexpr std::array<Name, 4> kNames{{{"UTF-8", "UTF-8"},
                                      {"windows-1252", "windows-1252"},
                                      {"ISO-8859-15", "ISO-8859-15"},
                                      {"windows-932", "ibm-943_P15A-2003"}}};

const Name& name_of(Charset charset) { return kNames.at(static_cast<std::size_t>(charset)); }

// ICU maps bytes without a character of their own to controls (cp1252) or to a private area
// (cp932).
bool is_text(UChar unit) {
  const bool control = unit < 0x20 || (unit >= 0x7F && unit < 0xA0);
  const bool private_use = unit >= 0xE000 && unit < 0xF900;
  return !control && !private_use && unit != 0xFFFD;
}

}  // namespace

std::string_view charset_name(Charset charset) { return name_of(charset).shown; }

struct Decoder::Converter {
  UConverter* icu = nullptr;
  std::vector<UChar> units;

  explicit Converter(Charset charset) {
    UErrorCode status = U_ZERO_ERROR;
    icu = ucnv_open(name_of(charset).icu, &status);
    MLC_EXPECT(U_SUCCESS(status));  // the tables are part of the library
    ucnv_setToUCallBack(icu, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFallback(icu, false);
    MLC_EXPECT(U_SUCCESS(status));
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { ucnv_close(icu); }
};

Decoder::Decoder(Charset charset) : converter_(std::make_unique<Converter>(charset)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

std::optional<std::string> Decoder::decode(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  auto& units = converter_->units;
  units.resize(bytes.size() + 1);  // no admitted character takes more units than bytes
  const auto size = ucnv_toUChars(converter_->icu, units.data(), static_cast<int32_t>(units.size()),
                                  bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) return std::nullopt;
  for (int32_t at = 0; at < size; ++at) {
    if (!is_text(units[static_cast<std::size_t>(at)])) return std::nullopt;
  }
  constexpr std::size_t kMostBytes = 3;  // of UTF-8 for one unit
  std::string out(static_cast<std::size_t>(size) * kMostBytes + 1, '\0');
  int32_t length = 0;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &length, units.data(), size, &status);
  if (U_FAILURE(status)) return std::nullopt;
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::optional<std::string_view> DecodedTexts::text(std::string_view bytes) {
  if (utf8_ || !kinds_of(bytes).high) return bytes;
  const auto known = texts_.find(bytes);
  if (known != texts_.end()) return known->second;
  auto decoded = decoder_.decode(bytes);
  if (!decoded) return std::nullopt;
  return texts_.emplace(bytes, std::move(*decoded)).first->second;
}

void DecodedTexts::forget_if_many() {
  constexpr std::size_t kMany = 64 * 1024;
  if (texts_.size() > kMany) texts_.clear();
}

}  // namespace mlc::amazon::settlement_report
