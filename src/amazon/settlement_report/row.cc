#include "amazon/settlement_report/row.h"

#include "base/digest.h"

namespace mlc::amazon::settlement_report {

std::string shown(std::string_view text) {
  constexpr std::size_t kLimit = 80;
  if (text.empty()) return "a blank cell";
  std::size_t size = std::min(text.size(), kLimit);
  while (size > 0 && size < text.size() &&
         (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) {
    --size;
  }
  std::string out;
  for (const char c : text.substr(0, size)) {
    const auto byte = static_cast<unsigned char>(c);
    out +=
        byte < 0x20 || byte == 0x7F ? "\\x" + to_hex(std::string_view(&c, 1)) : std::string(1, c);
  }
  return size < text.size() ? out + "..." : out;
}

std::size_t Row::cell_beyond_header() const {
  for (std::size_t at = header_.size(); at < cells_.size(); ++at) {
    if (!trimmed(cells_[at]).empty()) return at;
  }
  return Header::kAbsent;
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
  const bool there = position < cells_.size();
  const std::size_t offset =
      there ? static_cast<std::size_t>(cells_[position].data() - line_.bytes.data())
            : line_.bytes.size();
  const std::string_view found = there ? trimmed(cells_[position]) : std::string_view();
  return Error(kind, {{"file", file_},
                      {"line", std::to_string(line_.number)},
                      {"byte", std::to_string(line_.offset + offset)},
                      {"column_number", std::to_string(position + 1)},
                      {"column", std::string(header_.name(position))},
                      {"found", shown(found)},
                      {"expected", std::move(expected)}});
}

}  // namespace mlc::amazon::settlement_report
