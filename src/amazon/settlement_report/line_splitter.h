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
  std::size_t readable_behind = 0;  // bytes that can be read behind its LF
  // Places of its TABs behind `base`; valid as long as `bytes`.
  const char* base = nullptr;
  std::span<const std::uint32_t> tabs{};
};

// The cells of a line between its TABs; quotes are ordinary characters. Views only.
class LineCells {
 public:
  LineCells() = default;
  explicit LineCells(const Line& line)
      : base_(line.base),
        tabs_(line.tabs.data()),
        count_(line.tabs.size()),
        begin_(static_cast<std::uint32_t>(line.bytes.data() - line.base)),
        end_(begin_ + static_cast<std::uint32_t>(line.bytes.size())) {}
  // Of [begin, end) behind `base`; `tabs` are those between them.
  LineCells(const char* base, std::span<const std::uint32_t> tabs, std::size_t begin,
            std::size_t end)
      : base_(base),
        tabs_(tabs.data()),
        count_(tabs.size()),
        begin_(static_cast<std::uint32_t>(begin)),
        end_(static_cast<std::uint32_t>(end)) {}

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

 private:
  friend class LineRun;
  const char* base_ = nullptr;
  const std::uint32_t* tabs_ = nullptr;
  std::size_t count_ = 0;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

// Whole lines of one piece whose marks are known, to be looked at where they lie. A view; not
// thread-safe.
class LineRun {
 public:
  LineRun() = default;
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::uint64_t number(std::size_t at) const { return number_ + at; }
  // With its CR, without its LF.
  [[nodiscard]] std::size_t line_size(std::size_t at) const { return end(at) - begin(at); }
  // How many bytes can be read behind its LF.
  [[nodiscard]] std::size_t readable_behind(std::size_t at) const {
    return piece_.size() - end(at) - 1;
  }
  // Has a zero byte or one above 0x7F.
  [[nodiscard]] bool is_unusual(std::size_t at) const {
    return marks_->unusual(begin(at), end(at));
  }
  // Puts the cells of a line into `out`; a CR before the LF is taken for a part of the last one.
  void look(std::size_t at, LineCells& out) const {
    const std::size_t first = at == 0 ? separator_ : ends_.data()[at - 1] + std::size_t{1};
    // Member by member: a copy of the whole waits until the members are stored.
    out.base_ = piece_.data();
    out.tabs_ = separators_ + first;
    out.count_ = ends_.data()[at] - first;
    out.begin_ = static_cast<std::uint32_t>(begin(at));
    out.end_ = static_cast<std::uint32_t>(end(at));
  }

 private:
  friend class LineSplitter;
  [[nodiscard]] std::size_t begin(std::size_t at) const {
    return at == 0 ? begin_ : end(at - 1) + 1;
  }
  [[nodiscard]] std::size_t end(std::size_t at) const { return separators_[ends_.data()[at]]; }

  std::string_view piece_;
  const ByteMarks* marks_ = nullptr;
  const std::uint32_t* separators_ = nullptr;
  std::span<const std::uint32_t> ends_;  // which of the separators are LF
  std::size_t begin_ = 0;                // of the first line
  std::size_t separator_ = 0;            // the first of it
  std::uint64_t number_ = 0;
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

  // The lines that `next` would give and that lie in the piece; perhaps none although it would give
  // one. Valid until the next call.
  [[nodiscard]] LineRun run();
  // Goes on behind the first `count` lines of the run that was given last.
  void skip(std::size_t count);

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
    line_.readable_behind = piece_.size() - end - 1;
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
