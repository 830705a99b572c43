#include "base/utf8.h"

#include <gtest/gtest.h>

namespace mlc {
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

struct KindsCase {
  std::string_view text;
  bool zero;
  bool high;
};

TEST(KindsOf, AnyPlaceInAWordOrBehindIt) {
  using namespace std::string_view_literals;
  for (const KindsCase& one :
       {KindsCase{""sv, false, false}, KindsCase{"12345678"sv, false, false},
        KindsCase{"\x01\x01\x01\x01\x01\x01\x01\x01"sv, false, false},
        KindsCase{"abc\0efgh"sv, true, false}, KindsCase{"abcdefgh\0"sv, true, false},
        KindsCase{"abc\x80xyzw"sv, false, true}, KindsCase{"abcdefgh\xFF"sv, false, true},
        KindsCase{"\xFF\xFE\0x\0y\0z"sv, true, true}}) {
    EXPECT_EQ(kinds_of(one.text).zero, one.zero) << one.text;
    EXPECT_EQ(kinds_of(one.text).high, one.high) << one.text;
  }
}

TEST(WithCharacters, EveryByteThatIsNoneIsReplaced) {
  EXPECT_EQ(with_characters("caf\xE9 \xC3\xA4", "?"), "caf? \xC3\xA4");
  EXPECT_EQ(with_characters("\xE2\x82", "\xEF\xBF\xBD"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(with_characters("settlement-report", "?"), "settlement-report");
  EXPECT_EQ(with_characters("", "?"), "");
}

TEST(CharacterBytes, OneForAByteThatBeginsNone) {
  using namespace std::string_view_literals;
  EXPECT_EQ(character_bytes("a\xC3\xA4"), 1U);
  EXPECT_EQ(character_bytes("\xC3\xA4z"), 2U);
  EXPECT_EQ(character_bytes("\xF0\x9F\x9A\x80"), 4U);
  EXPECT_EQ(character_bytes("\xE2\x82"), 1U);
  EXPECT_EQ(character_bytes("\x80"), 1U);
  EXPECT_EQ(character_bytes("\0"sv), 1U);
  EXPECT_EQ(character_bytes(""), 0U);
}

}  // namespace
}  // namespace mlc
