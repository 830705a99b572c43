// Amazon's settlement reports (GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2, and the older layout V1)
// from bytes to rows, without input or output. Two readings of the same bytes: a ReportSurvey says
// how the file is written, then a SettlementReportParser hands over its rows. A SingleReading does
// both at once where the start of a file lets the rest be guessed.
// What is accepted and refused: docs/formats/settlement-report.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/charset.h"
#include "amazon/settlement_report/class_spellings.h"
#include "amazon/settlement_report/date_text.h"
#include "amazon/settlement_report/report_rows.h"
#include "amazon/settlement_report/report_survey.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report {

inline constexpr std::size_t kBatchRows = 1024;  // rows handed to the sink at once

// A whole file as it was read. Whether its rows add up to its total is a question of its own.
struct ParsedReport {
  ports::ReadReport report;
  SummaryRow summary;
  std::uint64_t rows_without_date = 0;  // both posted dates blank: the settlement's end counts
};

// Sum of the detail rows = total-amount of the summary row, exactly (Amazon's files keep it,
// reserve rows included). `file` names the source. Errors: settlement_report.sum_differs. Pure.
[[nodiscard]] Status check_control_identity(const ParsedReport& parsed, const std::string& file);

// Makes rows of amounts out of the rows of a file, in batches. Not thread-safe.
class RowMaker {
 public:
  // `sink` must outlive it.
  RowMaker(Survey survey, ports::RowSink& sink);

  [[nodiscard]] Status take_header(const Row& row);
  // A row below the header. What is handed to the sink views into the row until `flush`.
  // Errors: those of errors.h, and the sink's own.
  [[nodiscard]] Status take(const Row& row);
  // Hands over what is left of a batch.
  [[nodiscard]] Status flush();
  // After the last row; `format` is how the whole file is written.
  // Errors: settlement_report.no_summary_row when the rows are not those of the survey.
  [[nodiscard]] Result<ParsedReport> finish(const ReportRows& rows, const FileFormat& format);

 private:
  Status take_detail(const Row& row);
  Status take_known(const Row& row, const ClassSpellings::Spelling& spelling);
  Status take_amount(const Row& row, const AmountColumn& column, ports::SettlementRow shared);
  Status add(const Row& row, Column column);
  void keep_spelling(const Row& row, ports::SettlementRow& made);
  Result<ports::SettlementRow> shared_of(const Row& row);
  Result<std::string_view> description(const Row& row, const AmountColumn& column);
  Result<std::string_view> text(const Row& row, Column column);
  Result<Instant> posted(const Row& row);
  std::vector<std::string> unknown_columns(const Header& header);

  Survey survey_;
  ports::RowSink& sink_;
  DecodedTexts texts_;
  ClassSpellings spellings_;
  ledger::Money sum_;
  bool summary_seen_ = false;
  std::uint64_t row_count_ = 0;
  std::uint64_t rows_without_date_ = 0;
  DateMemo posted_date_;
  DateMemo posted_date_time_;
  std::vector<ports::SettlementRow> batch_;
};

// Feeds on bytes in any pieces and hands rows to a sink. After the first error every call returns
// that error. Not thread-safe.
class SettlementReportParser {
 public:
  // `survey` is that of the same bytes; `sink` must outlive the parser.
  SettlementReportParser(std::string file, Survey survey, ports::RowSink& sink);

  // Rows handed to the sink during a call view into `bytes` or into the parser, until they return.
  // Errors: those of errors.h, and the sink's own.
  [[nodiscard]] Status feed(std::string_view bytes);
  // The end of the content. Errors: those of ReportRows::finish; settlement_report.no_summary_row
  // when the bytes are not those of the survey.
  [[nodiscard]] Result<ParsedReport> finish();

 private:
  ReportRows rows_;
  FileFormat format_;
  RowMaker maker_;
};

// Both readings at once: rows are made as `guess` says while everything that decides is looked at.
// Not thread-safe.
class SingleReading {
 public:
  // `guess` comes from the first bytes of the content; `sink` must outlive it.
  SingleReading(const std::string& file, const Survey& guess, ports::RowSink& sink);

  // As for SettlementReportParser. An error says only that the file must be read again in two
  // readings, which name the first fault.
  [[nodiscard]] Status feed(std::string_view bytes);
  // The report when the whole file is written as guessed; nothing when it must be read again.
  [[nodiscard]] std::optional<ParsedReport> finish();

 private:
  ReportRows rows_;
  FormatEvidence evidence_;
  Survey guess_;
  RowMaker maker_;
};

}  // namespace mlc::amazon::settlement_report
