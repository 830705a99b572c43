// What the parser accepts, and that nothing of it is lost or changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "amazon/settlement_report/testing/report_text.h"

namespace mlc::amazon::settlement_report {
namespace {

using testing::detail_line;
using testing::file_of;
using testing::header_line;
using testing::outcome;
using testing::read_bytes;
using testing::Reading;
using testing::replaced;
using testing::sample_lines;
using testing::summary_line;
using testing::with_cell;

std::string amounts_file(std::string_view total, const std::vector<std::string>& amounts) {
  std::vector<std::string> lines{header_line(), summary_line(total)};
  for (const auto& amount : amounts) {
    lines.push_back(detail_line("Order", "ItemPrice", "Principal", amount));
  }
  return file_of(lines);
}

// What a logged row says between its place and its raw bytes.
std::string values(const std::string& row) {
  const auto begin = row.find('|');
  auto end = begin;
  for (int part = 0; part < 9; ++part) end = row.find('|', end + 1);
  return row.substr(begin, end - begin);
}

TEST(Parse, Sample_HeaderRowsAndSumAreAsWritten) {
  const auto lines = sample_lines();
  const Reading reading = read_bytes(file_of(lines));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  const ports::ReadReport& report = reading.parsed->report;
  EXPECT_EQ(report.header.id.str(), "20612345671");
  EXPECT_EQ(format_instant(report.header.start), "2026-10-01T07:00:00.000Z");
  EXPECT_EQ(format_instant(report.header.end), "2026-10-15T06:59:59.000Z");
  EXPECT_EQ(format_instant(report.header.deposit), "2026-10-17T06:59:59.000Z");
  EXPECT_EQ(report.header.total.decimal(), "1412.36");
  EXPECT_EQ(report.sum.decimal(), "1412.36");
  EXPECT_EQ(report.layout + report.charset + report.decimal_mark, "V2UTF-8.");
  EXPECT_EQ(report.rows, 31U);
  EXPECT_THAT(report.unknown_columns, ::testing::IsEmpty());
  EXPECT_EQ(reading.parsed->summary.line, 2U);
  EXPECT_EQ(reading.parsed->rows_without_date, 0U);
  EXPECT_THAT(reading.log.headers, ::testing::ElementsAre("20612345671"));
  ASSERT_EQ(reading.log.rows.size(), 31U);
  const std::size_t offset = lines[0].size() + lines[1].size() + 2;
  EXPECT_EQ(reading.log.rows[0], "3@" + std::to_string(offset) +
                                     "|Order|112-5550001-1110001|amazon.com|ItemPrice|Principal|"
                                     "AFN|DRILL-18V|2026-10-05T08:14:22.000Z|899.00|" +
                                     lines[2]);
}

TEST(Parse, AnyPieces_SameRows) {
  const std::string bytes = file_of(sample_lines());
  const Reading whole = read_bytes(bytes);
  for (std::size_t piece = 1; piece <= bytes.size(); piece += piece < 400 ? 1 : 97) {
    const Reading pieces = read_bytes(bytes, piece);
    ASSERT_TRUE(pieces.parsed) << piece;
    ASSERT_EQ(pieces.log.rows, whole.log.rows) << piece;
    ASSERT_EQ(pieces.log.headers, whole.log.headers) << piece;
  }
}

TEST(Parse, ManyRows_ComeInBoundedBatchesInOrder) {
  const Reading reading =
      read_bytes(amounts_file("3000.00", std::vector<std::string>(3000, "1.00")));
  ASSERT_TRUE(reading.parsed);
  EXPECT_EQ(reading.log.rows.size(), 3000U);
  EXPECT_EQ(reading.log.largest_batch, kBatchRows);
  EXPECT_EQ(reading.log.batches, (3000 + kBatchRows - 1) / kBatchRows);
  EXPECT_TRUE(reading.log.rows.back().starts_with("3002@"));
}

TEST(Parse, SummaryRowAnywhere_SameRowsInFileOrder) {
  const auto lines = sample_lines();
  for (std::size_t place = 1; place < lines.size(); ++place) {
    auto moved = lines;
    moved.erase(moved.begin() + 1);
    moved.insert(moved.begin() + static_cast<std::ptrdiff_t>(place), lines[1]);
    const Reading reading = read_bytes(file_of(moved), 300);
    ASSERT_TRUE(reading.parsed) << place;
    EXPECT_EQ(reading.parsed->summary.line, place + 1);
    EXPECT_EQ(reading.parsed->report.rows, 31U);
    ASSERT_EQ(reading.log.rows.size(), 31U);
    for (std::size_t at = 0; at < 31; ++at) {
      EXPECT_TRUE(reading.log.rows[at].ends_with(lines[at + 2])) << place;
    }
  }
}

TEST(Parse, ByteOrderMarkCrLfBlankLines_SameValues) {
  std::string bytes = "\xEF\xBB\xBF";
  for (const auto& line : sample_lines()) bytes += line + "\r\n\r\n\t \t\r\n";
  for (const std::size_t piece : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    const Reading reading = read_bytes(bytes, piece);
    ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
    ASSERT_EQ(reading.log.rows.size(), 31U);
    EXPECT_TRUE(reading.log.rows[0].starts_with("7@"));
    EXPECT_TRUE(reading.log.rows[0].ends_with(sample_lines()[2]));
  }
}

TEST(Parse, HeaderSpelledOtherwise_ColumnsAreFoundByName) {
  struct Case {
    const char* from;
    const char* to;
  };
  for (const Case& one :
       {Case{"amount-type", "Amount Type"}, Case{"settlement-id", " SETTLEMENT-ID "},
        Case{"marketplace-name", "Marketplace Name"}}) {
    auto lines = sample_lines();
    lines[0] = replaced(lines[0], one.from, one.to);
    EXPECT_EQ(read_bytes(file_of(lines)).log.rows.size(), 31U) << one.to;
    EXPECT_EQ(outcome(file_of(lines)), "accepted") << one.to;
  }
}

TEST(Parse, ColumnsInAnotherOrder_SameValues) {
  const auto turned = [](std::string_view line) {
    std::vector<std::string_view> cells;
    split_cells(line, cells);
    std::string out;
    for (auto at = cells.rbegin(); at != cells.rend(); ++at) out += std::string(*at) + "\t";
    return out;
  };
  std::vector<std::string> lines;
  for (const auto& line : sample_lines()) lines.push_back(turned(line));
  const Reading reading = read_bytes(file_of(lines));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  const Reading straight = read_bytes(file_of(sample_lines()));
  ASSERT_EQ(reading.log.rows.size(), straight.log.rows.size());
  for (std::size_t at = 0; at < straight.log.rows.size(); ++at) {
    EXPECT_EQ(values(reading.log.rows[at]), values(straight.log.rows[at]));
  }
}

TEST(Parse, UnknownColumn_IsKeptAndReported) {
  auto lines = sample_lines();
  lines[0] += "\tRegulatory Code\t";
  for (std::size_t at = 1; at < lines.size(); ++at) lines[at] += "\tR" + std::to_string(at) + "\t";
  const Reading reading = read_bytes(file_of(lines));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  EXPECT_THAT(reading.parsed->report.unknown_columns, ::testing::ElementsAre("Regulatory Code"));
  EXPECT_TRUE(reading.log.rows[0].ends_with("\tR2\t"));
}

TEST(Parse, LastColumnAbsentBlankNameShortAndLongRows_AreAccepted) {
  auto lines = sample_lines();
  for (std::string& line : lines) line.erase(line.rfind('\t'));
  EXPECT_EQ(outcome(file_of(lines)), "accepted") << "23 columns, without promotion-id";

  lines = sample_lines();
  lines[0] = with_cell(lines[0], 9, "");
  EXPECT_EQ(outcome(file_of(lines)), "accepted") << "a blank name in the header";

  lines = sample_lines();
  for (std::string& line : lines) line.erase(line.find_last_not_of('\t') + 1);
  EXPECT_EQ(outcome(file_of(lines)), "accepted") << "rows without trailing tabs";

  lines = sample_lines();
  for (std::string& line : lines) line += "\t\t ";
  EXPECT_EQ(outcome(file_of(lines)), "accepted") << "rows with more tabs than columns";
}

TEST(Parse, IdenticalRows_AreAllKept) {
  const Reading reading = read_bytes(amounts_file("30.00", {"10.00", "10.00", "10.00"}));
  ASSERT_TRUE(reading.parsed);
  EXPECT_EQ(reading.log.rows.size(), 3U);
}

TEST(Parse, TotalsOfEverySign_Tie) {
  EXPECT_EQ(outcome(amounts_file("-12.30", {"-12.3"})), "accepted");
  EXPECT_EQ(outcome(amounts_file("0.00", {"5", "-5.00"})), "accepted");
  EXPECT_EQ(outcome(amounts_file("0", {})), "accepted") << "a period without rows";
  EXPECT_EQ(outcome(amounts_file("-0.01", {"0.00", "-0.01"})), "accepted");
}

TEST(Parse, BlankTransactionTypeOnFeeRow_IsADetailRow) {
  const Reading reading = read_bytes(file_of(
      {header_line(), summary_line("-7.40"), detail_line("", "FBA Fee", "Base fee", "-7.40")}));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  ASSERT_EQ(reading.log.rows.size(), 1U);
  EXPECT_EQ(values(reading.log.rows[0]),
            "|||amazon.com|FBA Fee|Base fee|||2026-10-05T08:14:22.000Z|-7.40");
}

TEST(Parse, CurrencyOnRows_MayBeBlankOrTheSame) {
  const std::string row = with_cell(detail_line("Order", "ItemPrice", "Principal", "1"), 6, "USD");
  EXPECT_EQ(outcome(file_of({header_line(), summary_line("1"), row})), "accepted");
}

TEST(Parse, CurrencyWithoutDecimals_CountsWholeUnits) {
  const Reading reading =
      read_bytes(file_of({header_line(), summary_line("1200", "JPY"),
                          detail_line("Order", "ItemPrice", "Principal", "1200")}));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  EXPECT_EQ(reading.parsed->report.sum.decimal(), "1200");
}

TEST(Parse, PostedDates_TimeBeforeDayBeforeSettlementEnd) {
  const std::string row = detail_line("Order", "ItemPrice", "Principal", "1");
  const Reading reading =
      read_bytes(file_of({header_line(), summary_line("3"), row, with_cell(row, 18, ""),
                          with_cell(with_cell(row, 18, ""), 17, "")}));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  EXPECT_NE(reading.log.rows[0].find("|2026-10-05T08:14:22.000Z|"), std::string::npos);
  EXPECT_NE(reading.log.rows[1].find("|2026-10-05T12:00:00.000Z|"), std::string::npos);
  EXPECT_NE(reading.log.rows[2].find("|2026-10-15T06:59:59.000Z|"), std::string::npos);
  EXPECT_EQ(reading.parsed->rows_without_date, 1U);
}

TEST(Parse, Quotes_AreOrdinaryCharacters) {
  const Reading reading = read_bytes(
      file_of({header_line(), summary_line("1"), detail_line("Order", "\"Item", "7\" saw", "1")}));
  ASSERT_TRUE(reading.parsed) << reading.parsed.error().explain();
  EXPECT_NE(reading.log.rows[0].find("|\"Item|7\" saw|"), std::string::npos);
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
