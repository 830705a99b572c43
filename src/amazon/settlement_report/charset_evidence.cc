#include "amazon/settlement_report/charset_evidence.h"

#include <algorithm>

#include "amazon/settlement_report/errors.h"
#include "base/digest.h"
#include "base/utf8.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::string_view kUndefinedIn1252 = "\x81\x8D\x8F\x90\x9D";
// Where ISO-8859-15 differs from ISO-8859-1 and windows-1252.
constexpr std::string_view kDisputed = "\xA4\xA6\xA8\xB4\xB8\xBC\xBD\xBE";
constexpr char kEuroIn15 = '\xA4';  // a currency placeholder elsewhere, which no text uses
// Fractions elsewhere; in ISO-8859-15 letters of French, which stand beside letters. The other four
// are read as signs: the acute accent serves as an apostrophe, and no store that uses ISO-8859-15
// has their letters.
constexpr std::string_view kLettersIn15 = "\xBC\xBD\xBE";
constexpr std::string_view kAdmitted =
    "text in UTF-8, windows-1252, ISO-8859-1, ISO-8859-15 or, "
    "for JPY, cp932";

std::uint8_t to_byte(char c) { return static_cast<std::uint8_t>(c); }

bool is_letter(char c) {
  const auto byte = to_byte(c);
  const bool ascii = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
  return ascii || byte >= 0xC0;
}

bool touches_letter(std::string_view text, std::size_t at) {
  return (at > 0 && is_letter(text[at - 1])) || (at + 1 < text.size() && is_letter(text[at + 1]));
}

void keep_first(std::optional<CellPlace>& place, const Row& row, std::size_t position) {
  if (!place) place = row.place_at(position);
}

// The cell's place moved to one of its bytes, which is shown with what follows.
CellPlace at_byte(const Row& row, std::size_t position, std::size_t offset) {
  CellPlace out = row.place_at(position);
  out.byte += offset;
  out.found = to_hex(row.cells()[position].substr(offset, 4));
  return out;
}

bool has_wide_sequence(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return to_byte(c) >= 0xE0; });
}

}  // namespace

void CharsetEvidence::see_byte_order_mark() {
  utf8_ = CellPlace{1, 0, 1, "byte order mark", "efbbbf"};
  wide_utf8_ = utf8_;
}

void CharsetEvidence::see(const Row& row) {
  for (std::size_t position = 0; position < row.cells().size(); ++position) {
    if (kinds_of(row.cells()[position]).high) see_cell(row, position);
  }
}

void CharsetEvidence::see_cell(const Row& row, std::size_t position) {
  constexpr std::size_t kMany = 64 * 1024;
  if (known_.size() > kMany) known_.clear();
  const std::string_view cell = row.cells()[position];
  if (!known_.emplace(cell).second) return;
  const auto bad = first_invalid_utf8(cell);
  if (bad) {
    if (!not_utf8_) not_utf8_ = at_byte(row, position, *bad);
    see_disputed(row, position, cell);
  } else {
    keep_first(utf8_, row, position);
    if (has_wide_sequence(cell)) keep_first(wide_utf8_, row, position);
  }
  see_other(row, position, cell);
}

void CharsetEvidence::see_other(const Row& row, std::size_t position, std::string_view cell) {
  const auto undefined = cell.find_first_of(kUndefinedIn1252);
  if (undefined != std::string_view::npos && !not_windows_1252_) {
    not_windows_1252_ = at_byte(row, position, undefined);
  }
  const bool high_control =
      std::ranges::any_of(cell, [](char c) { return to_byte(c) >= 0x80 && to_byte(c) < 0xA0; });
  if (high_control) keep_first(windows_1252_only_, row, position);
  if (!not_windows_932_ && !windows_932_.decode(cell)) {
    keep_first(not_windows_932_, row, position);
  }
}

void CharsetEvidence::see_disputed(const Row& row, std::size_t position, std::string_view cell) {
  for (std::size_t at = 0; at < cell.size(); ++at) {
    if (kDisputed.find(cell[at]) == std::string_view::npos) continue;
    const bool french = kLettersIn15.find(cell[at]) != std::string_view::npos;
    const bool letter = cell[at] == kEuroIn15 || (french && touches_letter(cell, at));
    keep_first(letter ? letter_in_15_ : sign_in_1252_, row, position);
  }
}

Result<Charset> CharsetEvidence::decide_latin(const std::string& file) const {
  if (not_windows_1252_) {
    return failure(refuse_place(kUnknownCharset, file, *not_windows_1252_, std::string(kAdmitted)));
  }
  if (windows_1252_only_ || !letter_in_15_) return Charset::kWindows1252;
  if (!sign_in_1252_) return Charset::kLatin9;
  return failure(refuse_place(kAmbiguousCharset, file, *letter_in_15_,
                              "text that is windows-1252 or ISO-8859-15 throughout")
                     .with("other_line", std::to_string(sign_in_1252_->line))
                     .with("other_found", sign_in_1252_->found));
}

Result<Charset> CharsetEvidence::decide(const std::string& file, ledger::Currency currency) const {
  if (!not_utf8_) return Charset::kUtf8;
  const bool yen = currency.code() == "JPY";
  if (const auto& certain = yen ? wide_utf8_ : utf8_; certain) {
    const bool utf8_first = certain->byte < not_utf8_->byte;
    return failure(refuse_mixed(file, "character set", utf8_first ? *certain : *not_utf8_,
                                utf8_first ? *not_utf8_ : *certain,
                                utf8_first ? "text in UTF-8" : "text that is not UTF-8"));
  }
  if (!yen) return decide_latin(file);
  if (!not_windows_932_) return Charset::kWindows932;
  return failure(refuse_place(kUnknownCharset, file, *not_windows_932_, std::string(kAdmitted)));
}

}  // namespace mlc::amazon::settlement_report
