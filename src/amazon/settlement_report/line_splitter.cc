#include "amazon/settlement_report/line_splitter.h"

#include <cstring>

namespace mlc::amazon::settlement_report {

void LineSplitter::push(std::string_view piece) { piece_ = piece; }

std::optional<Line> LineSplitter::next() {
  if (joined_) {
    unfinished_.clear();
    joined_ = false;
  }
  if (piece_.empty()) return std::nullopt;
  const auto* end = static_cast<const char*>(std::memchr(piece_.data(), '\n', piece_.size()));
  if (end == nullptr) {
    unfinished_ += piece_;
    piece_ = {};
    return std::nullopt;
  }
  const auto length = static_cast<std::size_t>(end - piece_.data());
  Line line{line_number_, line_offset_, piece_.substr(0, length), !unfinished_.empty()};
  piece_.remove_prefix(length + 1);
  if (line.joined) {
    unfinished_ += line.bytes;
    line.bytes = unfinished_;
    joined_ = true;
  }
  ++line_number_;
  line_offset_ += line.bytes.size() + 1;
  if (line.bytes.ends_with('\r')) line.bytes.remove_suffix(1);
  return line;
}

}  // namespace mlc::amazon::settlement_report
