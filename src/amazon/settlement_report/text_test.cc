#include <gtest/gtest.h>

#include "amazon/settlement_report/amount_text.h"
#include "amazon/settlement_report/charset.h"
#include "amazon/settlement_report/date_text.h"
#include "amazon/settlement_report/line_splitter.h"
#include "amazon/settlement_report/row.h"

namespace mlc::amazon::settlement_report {
namespace {

std::string moment(std::string_view text, SlashOrder order) {
  const auto scanned = scan_date(text);
  const auto instant = scanned ? scanned->instant(order) : std::nullopt;
  return instant ? format_instant(*instant) : "none";
}

TEST(ScanDate, EverySpelling_IsTheSameMoment) {
  for (const char* text :
       {"2026-06-17 08:14:22 UTC", "2026-06-17 08:14:22", "2026-06-17T08:14:22Z",
        "2026-06-17T08:14:22+00:00", "2026-06-17T10:14:22+02:00", "17.06.2026 08:14:22",
        "17.06.2026 08:14:22 UTC", "2026/06/17 08:14:22 GMT", "2026/06/17 17:14:22 JST",
        "2026/06/17 17:14:22 +09:00", "17.06.2026 03:14:22 -05:00"}) {
    EXPECT_EQ(moment(text, SlashOrder::kMonthFirst), "2026-06-17T08:14:22.000Z") << text;
    EXPECT_EQ(moment(text, SlashOrder::kDayFirst), "2026-06-17T08:14:22.000Z") << text;
  }
  for (const char* text : {"2026-06-17", "17.06.2026", "2026/06/17"}) {
    EXPECT_EQ(moment(text, SlashOrder::kMonthFirst), "2026-06-17T12:00:00.000Z") << text;
  }
}

TEST(ScanDate, Slashes_TheOrderDecides) {
  EXPECT_EQ(moment("05/06/2026", SlashOrder::kDayFirst), "2026-06-05T12:00:00.000Z");
  EXPECT_EQ(moment("05/06/2026", SlashOrder::kMonthFirst), "2026-05-06T12:00:00.000Z");
  EXPECT_EQ(moment("05/06/26 23:59:59 UTC", SlashOrder::kDayFirst), "2026-06-05T23:59:59.000Z");
  EXPECT_EQ(moment("17/06/26", SlashOrder::kDayFirst), "2026-06-17T12:00:00.000Z");
  EXPECT_EQ(moment("17/06/26", SlashOrder::kMonthFirst), "none");
  EXPECT_EQ(moment("06/17/26", SlashOrder::kDayFirst), "none");
}

TEST(ScanDate, OtherSpellings_AreNotGuessed) {
  for (const char* text : {"",
                           "17.06.26",
                           "6/17/26",
                           "17-06-2026",
                           "2026-06-31",
                           "31.02.2026",
                           "31/02/26",
                           "13/13/26",
                           "2026-06-17T08:14:22",
                           "2026-06-17 08:14:22 PST",
                           "2026-06-17 24:14:22 UTC",
                           "2026-06-17 08:14:22Z UTC",
                           "2026-06-17T08:14:22 UTC",
                           "20260617",
                           "2026-06-17 08:14",
                           "2026-06-17 ",
                           "2026/06-17",
                           "17/06.2026",
                           "17.06.2026T08:14:22Z",
                           "05/06/026",
                           "05/06/20260",
                           "2026-06-17 08:14:22 +15:00",
                           "2026-06-17 08:14:22 UTC "}) {
    EXPECT_FALSE(scan_date(text).has_value()) << text;
  }
}

TEST(DateMemo, SameCellAgainAndAnother_ReadsEach) {
  DateMemo memo(SlashOrder::kDayFirst);
  EXPECT_EQ(format_instant(*memo.read("05/06/26")), "2026-06-05T12:00:00.000Z");
  EXPECT_EQ(format_instant(*memo.read("05/06/26")), "2026-06-05T12:00:00.000Z");
  EXPECT_EQ(format_instant(*memo.read("06/06/26")), "2026-06-06T12:00:00.000Z");
  EXPECT_FALSE(memo.read("x").has_value());
  EXPECT_EQ(format_instant(*memo.read("06/06/26")), "2026-06-06T12:00:00.000Z");
}

struct AmountCase {
  const char* text;
  const char* currency;
  const char* point;  // read with a decimal point; "-" when it cannot be
  const char* comma;
};

std::string read_as(const AmountCase& one, DecimalMark mark) {
  const auto money = read_money(one.text, mark, *ledger::Currency::from_code(one.currency));
  return money ? money->decimal() : "-";
}

TEST(ReadMoney, EverySpelling_UnderBothMarks) {
  const AmountCase cases[] = {
      {"95,00", "EUR", "-", "95.00"},
      {"95.00", "USD", "95.00", "-"},
      {"-0,5", "EUR", "-", "-0.50"},
      {"45", "USD", "45.00", "45.00"},
      {"0", "JPY", "0", "0"},
      {"12.500", "USD", "12.50", "12500.00"},
      {"12.505", "USD", "-", "12505.00"},
      {"1.234,56", "EUR", "-", "1234.56"},
      {"1,234.56", "USD", "1234.56", "-"},
      {"-1.234.567,8", "EUR", "-", "-1234567.80"},
      {"1,234,567", "JPY", "1234567", "-"},
      {"1,234", "JPY", "1234", "-"},
      {"1.234", "JPY", "-", "1234"},
      {"1.234", "KWD", "1.234", "1234.000"},
      {"1 234,50", "SEK", "-", "1234.50"},
      {"1\xC2\xA0"
       "234,50",
       "PLN", "-", "1234.50"},
      {"1\xA0"
       "234,50",
       "PLN", "-", "1234.50"},
      {"1\xE2\x80\xAF"
       "234\xE2\x80\xAF"
       "567,5",
       "EUR", "-", "1234567.50"},
      {"1 234.50", "USD", "1234.50", "-"},
      {"1234 567,00", "EUR", "-", "-"},
      {"12 34,00", "EUR", "-", "-"},
      {"1.234 567,00", "EUR", "-", "-"},
      {"1..234,00", "EUR", "-", "-"},
      {",50", "EUR", "-", "-"},
      {"5,", "EUR", "-", "-"},
      {"-", "EUR", "-", "-"},
      {"--5", "EUR", "-", "-"},
      {"+5", "EUR", "-", "-"},
      {"5-", "EUR", "-", "-"},
      {"(5,00)", "EUR", "-", "-"},
      {"8.99e2", "USD", "-", "-"},
      {"1,23,456.00", "INR", "-", "-"},
      {"92233720368547758.07", "USD", "92233720368547758.07", "-"},
      {"92233720368547758.08", "USD", "-", "-"},
  };
  for (const AmountCase& one : cases) {
    EXPECT_EQ(read_as(one, DecimalMark::kPoint), one.point) << one.text;
    EXPECT_EQ(read_as(one, DecimalMark::kComma), one.comma) << one.text;
  }
}

struct DecodeCase {
  Charset charset;
  std::string_view bytes;
  std::optional<std::string> text;
};

TEST(Decoder, EveryCharset_DecodesStrictly) {
  const DecodeCase cases[] = {
      {Charset::kWindows1252, "Geb\xFChr \x80 5", "Geb\xC3\xBChr \xE2\x82\xAC 5"},
      {Charset::kWindows1252, "a\x81", {}},
      {Charset::kLatin9, "5 \xA4, c\xBDur", "5 \xE2\x82\xAC, c\xC5\x93ur"},
      {Charset::kLatin9, "5 \x80", {}},
      {Charset::kWindows932, "\x83\x7C\x83\x43\x83\x93\x83\x67",
       "\xE3\x83\x9D\xE3\x82\xA4\xE3\x83\xB3\xE3\x83\x88"},
      {Charset::kWindows932, "\xB6\xC5 a\\b~", "\xEF\xBD\xB6\xEF\xBE\x85 a\\b~"},
      {Charset::kWindows932, "\x87\x40", "\xE2\x91\xA0"},  // a circled 1: not in plain Shift_JIS
      {Charset::kWindows932, "\x83", {}},
      {Charset::kWindows932, "\x81\xAD", {}},
      {Charset::kWindows932, "\xF0\x40", {}},
      {Charset::kUtf8, "\xC3\xA4", "\xC3\xA4"},
      {Charset::kUtf8, "\xC3", {}},
  };
  for (const DecodeCase& one : cases) {
    Decoder decoder(one.charset);
    EXPECT_EQ(decoder.decode(one.bytes), one.text) << charset_name(one.charset) << one.bytes;
    EXPECT_EQ(decoder.decode("plain"), "plain") << "usable after a refusal";
  }
}

TEST(DecodedTexts, SameCellAgain_SameText) {
  DecodedTexts texts(Charset::kWindows1252);
  const auto first = texts.text("Geb\xFChr");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(*first, "Geb\xC3\xBChr");
  EXPECT_EQ(texts.text("Geb\xFChr")->data(), first->data());
  EXPECT_FALSE(texts.text("\x81").has_value());
  const std::string_view plain = "plain";
  EXPECT_EQ(texts.text(plain)->data(), plain.data());
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
  EXPECT_EQ(shown("caf\xE9"), "caf\\xe9") << "no UTF-8";
  EXPECT_EQ(shown(std::string(79, 'x') + "\xC3\xA4y"), std::string(79, 'x') + "...");
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
