#include "amazon/settlement_report/row.h"

#include <algorithm>

#include "amazon/settlement_report/errors.h"
#include "base/digest.h"
#include "base/utf8.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::size_t kShown = 80;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

std::string_view cut_at_character(std::string_view text) {
  std::size_t size = std::min(text.size(), kShown);
  while (size > 0 && size < text.size() && is_continuation(text[size])) --size;
  return text.substr(0, size);
}

}  // namespace

std::string shown(std::string_view text) {
  if (text.empty()) return "a blank cell";
  const bool other_charset = first_invalid_utf8(text).has_value();
  const std::string_view front = other_charset ? text.substr(0, kShown) : cut_at_character(text);
  std::string out;
  for (const char c : front) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x20 && byte != 0x7F && (byte < 0x80 || !other_charset);
    out += plain ? std::string(1, c) : "\\x" + to_hex(std::string_view(&c, 1));
  }
  return front.size() < text.size() ? out + "..." : out;
}

Error refuse_place(const ErrorKind& kind, const std::string& file, const CellPlace& place,
                   std::string expected) {
  return Error(kind, {{"file", file},
                      {"line", std::to_string(place.line)},
                      {"byte", std::to_string(place.byte)},
                      {"column_number", std::to_string(place.column_number)},
                      {"column", place.column},
                      {"found", place.found},
                      {"expected", std::move(expected)}});
}

Error refuse_mixed(const std::string& file, std::string what, const CellPlace& first,
                   const CellPlace& later, std::string expected) {
  return refuse_place(kMixedFormats, file, later, std::move(expected))
      .with("what", std::move(what))
      .with("first_line", std::to_string(first.line))
      .with("first_column_number", std::to_string(first.column_number))
      .with("first_column", first.column)
      .with("first_found", first.found);
}

std::size_t Row::cell_beyond_header() const {
  for (std::size_t at = header_.size(); at < cells_.size(); ++at) {
    if (!trimmed(cells_[at]).empty()) return at;
  }
  return Header::kAbsent;
}

CellPlace Row::place(Column column) const { return place_at(header_.position(column)); }

CellPlace Row::place_at(std::size_t position) const {
  const bool there = position < cells_.size();
  const std::size_t offset =
      there ? static_cast<std::size_t>(cells_[position].data() - line_.bytes.data())
            : line_.bytes.size();
  const std::string_view found = there ? trimmed(cells_[position]) : std::string_view();
  return {line_.number, line_.offset + offset, position + 1, std::string(header_.name(position)),
          shown(found)};
}

Error Row::refuse(const ErrorKind& kind, Column column, std::string expected) const {
  const std::size_t position = header_.position(column);
  if (position != Header::kAbsent) return refuse_position(kind, position, std::move(expected));
  return Error(kind, {{"file", file_},
                      {"line", std::to_string(line_.number)},
                      {"byte", std::to_string(line_.offset)},
                      {"column_number", "none"},
                      {"column", std::string(column_name(column))},
                      {"found", "no such column in the header"},
                      {"expected", std::move(expected)}});
}

Error Row::refuse_position(const ErrorKind& kind, std::size_t position,
                           std::string expected) const {
  return refuse_place(kind, file_, place_at(position), std::move(expected));
}

}  // namespace mlc::amazon::settlement_report
