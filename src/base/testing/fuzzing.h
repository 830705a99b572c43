// What the fuzzers share: a text read part by part, and what must hold of every refusal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/expect.h"

namespace mlc::fuzzing {

// Takes parts off the front of a fuzzer's input; what is not there is empty or zero.
class FuzzInput {
 public:
  explicit FuzzInput(std::string_view bytes) : rest_(bytes) {}
  FuzzInput(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  std::uint8_t byte() {
    const auto one = take(1);
    return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one.front());
  }
  // Two bytes.
  std::size_t number() {
    const std::size_t high = byte();
    return high * 256 + byte();
  }
  std::string_view take(std::size_t count) {
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  // What stands before the next `mark`, which is dropped; all of it when there is none.
  std::string_view until(std::string_view mark) {
    const auto end = std::min(rest_.find(mark), rest_.size());
    const auto taken = take(end);
    take(mark.size());
    return taken;
  }
  std::string_view line() { return until("\n"); }

 private:
  std::string_view rest_;
};

// Every {name} of the pattern has a fact.
inline void expect_filled(std::string_view pattern, const Error& error) {
  for (auto open = pattern.find('{'); open != std::string_view::npos;
       open = pattern.find('{', open + 1)) {
    const auto close = pattern.find('}', open);
    if (close == std::string_view::npos) return;
    const auto name = pattern.substr(open + 1, close - open - 1);
    MLC_EXPECT(std::ranges::find(error.facts(), name, &Fact::name) != error.facts().end());
  }
}

// A name with its module, a text and a cure without gaps, and a bounded length: `longest` is for
// the whole explanation.
inline void expect_named(const Error& error, std::size_t longest = std::size_t{1} << 20U) {
  for (const Error* one = &error; one != nullptr; one = one->cause()) {
    MLC_EXPECT(one->id().find('.') != std::string_view::npos);
    MLC_EXPECT(!one->text().empty());
    expect_filled(one->kind().text, *one);
    expect_filled(one->kind().cure, *one);
  }
  MLC_EXPECT(error.explain().size() <= longest);
}

// The refusal's line and column lie in the text (a place at its very end is one, too).
inline void expect_place(const Error& error, std::string_view text, std::string_view file) {
  const auto number = [](std::string_view digits) {
    std::size_t out = 0;
    for (const char c : digits) {
      MLC_EXPECT(c >= '0' && c <= '9' && out < 1'000'000'000);
      out = out * 10 + static_cast<std::size_t>(c - '0');
    }
    return out;
  };
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  MLC_EXPECT(error.fact("file") == file);
  const std::size_t line = number(error.fact("line"));
  MLC_EXPECT(line >= 1 && line <= lines);
  const std::size_t column = number(error.fact("column"));
  MLC_EXPECT(column >= 1 && column <= text.size() + 1);
}

// Whether every byte belongs to a character of UTF-8 that a terminal shows: no control character
// but the line end, no cut or overlong sequence.
inline bool is_shown(std::string_view text) {
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    if ((first < 0x20 && first != '\n') || first == 0x7f) return false;
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (size > text.size() || (first >= 0x80 && first < 0xc2) || first > 0xf4) return false;
    const auto tail = text.substr(1, size - 1);
    const bool tail_ok = std::ranges::all_of(
        tail, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; });
    if (!tail_ok) return false;
    if (size > 2) {
      const auto second = static_cast<unsigned char>(text[1]);
      const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
      const bool beyond = (first == 0xed && second > 0x9f) || (first == 0xf4 && second > 0x8f);
      if (overlong || beyond) return false;
    }
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace mlc::fuzzing
