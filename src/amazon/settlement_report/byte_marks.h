// Where TAB, LF and unusual bytes stand, found many bytes at a time. TAB and LF never occur inside
// a character of the admitted charsets, so raw bytes can be looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace mlc::amazon::settlement_report {

// One bit for each of 64 bytes, the first byte lowest.
struct ByteMasks {
  std::uint64_t separators = 0;  // TAB and LF
  std::uint64_t line_ends = 0;   // LF
  std::uint64_t unusual = 0;     // zero bytes and those above 0x7F
  friend bool operator==(const ByteMasks&, const ByteMasks&) = default;
};

// One way of looking at bytes. All give the same marks; which are `possible` depends on the
// processor. Immutable, with static storage.
struct ByteScanner {
  std::string_view name;  // "AVX2", "SSE2", "scalar"
  bool (*possible)();
  // Whole blocks of 64 bytes: one element of `out` for each.
  void (*mask)(const char* bytes, std::span<ByteMasks> out);
  // Appends `base` + the place of each separator, and the index among all separators of each LF.
  void (*list)(std::span<const ByteMasks> masks, std::uint32_t base, class ByteMarks& marks);
};

// Best first; the last is always possible.
[[nodiscard]] std::span<const ByteScanner> byte_scanners();
// The best that this processor can do; decided once. Thread-safe.
[[nodiscard]] const ByteScanner& best_byte_scanner();

// The marks of a stretch of bytes. Not thread-safe.
class ByteMarks {
 public:
  static constexpr std::size_t kStretch = 16 * 1024;  // bytes looked at in one go

  explicit ByteMarks(const ByteScanner& scanner = best_byte_scanner()) : scanner_(&scanner) {}

  // Looks at [from, to) of `bytes`, at most kStretch. Separators before `kept` are forgotten, those
  // from there on move to the front; line ends of earlier stretches are forgotten.
  void look(std::string_view bytes, std::size_t from, std::size_t to, std::size_t kept);
  void clear();

  // Places of TAB and LF in the bytes, ascending.
  [[nodiscard]] const std::uint32_t* separators() const { return separators_.data(); }
  [[nodiscard]] std::size_t separator_count() const { return count_; }
  // Which of the separators are LF, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& line_ends() const { return line_ends_; }
  // Whether an unusual byte stands in the part of [from, to) that the last stretch covers.
  [[nodiscard]] bool unusual(std::size_t from, std::size_t to) const {
    return any_unusual_ && find_unusual(from, to);
  }

  // For scanners: room for `more` separators, written from the place returned; then how many.
  [[nodiscard]] std::uint32_t* room(std::size_t more);
  void added(std::size_t count) { count_ += count; }
  void add_line_end(std::size_t separator) {
    line_ends_.push_back(static_cast<std::uint32_t>(separator));
  }

 private:
  [[nodiscard]] bool find_unusual(std::size_t from, std::size_t to) const;

  const ByteScanner* scanner_;
  std::vector<std::uint32_t> separators_;  // the first `count_` are in use
  std::size_t count_ = 0;
  std::vector<std::uint32_t> line_ends_;
  std::vector<ByteMasks> masks_;
  std::size_t from_ = 0;  // of the last stretch
  std::size_t to_ = 0;
  bool any_unusual_ = false;
};

}  // namespace mlc::amazon::settlement_report
