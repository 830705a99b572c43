// Bytes in any pieces into lines, without copying lines that lie inside one piece.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "amazon/settlement_report/byte_marks.h"

namespace mlc::amazon::settlement_report {

// One line without its LF or CR LF.
struct Line {
  std::uint64_t number = 0;  // 1-based
  std::uint64_t offset = 0;  // of its first byte in the content
  std::string_view bytes;    // valid until the next call of the splitter or the end of the piece
  bool joined = false;       // spans pieces: `bytes` is a copy that the next call overwrites
  bool unusual = false;      // has a zero byte or one above 0x7F
  // Places of its TABs behind `base`; valid as long as `bytes`.
  const char* base = nullptr;
  std::span<const std::uint32_t> tabs{};
};

// The cells of a line between its TABs; quotes are ordinary characters. Views only.
class LineCells {
 public:
  explicit LineCells(const Line& line)
      : base_(line.base),
        tabs_(line.tabs.data()),
        count_(line.tabs.size()),
        begin_(static_cast<std::uint32_t>(line.bytes.data() - line.base)),
        end_(begin_ + static_cast<std::uint32_t>(line.bytes.size())) {}

  [[nodiscard]] std::size_t size() const { return count_ + 1; }
  [[nodiscard]] std::string_view operator[](std::size_t at) const { return range(at, at); }
  // From the first byte of a cell to the last one of another, TABs between them included.
  [[nodiscard]] std::string_view range(std::size_t first, std::size_t last) const {
    const std::uint32_t begin = first == 0 ? begin_ : tabs_[first - 1] + 1;
    const std::uint32_t end = last == count_ ? end_ : tabs_[last];
    return {base_ + begin, end - begin};
  }
  // The same for cells that have a TAB before and behind them, neither of which is looked for.
  [[nodiscard]] std::string_view inner_range(std::size_t first, std::size_t last) const {
    const std::uint32_t begin = tabs_[first - 1] + 1;
    return {base_ + begin, tabs_[last] - begin};
  }
  // How many bytes can be read before a cell: of its line and what lies before that.
  [[nodiscard]] std::size_t bytes_before(std::size_t at) const {
    return at == 0 ? begin_ : tabs_[at - 1] + 1;
  }

 private:
  const char* base_;
  const std::uint32_t* tabs_;
  std::size_t count_;
  std::uint32_t begin_;
  std::uint32_t end_;
};

// Lines end with LF; a CR right before it belongs to the line end. Not thread-safe.
class LineSplitter {
 public:
  explicit LineSplitter(const ByteScanner& scanner = best_byte_scanner())
      : marks_(scanner), joined_marks_(scanner) {}

  // Starts a piece; the one before must be used up (`next` returned nothing). `piece`, below 4 GiB,
  // must stay valid until then.
  void push(std::string_view piece);
  // The next whole line, valid until the next call; nullptr when the piece is used up. What is left
  // waits for the next piece.
  [[nodiscard]] Line* next() {
    if (line_end_ == marks_.line_ends().size() || !unfinished_.empty()) return next_in_pieces();
    take_line();
    finish_line();
    return &line_;
  }

  // The line that has begun and has no line end yet.
  // Valid until the next call; empty right after a joined line was handed out.
  [[nodiscard]] std::string_view unfinished() const {
    return joined_ ? std::string_view() : std::string_view(unfinished_);
  }
  [[nodiscard]] std::uint64_t line_number() const { return line_number_; }  // of the unfinished
  [[nodiscard]] std::uint64_t line_offset() const { return line_offset_; }

 private:
  Line* next_in_pieces();
  bool look_further();
  void join();

  void take_line() {
    const std::size_t last = marks_.line_ends()[line_end_++];
    const std::size_t end = marks_.separators()[last];
    line_.bytes = {piece_.data() + begin_, end - begin_};
    line_.joined = false;
    line_.unusual = begun_unusual_ || marks_.unusual(begin_, end);
    line_.base = piece_.data();
    line_.tabs = {marks_.separators() + separator_, last - separator_};
    begun_unusual_ = false;
    separator_ = last + 1;
    begin_ = end + 1;
  }

  void finish_line() {
    line_.number = line_number_++;
    line_.offset = line_offset_;
    line_offset_ += line_.bytes.size() + 1;
    if (line_.bytes.ends_with('\r')) line_.bytes.remove_suffix(1);
  }

  Line line_;  // the one handed out
  std::string_view piece_;
  std::size_t begin_ = 0;   // of the line that is next in the piece
  std::size_t looked_ = 0;  // so far are there marks
  ByteMarks marks_;
  std::size_t separator_ = 0;   // the first of the next line
  std::size_t line_end_ = 0;    // index of the next line's
  bool begun_unusual_ = false;  // what of the next line lies in earlier stretches is
  std::string unfinished_;
  ByteMarks joined_marks_;  // of `unfinished_` when it is handed out
  bool joined_ = false;     // `unfinished_` was handed out and is free at the next call
  std::uint64_t line_number_ = 1;
  std::uint64_t line_offset_ = 0;
};

// One whole line as the splitter would give it, with marks of its own. `bytes` must outlive it.
class LoneLine {
 public:
  LoneLine(std::uint64_t number, std::uint64_t offset, std::string_view bytes);
  LoneLine(const LoneLine&) = delete;
  LoneLine& operator=(const LoneLine&) = delete;
  [[nodiscard]] const Line& line() const { return line_; }

 private:
  ByteMarks marks_;
  Line line_;
};

}  // namespace mlc::amazon::settlement_report
