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

LineRun LineSplitter::run() {
  LineRun out;
  if (!unfinished_.empty()) return out;
  if (line_end_ == marks_.line_ends().size() && !look_further()) return out;
  if (begun_unusual_) return out;
  out.piece_ = piece_;
  out.marks_ = &marks_;
  out.separators_ = marks_.separators();
  out.ends_ = std::span(marks_.line_ends()).subspan(line_end_);
  out.begin_ = begin_;
  out.separator_ = separator_;
  out.number_ = line_number_;
  return out;
}

void LineSplitter::skip(std::size_t count) {
  if (count == 0) return;
  line_end_ += count;
  const std::size_t last = marks_.line_ends()[line_end_ - 1];
  separator_ = last + 1;
  const std::size_t begin = marks_.separators()[last] + std::size_t{1};
  line_offset_ += begin - begin_;
  begin_ = begin;
  line_number_ += count;
}

// The line begins in an earlier piece.
void LineSplitter::join() {
  unfinished_ += line_.bytes;
  line_.bytes = unfinished_;
  line_.joined = true;
  line_.readable_behind = 0;
  joined_ = true;
  look_at_line(joined_marks_, line_);
}

Line* LineSplitter::next_in_pieces() {
  if (joined_) {
    unfinished_.clear();
    joined_ = false;
  }
  while (line_end_ == marks_.line_ends().size()) {
    if (look_further()) continue;
    unfinished_ += piece_.substr(begin_);
    push({});
    return nullptr;
  }
  take_line();
  if (!unfinished_.empty()) join();
  finish_line();
  return &line_;
}

LoneLine::LoneLine(std::uint64_t number, std::uint64_t offset, std::string_view bytes) {
  line_.number = number;
  line_.offset = offset;
  line_.bytes = bytes;
  look_at_line(marks_, line_);
}

}  // namespace mlc::amazon::settlement_report
