#include "amazon/settlement_report/line_splitter.h"

#include <algorithm>
#include <limits>

#include "base/expect.h"

namespace mlc::amazon::settlement_report {
namespace {

// Marks all of a line.
void look_at_line(ByteMarks& marks, Line& line) {
  marks.clear();
  line.unusual = false;
  for (std::size_t at = 0; at < line.bytes.size();) {
    const std::size_t to = std::min(line.bytes.size(), at + ByteMarks::kStretch);
    marks.look(line.bytes, at, to, 0);
    line.unusual = line.unusual || marks.unusual(at, to);
    at = to;
  }
  line.base = line.bytes.data();
  line.tabs = {marks.separators(), marks.separator_count()};
}

}  // namespace

void LineSplitter::push(std::string_view piece) {
  MLC_EXPECT(piece.size() < std::numeric_limits<std::uint32_t>::max());
  piece_ = piece;
  begin_ = looked_ = separator_ = line_end_ = 0;
  begun_unusual_ = false;
  marks_.clear();
}

bool LineSplitter::look_further() {
  if (looked_ == piece_.size()) return false;
  begun_unusual_ = begun_unusual_ || marks_.unusual(begin_, looked_);
  const std::size_t to = std::min(piece_.size(), looked_ + ByteMarks::kStretch);
  marks_.look(piece_, looked_, to, separator_);
  looked_ = to;
  separator_ = line_end_ = 0;
  return true;
}

Line LineSplitter::take_line() {
  const std::size_t last = marks_.line_ends()[line_end_++];
  const std::size_t end = marks_.separators()[last];
  Line line{line_number_,
            line_offset_,
            piece_.substr(begin_, end - begin_),
            !unfinished_.empty(),
            begun_unusual_ || marks_.unusual(begin_, end),
            piece_.data(),
            {marks_.separators() + separator_, last - separator_}};
  begun_unusual_ = false;
  separator_ = last + 1;
  begin_ = end + 1;
  return line;
}

void LineSplitter::join(Line& line) {
  unfinished_ += line.bytes;
  line.bytes = unfinished_;
  joined_ = true;
  look_at_line(joined_marks_, line);
}

std::optional<Line> LineSplitter::next() {
  if (joined_) {
    unfinished_.clear();
    joined_ = false;
  }
  while (line_end_ == marks_.line_ends().size()) {
    if (look_further()) continue;
    unfinished_ += piece_.substr(begin_);
    push({});
    return std::nullopt;
  }
  Line line = take_line();
  if (line.joined) join(line);
  ++line_number_;
  line_offset_ += line.bytes.size() + 1;
  if (line.bytes.ends_with('\r')) line.bytes.remove_suffix(1);
  return line;
}

LoneLine::LoneLine(std::uint64_t number, std::uint64_t offset, std::string_view bytes) {
  line_.number = number;
  line_.offset = offset;
  line_.bytes = bytes;
  look_at_line(marks_, line_);
}

}  // namespace mlc::amazon::settlement_report
