#include <gtest/gtest.h>

#include "amazon/settlement_report/date_pattern.h"
#include "amazon/settlement_report/line_splitter.h"
#include "amazon/settlement_report/row.h"
#include "amazon/settlement_report/utf8.h"

namespace mlc::amazon::settlement_report {
namespace {

struct Utf8Case {
  const char* what;
  std::string_view text;
  std::optional<std::size_t> first_invalid;
};

TEST(FirstInvalidUtf8, EverySequenceOfTheTable) {
  using namespace std::string_view_literals;
  const Utf8Case cases[] = {
      {"nothing", ""sv, {}},
      {"ASCII over two words", "settlement-report"sv, {}},
      {"two, three and four bytes", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x9A\x80"sv, {}},
      {"the last code point", "\xF4\x8F\xBF\xBF"sv, {}},
      {"above the last code point", "\xF4\x90\x80\x80"sv, 0},
      {"cp1252 e acute", "caf\xE9 "sv, 3},
      {"overlong slash", "ab\xC0\xAF"sv, 2},
      {"overlong in three bytes", "\xE0\x9F\xBF"sv, 0},
      {"overlong in four bytes", "\xF0\x8F\xBF\xBF"sv, 0},
      {"surrogate", "\xED\xA0\x80"sv, 0},
      {"cut sequence at the end", "12345678\xE2\x82"sv, 8},
      {"lone continuation", "\x80"sv, 0},
      {"zero byte inside a word", "abcd\0fgh"sv, 4},
      {"zero byte at the end", "abcdefgh\0"sv, 8},
      {"byte 1 is text", "\x01\x01\x01\x01\x01\x01\x01\x01"sv, {}},
  };
  for (const Utf8Case& one : cases) {
    EXPECT_EQ(first_invalid_utf8(one.text), one.first_invalid) << one.what;
  }
}

TEST(ReadDate, EveryPattern_IsTheSameMoment) {
  const std::string_view moment = "2026-06-17T08:14:22.000Z";
  for (const char* text : {"2026-06-17 08:14:22 UTC", "2026-06-17T08:14:22Z",
                           "2026-06-17T08:14:22+00:00", "2026-06-17T10:14:22+02:00"}) {
    const auto instant = read_date(text);
    ASSERT_TRUE(instant.has_value()) << text;
    EXPECT_EQ(format_instant(*instant), moment) << text;
  }
  EXPECT_EQ(format_instant(*read_date("2026-06-17")), "2026-06-17T00:00:00.000Z");
}

TEST(ReadDate, OtherSpellings_AreNotGuessed) {
  for (const char* text :
       {"", "17.06.2026", "06/17/26", "2026/06/17", "2026-06-17 08:14:22", "2026-06-31",
        "2026-06-17T08:14:22", "2026-06-17 08:14:22 PST", "2026-06-17 24:14:22 UTC",
        "2026-06-17 08:14:22Z UTC", "2026-06-17T08:14:22 UTC", "20260617"}) {
    EXPECT_FALSE(read_date(text).has_value()) << text;
  }
}

TEST(ReadDate, AnyText_FitsOnePatternAtMost) {
  for (const char* text : {"2026-06-17 08:14:22 UTC", "2026-06-17T08:14:22Z", "2026-06-17"}) {
    int fits = 0;
    for (const DatePattern& pattern : date_patterns()) fits += pattern.read(text) ? 1 : 0;
    EXPECT_EQ(fits, 1) << text;
  }
}

TEST(DateMemo, SameCellAgainAndAnother_ReadsEach) {
  DateMemo memo;
  EXPECT_EQ(memo.read("2026-06-17"), read_date("2026-06-17"));
  EXPECT_EQ(memo.read("2026-06-17"), read_date("2026-06-17"));
  EXPECT_EQ(memo.read("2026-06-18"), read_date("2026-06-18"));
  EXPECT_FALSE(memo.read("x").has_value());
  EXPECT_EQ(memo.read("2026-06-18"), read_date("2026-06-18"));
}

TEST(LineSplitter, AnyPieces_SameLinesNumbersAndOffsets) {
  const std::string text = "a\r\nbc\n\n\r\nd\re\nrest";
  const std::string expected = "1@0[a] 2@3[bc] 3@6[] 4@7[] 5@9[d\re] ";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    LineSplitter splitter;
    std::string found;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      splitter.push(std::string_view(text).substr(at, piece));
      while (const auto line = splitter.next()) {
        found += std::to_string(line->number) + "@" + std::to_string(line->offset) + "[" +
                 std::string(line->bytes) + "] ";
      }
    }
    EXPECT_EQ(found, expected) << piece;
    EXPECT_EQ(splitter.unfinished(), "rest") << piece;
    EXPECT_EQ(splitter.line_number(), 6U);
    EXPECT_EQ(splitter.line_offset(), 13U);
  }
}

TEST(Shown, ControlCharactersAndLongTexts_StayReadable) {
  EXPECT_EQ(shown("12,50"), "12,50");
  EXPECT_EQ(shown(""), "a blank cell");
  EXPECT_EQ(shown("a\x1B[31m"), "a\\x1b[31m");
  EXPECT_EQ(shown(std::string(79, 'x') + "\xC3\xA4y"), std::string(79, 'x') + "...");
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
