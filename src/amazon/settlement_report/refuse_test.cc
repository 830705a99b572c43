// What is refused, by which name, and what the refusal tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/testing/report_text.h"

namespace mlc::amazon::settlement_report {
namespace {

using testing::detail_line;
using testing::file_of;
using testing::header_line;
using testing::outcome;
using testing::read_bytes;
using testing::replaced;
using testing::sample_lines;
using testing::summary_line;
using testing::with_cell;

Error refusal(std::string_view bytes) {
  const auto reading = read_bytes(bytes);
  return reading.parsed ? Error(kEmpty, {{"file", "it was accepted"}}) : reading.parsed.error();
}

// The sample with one cell of one line changed; lines and cells count from 1.
std::string changed(std::size_t line, std::size_t cell, std::string_view text) {
  auto lines = sample_lines();
  lines[line - 1] = with_cell(lines[line - 1], cell, text);
  return file_of(lines);
}

struct CellCase {
  const char* what;
  std::size_t line;
  std::size_t cell;
  const char* text;
  const char* id;
  const char* column;
  const char* found;
  const char* expected;  // a part of it
};

TEST(Refuse, OneWrongCell_IsNamedWithPlaceFoundExpectedAndCure) {
  const CellCase cases[] = {
      {"dotted date among others", 9, 17, "15.10.2026", "settlement_report.mixed_formats",
       "posted-date", "15.10.2026", "YYYY-MM-DD"},
      {"slash date among others", 9, 17, "10/05/26", "settlement_report.mixed_formats",
       "posted-date", "10/05/26", "YYYY-MM-DD"},
      {"dashes with the day first", 2, 3, "15-10-2026", "settlement_report.unknown_date",
       "settlement-end-date", "15-10-2026", "DD.MM.YYYY"},
      {"day that does not exist", 9, 18, "2026-02-30 00:00:00 UTC",
       "settlement_report.unknown_date", "posted-date-time", "2026-02-30 00:00:00 UTC", "UTC"},
      {"no end", 2, 3, "", "settlement_report.missing_value", "settlement-end-date", "a blank cell",
       "YYYY-MM-DD"},
      {"no id", 2, 1, "", "settlement_report.missing_value", "settlement-id", "a blank cell",
       "settlement-id"},
      {"no currency", 2, 6, " ", "settlement_report.missing_value", "currency", "a blank cell",
       "ISO 4217"},
      {"no such currency", 2, 6, "US$", "settlement_report.unknown_currency", "currency", "US$",
       "ISO 4217"},
      {"amount with comma", 5, 15, "-74,17", "settlement_report.mixed_formats", "amount", "-74,17",
       "decimal point"},
      {"thousands mark the wrong way", 3, 15, "1.899,00", "settlement_report.mixed_formats",
       "amount", "1.899,00", "decimal point"},
      {"amount as text", 3, 15, "n/a", "settlement_report.bad_amount", "amount", "n/a",
       "decimals of its currency"},
      {"amount with three decimals", 3, 15, "899.005", "settlement_report.mixed_formats", "amount",
       "899.005", "at most 2 decimals (USD)"},
      {"amount in floating point", 3, 15, "8.99e2", "settlement_report.bad_amount", "amount",
       "8.99e2", "decimal point"},
      {"amount with plus", 3, 15, "+899.00", "settlement_report.bad_amount", "amount", "+899.00",
       "decimal point"},
      {"amount in parentheses", 3, 15, "(899.00)", "settlement_report.bad_amount", "amount",
       "(899.00)", "decimal point"},
      {"blank amount", 3, 15, "", "settlement_report.missing_value", "amount", "a blank cell",
       "decimal point"},
      {"other settlement", 7, 1, "20612345672", "settlement_report.other_settlement",
       "settlement-id", "20612345672", "20612345671"},
      {"row without id", 7, 1, "", "settlement_report.other_settlement", "settlement-id",
       "a blank cell", "20612345671"},
      {"other currency", 7, 6, "CAD", "settlement_report.other_currency", "currency", "CAD", "USD"},
      {"total on a detail row", 7, 5, "1.00", "settlement_report.total_on_detail_row",
       "total-amount", "1.00", "a blank cell"},
      {"sum beyond counting", 7, 15, "92233720368547758.07", "settlement_report.sum_overflow",
       "amount", "92233720368547758.07", "counted"},
  };
  for (const CellCase& one : cases) {
    const Error error = refusal(changed(one.line, one.cell, one.text));
    EXPECT_EQ(error.id(), one.id) << one.what;
    EXPECT_EQ(error.fact("file"), "report.txt") << one.what;
    EXPECT_EQ(error.fact("line"), std::to_string(one.line)) << one.what;
    EXPECT_EQ(error.fact("column_number"), std::to_string(one.cell)) << one.what;
    EXPECT_EQ(error.fact("column"), one.column) << one.what;
    EXPECT_EQ(error.fact("found"), one.found) << one.what;
    EXPECT_THAT(std::string(error.fact("expected")), ::testing::HasSubstr(one.expected))
        << one.what;
    EXPECT_FALSE(error.cure().empty()) << one.what;
    EXPECT_EQ(error.exit_code(), ExitCode::kBadInput) << one.what;
    EXPECT_EQ(error.text().find('{'), std::string::npos) << error.text();
  }
}

TEST(Refuse, WrongCell_ByteIsTheCellsPlaceInTheFile) {
  const std::string bytes = changed(20, 15, "1;20");
  EXPECT_EQ(refusal(bytes).fact("byte"), std::to_string(bytes.find("1;20")));
}

TEST(Refuse, MandatoryColumnAbsent_IsNamed) {
  for (const char* name : {"settlement-id", "total-amount", "currency", "transaction-type",
                           "amount-type", "amount-description", "amount"}) {
    auto lines = sample_lines();
    const std::string with_tabs = "\t" + lines[0] + "\t";
    lines[0] = replaced(with_tabs, "\t" + std::string(name) + "\t", "\tsomething\t");
    const Error error = refusal(file_of(lines));
    EXPECT_EQ(error.id(), "settlement_report.missing_columns") << name;
    EXPECT_EQ(error.fact("missing"), name);
    EXPECT_EQ(error.fact("line"), "1");
  }
}

TEST(Refuse, SettlementDateColumnAbsent_IsNamed) {
  auto lines = sample_lines();
  lines[0] = replaced(lines[0], "settlement-end-date", "x");
  const Error error = refusal(file_of(lines));
  EXPECT_EQ(error.id(), "settlement_report.missing_value");
  EXPECT_EQ(error.fact("column"), "settlement-end-date");
  EXPECT_EQ(error.fact("found"), "no such column in the header");
}

TEST(Refuse, ColumnTwice_NamesBothPlaces) {
  auto lines = sample_lines();
  lines[0] = replaced(lines[0], "promotion-id", "Amount");
  const Error error = refusal(file_of(lines));
  EXPECT_EQ(error.id(), "settlement_report.duplicate_column");
  EXPECT_EQ(error.fact("column"), "amount");
  EXPECT_EQ(error.fact("first"), "15");
  EXPECT_EQ(error.fact("column_number"), "24");
}

TEST(Refuse, OneCentOff_SaysSumTotalAndDifference) {
  const Error error = refusal(changed(33, 15, "-301.99"));
  EXPECT_EQ(error.id(), "settlement_report.sum_differs");
  EXPECT_EQ(error.fact("line"), "2");
  EXPECT_EQ(error.fact("column_number"), "5");
  EXPECT_EQ(error.fact("found"), "1412.37");
  EXPECT_EQ(error.fact("expected"), "1412.36");
  EXPECT_EQ(error.fact("difference"), "0.01");
  EXPECT_EQ(error.text(),
            "report.txt, line 2, column 5 (total-amount): the 31 rows add up to 1412.37 USD; "
            "expected 1412.36 USD; the difference is 0.01 USD.");
}

TEST(Refuse, NoSummaryRow_SaysHowManyRowsWereLookedAt) {
  auto lines = sample_lines();
  lines.erase(lines.begin() + 1);
  const Error error = refusal(file_of(lines));
  EXPECT_EQ(error.id(), "settlement_report.no_summary_row");
  EXPECT_EQ(error.fact("rows"), "31");
}

TEST(Refuse, TwoSummaryRows_NamesBothLines) {
  auto lines = sample_lines();
  lines.insert(lines.begin() + 10, lines[1]);
  const Error error = refusal(file_of(lines));
  EXPECT_EQ(error.id(), "settlement_report.two_summary_rows");
  EXPECT_EQ(error.fact("line"), "11");
  EXPECT_EQ(error.fact("first"), "2");
}

TEST(Refuse, TotalAndTypeWithoutAmount_IsNoSummaryRow) {
  auto lines = sample_lines();
  lines[6] = with_cell(with_cell(lines[6], 5, "1.00"), 15, "");
  const Error error = refusal(file_of(lines));
  EXPECT_EQ(error.id(), "settlement_report.total_on_detail_row");
  EXPECT_EQ(error.fact("line"), "7");
}

TEST(Refuse, ZeroByte_IsNamed) {
  EXPECT_EQ(outcome(changed(9, 22, std::string_view("AB\0CD", 5))), "settlement_report.nul_byte");
}

TEST(Refuse, LongLine_IsRefusedBeforeItIsWhole) {
  const std::string huge(kLineLimit + 1, 'x');
  EXPECT_EQ(outcome(changed(9, 22, huge)), "settlement_report.line_too_long");
  EXPECT_EQ(outcome(changed(9, 22, huge.substr(1000))), "accepted");
  const auto endless = read_bytes(file_of(sample_lines()) + huge, 4096);
  ASSERT_FALSE(endless.parsed);
  EXPECT_EQ(endless.parsed.error().id(), "settlement_report.line_too_long");
  EXPECT_EQ(endless.parsed.error().fact("line"), "34");
}

TEST(Refuse, TextBeyondTheHeader_IsNotDropped) {
  auto lines = sample_lines();
  lines[5] += "\t\tmore";
  const Error error = refusal(file_of(lines));
  EXPECT_EQ(error.id(), "settlement_report.cell_without_column");
  EXPECT_EQ(error.fact("line"), "6");
  EXPECT_EQ(error.fact("column_number"), "26");
  EXPECT_EQ(error.fact("found"), "more");
}

TEST(Refuse, NothingInTheFile_IsEmpty) {
  EXPECT_EQ(outcome(""), "settlement_report.empty");
  EXPECT_EQ(outcome("\r\n \n"), "settlement_report.empty");
  EXPECT_EQ(outcome("\xEF\xBB\xBF\n"), "settlement_report.empty");
}

TEST(Refuse, NoLineEndAtTheEnd_IsCutOff) {
  std::string bytes = file_of(sample_lines());
  bytes.pop_back();
  const Error error = refusal(bytes);
  EXPECT_EQ(error.id(), "settlement_report.cut_off");
  EXPECT_EQ(error.fact("line"), "33");
}

TEST(Refuse, CutAtEveryByte_IsNeverAccepted) {
  std::string with_cr_lf;
  for (const auto& line : sample_lines()) with_cr_lf += line + "\r\n";
  for (const std::string& bytes : {file_of(sample_lines()), with_cr_lf}) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const Error error = refusal(std::string_view(bytes).substr(0, size));
      const bool at_line_end = size > 0 && bytes[size - 1] == '\n';
      const bool named = at_line_end ? error.is(kSumDiffers) || error.is(kNoSummaryRow)
                                     : error.is(kCutOff) || (size == 0 && error.is(kEmpty));
      ASSERT_TRUE(named) << size << ": " << error.id();
      ASSERT_NE(error.fact("file"), "it was accepted") << size;
    }
    EXPECT_EQ(outcome(bytes), "accepted");
  }
}

TEST(Refuse, CutAtALineEndBeforeRowsThatAddUpToZero_ContentCannotTell) {
  // The one cut that no content shows; the download's length is what proves it.
  auto lines = sample_lines();
  lines.push_back(detail_line("Order", "ItemPrice", "Principal", "0.00"));
  EXPECT_EQ(outcome(file_of(lines)), "accepted");
  lines.pop_back();
  EXPECT_EQ(outcome(file_of(lines)), "accepted");
}

TEST(Refuse, AfterARefusal_EveryCallSaysTheSame) {
  ReportSurvey survey("report.txt");
  ASSERT_TRUE(survey.feed(file_of({header_line(), summary_line("1")})));
  const Status first = survey.feed(summary_line("1") + "\n");
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().id(), "settlement_report.two_summary_rows");
  EXPECT_EQ(survey.feed(detail_line("a", "b", "c", "1") + "\n").error().id(), first.error().id());
  EXPECT_EQ(survey.finish().error().id(), first.error().id());
}

Survey survey_of(const std::string& bytes) {
  ReportSurvey survey("report.txt");
  EXPECT_TRUE(survey.feed(bytes));
  auto out = survey.finish();
  EXPECT_TRUE(out) << out.error().explain();
  return std::move(*out);
}

TEST(Refuse, OtherBytesThanSurveyed_AreRefused) {
  const std::string first = file_of({header_line(), summary_line("1")});
  const std::string rows = file_of({header_line(), detail_line("a", "b", "c", "1")});
  const std::string comma = file_of({header_line(), detail_line("a", "b", "c", "1,00")});
  const std::string turned =
      file_of({header_line(), detail_line("a", "b", "c", "1"), summary_line("1")});
  for (const auto& [bytes, id] : {std::pair(rows, "settlement_report.no_summary_row"),
                                  std::pair(comma, "settlement_report.bad_amount"),
                                  std::pair(turned, "settlement_report.two_summary_rows")}) {
    testing::RowLog log;
    SettlementReportParser parser("report.txt", survey_of(first), log);
    static_cast<void>(parser.feed(bytes));
    const auto parsed = parser.finish();
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().id(), id);
    EXPECT_EQ(parser.feed(bytes).error().id(), id);
  }
}

class RefusingSink final : public ports::RowSink {
 public:
  Status on_header(const ledger::SettlementHeader&) override { return {}; }
  Status on_rows(std::span<const ports::SettlementRow>) override { return failure(kEmpty); }
  Status on_restart() override { return {}; }
};

TEST(Refuse, SinkThatFails_StopsTheReading) {
  RefusingSink sink;
  const std::string bytes = file_of(sample_lines());
  SettlementReportParser parser("report.txt", survey_of(bytes), sink);
  EXPECT_EQ(parser.feed(bytes).error().id(), kEmpty.id);
  EXPECT_EQ(parser.finish().error().id(), kEmpty.id);
}

}  // namespace
}  // namespace mlc::amazon::settlement_report
