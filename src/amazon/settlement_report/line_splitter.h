// Bytes in any pieces into lines, without copying lines that lie inside one piece.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlc::amazon::settlement_report {

// One line without its LF or CR LF.
struct Line {
  std::uint64_t number = 0;  // 1-based
  std::uint64_t offset = 0;  // of its first byte in the content
  std::string_view bytes;    // valid until the next call of the splitter or the end of the piece
  bool joined = false;       // spans pieces: `bytes` is a copy that the next call overwrites
};

// Lines end with LF; a CR right before it belongs to the line end. Not thread-safe.
class LineSplitter {
 public:
  // Starts a piece; the one before must be used up (`next` returned nothing). `piece` must stay
  // valid until then.
  void push(std::string_view piece);
  // The next whole line; nothing when the piece is used up. What is left waits for the next piece.
  [[nodiscard]] std::optional<Line> next();

  // The line that has begun and has no line end yet.
  // Valid until the next call; empty right after a joined line was handed out.
  [[nodiscard]] std::string_view unfinished() const {
    return joined_ ? std::string_view() : std::string_view(unfinished_);
  }
  [[nodiscard]] std::uint64_t line_number() const { return line_number_; }  // of the unfinished
  [[nodiscard]] std::uint64_t line_offset() const { return line_offset_; }

 private:
  std::string_view piece_;
  std::string unfinished_;
  bool joined_ = false;  // `unfinished_` was handed out and is free at the next call
  std::uint64_t line_number_ = 1;
  std::uint64_t line_offset_ = 0;
};

}  // namespace mlc::amazon::settlement_report
