// How a file is written is decided from the whole of it: by evidence, or refused by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/testing/market_files.h"
#include "amazon/settlement_report/testing/report_text.h"

namespace mlc::amazon::settlement_report {
namespace {

using testing::detail_line;
using testing::file_of;
using testing::header_line;
using testing::market_files;
using testing::MarketFile;
using testing::outcome;
using testing::read_bytes;
using testing::Reading;
using testing::summary_line;
using testing::v1_header_line;
using testing::v1_line;
using testing::with_cell;

class ShortLog final : public ports::RowSink {
 public:
  Status on_header(const ledger::SettlementHeader&) override { return {}; }
  Status on_rows(std::span<const ports::SettlementRow> batch) override {
    for (const ports::SettlementRow& row : batch) {
      rows.push_back(std::to_string(row.line) + "." + std::to_string(row.column) + " " +
                     std::string(row.transaction_type) + "/" + std::string(row.amount_type) + "/" +
                     std::string(row.amount_description) + "/" + std::string(row.sku) + " " +
                     format_instant(row.posted) + " " + row.amount.decimal());
    }
    return {};
  }
  Status on_restart() override {
    rows.clear();
    return {};
  }
  std::vector<std::string> rows;
};

Result<ParsedReport> parse(std::string_view bytes, ports::RowSink& sink) {
  ReportSurvey first("report.txt");
  MLC_TRY_STATUS(first.feed(bytes));
  MLC_TRY(auto survey, first.finish());
  SettlementReportParser second("report.txt", std::move(survey), sink);
  MLC_TRY_STATUS(second.feed(bytes));
  return second.finish();
}

TEST(Markets, EachIsReadAsWritten) {
  for (const MarketFile& market : market_files()) {
    ShortLog log;
    const auto parsed = parse(market.bytes, log);
    ASSERT_TRUE(parsed) << market.name << "\n" << parsed.error().explain();
    EXPECT_EQ(parsed->report.layout, market.layout) << market.name;
    EXPECT_EQ(parsed->report.charset, market.charset) << market.name;
    EXPECT_EQ(parsed->report.decimal_mark, market.decimal_mark) << market.name;
    EXPECT_EQ(parsed->report.date_pattern, market.date_pattern) << market.name;
    EXPECT_EQ(parsed->report.header.total.decimal(), market.total) << market.name;
    EXPECT_EQ(parsed->report.sum.decimal(), market.total) << market.name;
    EXPECT_EQ(log.rows, market.rows) << market.name;
  }
}

TEST(Markets, AnyPieces_SameRows) {
  for (const MarketFile& market : market_files()) {
    const Reading whole = read_bytes(market.bytes);
    ASSERT_TRUE(whole.parsed) << market.name;
    for (std::size_t piece = 1; piece < 200; ++piece) {
      const Reading pieces = read_bytes(market.bytes, piece);
      ASSERT_TRUE(pieces.parsed) << market.name << " " << piece;
      ASSERT_EQ(pieces.log.rows, whole.log.rows) << market.name << " " << piece;
    }
  }
}

TEST(Markets, CutAtEveryByte_IsNeverAccepted) {
  for (const MarketFile& market : market_files()) {
    for (std::size_t size = 0; size < market.bytes.size(); ++size) {
      ASSERT_NE(outcome(std::string_view(market.bytes).substr(0, size)), "accepted")
          << market.name << " " << size;
    }
  }
}

TEST(Markets, OneMinorUnitOff_IsRefusedByName) {
  for (const MarketFile& market : market_files()) {
    // The last digit of the first line with a digit and a price is raised by one.
    std::string bytes = market.bytes;
    const auto price = bytes.find("Principal\t");
    const auto at = bytes.find_first_of("\t\r\n", price + 10) - 1;
    bytes[at] = bytes[at] == '9' ? '8' : static_cast<char>(bytes[at] + 1);
    EXPECT_EQ(outcome(bytes), "settlement_report.sum_differs") << market.name;
  }
}

// --- Amounts ------------------------------------------------------------------------------------

struct AmountsCase {
  const char* what;
  const char* currency;
  std::vector<std::string> amounts;  // the first is the total
  std::string outcome;               // the sum, or the id of the refusal
};

TEST(DecimalMark, IsDecidedByTheWholeFile) {
  const std::string mixed = "settlement_report.mixed_formats";
  const AmountsCase cases[] = {
      {"decimal comma", "EUR", {"95,00", "95,00"}, "95.00 ,"},
      {"integers only", "EUR", {"95", "95"}, "95.00 none"},
      {"thousands beside decimals", "EUR", {"1.000", "999,5", "0,5"}, "1000.00 ,"},
      {"thousands alone", "USD", {"1,000", "1,000"}, "1000.00 none"},
      {"thousands alone, German", "EUR", {"1.000", "1.000"}, "1000.00 none"},
      {"zeros beyond the decimals", "USD", {"1.000", "0.99", "0.01"}, "1.00 ."},
      {"yen with comma", "JPY", {"1,234", "1,234"}, "1234 none"},
      {"yen with point", "JPY", {"1.234", "1.234"}, "1234 none"},
      {"three decimals, both readings",
       "KWD",
       {"1.234", "1.234"},
       "settlement_report.ambiguous_amounts"},
      {"three decimals, one shows it", "KWD", {"1.234", "1.0", "0.234"}, "1.234 ."},
      {"point and comma", "EUR", {"1.50", "1,50"}, mixed},
      {"comma late", "USD", {"3.00", "1.25", "1", "0,75"}, mixed},
      {"thousands of the other kind", "USD", {"1000.25", "1.000,25"}, mixed},
      {"half a yen", "JPY", {"1.5", "1.5"}, "settlement_report.bad_amount"},
      {"no number", "EUR", {"1,50", "EUR 1,50"}, "settlement_report.bad_amount"},
  };
  for (const AmountsCase& one : cases) {
    std::vector<std::string> lines{header_line(), summary_line(one.amounts[0], one.currency)};
    for (std::size_t at = 1; at < one.amounts.size(); ++at) {
      lines.push_back(detail_line("Order", "ItemPrice", "Principal", one.amounts[at]));
    }
    const Reading reading = read_bytes(file_of(lines));
    const std::string found = reading.parsed ? reading.parsed->report.sum.decimal() + " " +
                                                   reading.parsed->report.decimal_mark
                                             : std::string(reading.parsed.error().id());
    EXPECT_EQ(found, one.outcome) << one.what;
  }
}

TEST(DecimalMark, MixedIsCitedWithBothCells) {
  const Reading reading = read_bytes(file_of(
      {header_line(), summary_line("3.00"), detail_line("Order", "ItemPrice", "Principal", "2"),
       detail_line("Order", "ItemPrice", "Principal", "1,00")}));
  ASSERT_FALSE(reading.parsed);
  EXPECT_EQ(reading.parsed.error().text(),
            "report.txt, line 4, column 15 (amount): found 1,00; expected an amount with a decimal "
            "point and at most 2 decimals (USD), the decimal mark of line 2, column 5 "
            "(total-amount): 3.00.");
}

// --- Dates --------------------------------------------------------------------------------------

struct Period {
  const char* start;
  const char* end;
  const char* deposit;
};
constexpr Period kJune{"2026-06-01", "2026-06-15", "2026-06-17"};

struct DatesCase {
  const char* what;
  Period period;
  std::vector<std::pair<const char*, const char*>> posted;  // date, date-time
  std::string outcome;  // day of the first row and pattern, or the id of the refusal
};

std::string dates_outcome(const DatesCase& one) {
  std::string summary = summary_line(std::to_string(one.posted.size()));
  summary = with_cell(with_cell(summary, 2, one.period.start), 3, one.period.end);
  summary = with_cell(summary, 4, one.period.deposit);
  std::vector<std::string> lines{header_line(), summary};
  for (const auto& [date, time] : one.posted) {
    const std::string line = detail_line("Order", "ItemPrice", "Principal", "1");
    lines.push_back(with_cell(with_cell(line, 17, date), 18, time));
  }
  ShortLog log;
  const auto parsed = parse(file_of(lines), log);
  if (!parsed) return std::string(parsed.error().id());
  const std::string& row = log.rows.front();
  return row.substr(row.rfind("/ ") + 2, 10) + " " + parsed->report.date_pattern;
}

TEST(DatePattern, OrderBehindSlashes_IsFoundByEvidence) {
  const std::string ambiguous = "settlement_report.ambiguous_dates";
  const DatesCase cases[] = {
      {"a day above 12, far away",
       kJune,
       {{"05/06/26", ""}, {"13/06/26", ""}},
       "2026-06-05 DD/MM/YY, YYYY-MM-DD"},
      {"a day above 12 as second number",
       kJune,
       {{"06/05/26", ""}, {"06/13/26", ""}},
       "2026-06-05 MM/DD/YY, YYYY-MM-DD"},
      {"the row's time",
       kJune,
       {{"06/07/26", "2026-06-07 08:00:00 UTC"}},
       "2026-06-07 YYYY-MM-DD, MM/DD/YY"},
      {"the row's time, a zone away",
       kJune,
       {{"06/07/26", "2026-07-05 23:00:00 UTC"}},
       "2026-07-05 YYYY-MM-DD, DD/MM/YY"},
      {"the period", kJune, {{"06/07/26", ""}}, "2026-06-07 MM/DD/YY, YYYY-MM-DD"},
      {"the period, day first", kJune, {{"07/06/26", ""}}, "2026-06-07 DD/MM/YY, YYYY-MM-DD"},
      {"outside the period both ways", kJune, {{"03/04/26", ""}}, ambiguous},
      {"one row outside, one inside", kJune, {{"06/07/26", ""}, {"05/04/26", ""}}, ambiguous},
      {"the same either way", kJune, {{"06/06/26", ""}}, "2026-06-06 MM/DD/YY, YYYY-MM-DD"},
      {"the settlement's own dates",
       {"06/01/26", "06/12/26", "06/12/26"},
       {{"05/07/26", ""}},
       "2026-05-07 MM/DD/YY"},
      {"no order makes a period",
       {"01/02/26", "03/02/25", "05/06/26"},
       {{"05/06/26", ""}},
       ambiguous},
  };
  for (const DatesCase& one : cases) EXPECT_EQ(dates_outcome(one), one.outcome) << one.what;
}

TEST(DatePattern, OfAColumn_IsOneForTheWholeFile) {
  const std::string mixed = "settlement_report.mixed_formats";
  const DatesCase cases[] = {
      {"years first",
       {"2026/06/01", "2026/06/15", "2026/06/17"},
       {{"2026/06/05", ""}},
       "2026-06-05 YYYY/MM/DD"},
      {"dots",
       {"01.06.2026", "15.06.2026", "17.06.2026"},
       {{"05.06.2026", "05.06.2026 08:14:22"}},
       "2026-06-05 DD.MM.YYYY"},
      {"both orders", kJune, {{"13/06/26", ""}, {"06/13/26", ""}}, mixed},
      {"dots after dashes", kJune, {{"2026-06-05", ""}, {"05.06.2026", ""}}, mixed},
      {"slashes after dots", kJune, {{"05.06.2026", ""}, {"05/06/2026", ""}}, mixed},
      {"short and long years", kJune, {{"13/06/26", ""}, {"13/06/2026", ""}}, mixed},
      {"no such day", kJune, {{"31/31/26", ""}}, "settlement_report.unknown_date"},
  };
  for (const DatesCase& one : cases) EXPECT_EQ(dates_outcome(one), one.outcome) << one.what;
}

TEST(DatePattern, MixedIsCitedWithBothCells) {
  const std::string row = detail_line("Order", "ItemPrice", "Principal", "1");
  const auto slashed = [&row](const char* day) {
    return with_cell(with_cell(row, 17, day), 18, "");
  };
  const Reading reading = read_bytes(
      file_of({header_line(), summary_line("2"), slashed("05/13/26"), slashed("13/05/26")}));
  ASSERT_FALSE(reading.parsed);
  EXPECT_EQ(reading.parsed.error().text(),
            "report.txt, line 4, column 17 (posted-date): found 13/05/26; expected a date as "
            "MM/DD/YYYY, the date pattern of line 3, column 17 (posted-date): 05/13/26.");
}

// --- Character sets -----------------------------------------------------------------------------

struct CharsetCase {
  const char* what;
  const char* currency;
  std::vector<std::string> skus;
  std::string outcome;  // the first text and the character set, or the id of the refusal
};

std::string charset_outcome(const CharsetCase& one) {
  std::vector<std::string> lines{header_line(),
                                 summary_line(std::to_string(one.skus.size()), one.currency)};
  for (const auto& sku : one.skus) {
    lines.push_back(with_cell(detail_line("Order", "ItemPrice", "Principal", "1"), 22, sku));
  }
  ShortLog log;
  const auto parsed = parse(file_of(lines), log);
  if (!parsed) return std::string(parsed.error().id());
  const std::string& row = log.rows.front();
  const auto begin = row.rfind('/') + 1;
  return row.substr(begin, row.find(" 2026-") - begin) + " " + parsed->report.charset;
}

TEST(CharacterSet, IsDecidedByTheWholeFile) {
  const std::string mixed = "settlement_report.mixed_formats";
  const std::string unknown = "settlement_report.unknown_charset";
  const CharsetCase cases[] = {
      {"ASCII", "EUR", {"plain"}, "plain UTF-8"},
      {"UTF-8", "EUR", {"caf\xC3\xA9"}, "caf\xC3\xA9 UTF-8"},
      {"UTF-8 for yen", "JPY", {"\xE3\x83\x9D"}, "\xE3\x83\x9D UTF-8"},
      {"cp1252 or ISO-8859-1: the same", "EUR", {"caf\xE9"}, "caf\xC3\xA9 windows-1252"},
      {"euro sign of cp1252", "EUR", {"5 \x80"}, "5 \xE2\x82\xAC windows-1252"},
      {"euro sign of ISO-8859-15", "EUR", {"5 \xA4"}, "5 \xE2\x82\xAC ISO-8859-15"},
      {"oe of ISO-8859-15", "EUR", {"c\xBDur"}, "c\xC5\x93ur ISO-8859-15"},
      {"a half", "EUR", {"7 \xBD in"}, "7 \xC2\xBD in windows-1252"},
      {"an accent as apostrophe", "EUR", {"Men\xB4s"}, "Men\xC2\xB4s windows-1252"},
      {"euro sign of 15 beside one of cp1252",
       "EUR",
       {"5 \xA4", "5 \x80"},
       "5 \xC2\xA4 windows-1252"},
      {"oe and a half", "EUR", {"c\xBDur", "7 \xBD in"}, "settlement_report.ambiguous_charset"},
      {"byte of no Latin set", "EUR", {"caf\xE9", "a\x81 b"}, unknown},
      {"UTF-8 beside cp1252", "EUR", {"caf\xC3\xA9", "caf\xE9"}, mixed},
      {"cp1252 beside UTF-8", "EUR", {"caf\xE9", "caf\xC3\xA9"}, mixed},
      {"cp932", "JPY", {"\x83\x7C"}, "\xE3\x83\x9D windows-932"},
      {"katakana that look like UTF-8",
       "JPY",
       {"\xC4\xAF", "\x83\x7C"},
       "\xEF\xBE\x84\xEF\xBD\xAF windows-932"},
      {"UTF-8 beside cp932", "JPY", {"\xE3\x83\x9D", "\x83\x7C"}, mixed},
      {"cp1252 for yen", "JPY", {"100\xE9 "}, unknown},
  };
  for (const CharsetCase& one : cases) EXPECT_EQ(charset_outcome(one), one.outcome) << one.what;
}

TEST(CharacterSet, ByteOrderMarkAndOtherBytes_AreMixed) {
  const std::string row =
      with_cell(detail_line("Order", "ItemPrice", "Principal", "1"), 22, "\xE9");
  const Reading reading =
      read_bytes("\xEF\xBB\xBF" + file_of({header_line(), summary_line("1"), row}));
  ASSERT_FALSE(reading.parsed);
  const Error& error = reading.parsed.error();
  EXPECT_TRUE(error.is(kMixedFormats)) << error.explain();
  EXPECT_EQ(error.fact("line"), "3");
  EXPECT_EQ(error.fact("first_line"), "1");
  EXPECT_EQ(error.fact("found"), "e9");
}

TEST(CharacterSet, RefusedByte_IsNamedByItsPlace) {
  const std::string row =
      with_cell(detail_line("Order", "ItemPrice", "Principal", "1"), 14, "caf\x81 au lait");
  const std::string bytes = file_of({header_line(), summary_line("1"), row});
  const Reading reading = read_bytes(bytes);
  ASSERT_FALSE(reading.parsed);
  EXPECT_EQ(reading.parsed.error().fact("byte"), std::to_string(bytes.find('\x81')));
  EXPECT_EQ(reading.parsed.error().fact("column"), "amount-description");
  EXPECT_EQ(reading.parsed.error().fact("found"), "81206175");
}

TEST(CharacterSet, NameOfAnUnknownColumn_IsDecodedToo) {
  const Reading reading = read_bytes(file_of({header_line() + "\tGeb\xFChr", summary_line("0")}));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  EXPECT_THAT(reading.parsed->report.unknown_columns, ::testing::ElementsAre("Geb\xC3\xBChr"));
}

// --- Layouts ------------------------------------------------------------------------------------

std::string v1_file(const std::string& total, const std::vector<std::string>& rows) {
  std::vector<std::string> lines{
      v1_header_line(),
      v1_line({{2, "2015-12-02"}, {3, "2015-12-16"}, {4, "2015-12-18"}, {5, total}, {6, "USD"}})};
  lines.insert(lines.end(), rows.begin(), rows.end());
  return file_of(lines);
}

TEST(LayoutV1, TypeWithoutAmount_IsRefused) {
  const Reading reading = read_bytes(v1_file("0", {v1_line({{7, "Order"}, {24, "Principal"}})}));
  ASSERT_FALSE(reading.parsed);
  EXPECT_EQ(reading.parsed.error().id(), "settlement_report.missing_value");
  EXPECT_EQ(reading.parsed.error().fact("column"), "price-amount");
}

TEST(LayoutV1, AmountWithoutType_IsKeptWithABlankDescription) {
  ShortLog log;
  ASSERT_TRUE(parse(v1_file("1.5", {v1_line({{7, "Order"}, {25, "1.5"}})}), log));
  EXPECT_THAT(log.rows,
              ::testing::ElementsAre("3.25 Order/ItemPrice// 2015-12-16T12:00:00.000Z 1.50"));
}

TEST(LayoutV1, TotalOnARowWithAnAmount_IsRefused) {
  EXPECT_EQ(outcome(v1_file("1", {v1_line({{5, "1"}, {7, "Order"}, {36, "1"}})})),
            "settlement_report.total_on_detail_row");
}

TEST(LayoutV1, MandatoryColumnAbsent_IsNamed) {
  std::string header = v1_header_line();
  header.replace(header.find("price-amount"), 12, "price");
  const Reading reading = read_bytes(file_of({header, summary_line("0")}));
  ASSERT_FALSE(reading.parsed);
  EXPECT_EQ(reading.parsed.error().fact("missing"), "price-amount");
}

TEST(LayoutV2, ColumnOfV1_IsUnknownAndReported) {
  const Reading reading =
      read_bytes(file_of({header_line() + "\tprice-amount", summary_line("0")}));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  EXPECT_EQ(reading.parsed->report.layout, "V2");
  EXPECT_THAT(reading.parsed->report.unknown_columns, ::testing::ElementsAre("price-amount"));
}

TEST(Preamble, TooLongOrWithoutHeader_IsRefusedByItsFirstLine) {
  std::string bytes;
  for (std::size_t line = 0; line <= kPreambleLimit; ++line) bytes += "a line\tof text\n";
  for (const std::string& content : {bytes, bytes + header_line() + "\n", std::string("text\n")}) {
    const Reading reading = read_bytes(content);
    ASSERT_FALSE(reading.parsed);
    EXPECT_EQ(reading.parsed.error().id(), "settlement_report.missing_columns");
    EXPECT_EQ(reading.parsed.error().fact("line"), "1");
  }
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
