// Amazon's settlement reports (GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2, and the older layout V1)
// from bytes to rows, without input or output. Two readings of the same bytes: a ReportSurvey says
// how the file is written, then a SettlementReportParser hands over its rows. A SingleReading does
// both at once where the start of a file lets the rest be guessed.
// What is accepted and refused: docs/formats/settlement-report.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/charset.h"
#include "amazon/settlement_report/class_spellings.h"
#include "amazon/settlement_report/date_text.h"
#include "amazon/settlement_report/plain_rows.h"
#include "amazon/settlement_report/report_rows.h"
#include "amazon/settlement_report/report_survey.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report {

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
  // Whether rows of a known spelling are handed over as plain ones: by `take_plain`, else by
  // `take_known`. Both make what `take` would make, but for what was read already.
  // Errors: settlement_report.sum_overflow without a place; the sink's own.
  [[nodiscard]] bool knows_spellings() const { return knows_spellings_; }
  [[nodiscard]] Status take_plain(std::span<const ports::PlainRow> rows);
  [[nodiscard]] Status take_known(const Row& row, const ports::PlainRow& read);
  [[nodiscard]] ClassSpellings& spellings() { return spellings_; }
  // Hands over what is left of a batch.
  [[nodiscard]] Status flush();
  // After the last row; `format` is how the whole file is written.
  // Errors: settlement_report.no_summary_row when the rows are not those of the survey.
  [[nodiscard]] Result<ParsedReport> finish(const ReportRows& rows, const FileFormat& format);

 private:
  [[nodiscard]] bool is_full() const { return filled_ == kBatchRows; }
  [[nodiscard]] bool count(std::int64_t minor);
  // False when the sum of the rows cannot be counted any more; nothing is taken then.
  [[nodiscard]] bool take_whole(const Row& row, std::uint32_t spelling, Instant posted,
                                std::int64_t minor);
  Status take_detail(const Row& row);
  Status take_spelled(const Row& row, std::uint32_t spelling);
  Status take_amount(const Row& row, const AmountColumn& column, ports::SettlementRow shared);
  Status refuse_sum(const Row& row, Column column, const ledger::Money& amount) const;
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
  ledger::Currency currency_;
  std::int64_t sum_ = 0;             // in minor units
  std::uint32_t amount_column_ = 0;  // 1-based; of layouts with one amount per row
  bool summary_seen_ = false;
  std::uint64_t row_count_ = 0;
  std::uint64_t rows_without_date_ = 0;
  DateMemo posted_date_;
  DateMemo posted_date_time_;
  std::vector<ports::SettlementRow> batch_;  // kBatchRows; the first `filled_` count
  std::size_t filled_ = 0;
  bool knows_spellings_;  // the sink
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
  SingleReading(const SingleReading&) = delete;
  SingleReading& operator=(const SingleReading&) = delete;

  // As for SettlementReportParser. An error says only that the file must be read again in two
  // readings, which name the first fault.
  [[nodiscard]] Status feed(std::string_view bytes);
  // The report when the whole file is written as guessed; nothing when it must be read again.
  [[nodiscard]] std::optional<ParsedReport> finish();

 private:
  Status take(const Row& row);
  Status take_runs(LineSplitter& lines);
  Status take_read(std::span<const ports::PlainRow> rows, LineSplitter& lines);

  ReportRows rows_;
  FormatEvidence evidence_;
  Survey guess_;
  PlainRows plain_;
  RowMaker maker_;
};

}  // namespace mlc::amazon::settlement_report
