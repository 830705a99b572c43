// Amazon's GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2 from bytes to rows, without input or output.
// What is accepted and refused: docs/formats/settlement-report.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amazon/settlement_report/date_pattern.h"
#include "amazon/settlement_report/header.h"
#include "amazon/settlement_report/line_splitter.h"
#include "amazon/settlement_report/row.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report {

inline constexpr std::size_t kBatchRows = 1024;         // rows handed to the sink at once
inline constexpr std::size_t kLineLimit = 1024 * 1024;  // bytes of a line
// Bytes of rows before the summary row that one pass keeps until it knows their currency.
inline constexpr std::size_t kHeldLimit = 8 * 1024 * 1024;

// The summary row and where it stands.
struct SummaryRow {
  ledger::SettlementHeader header;
  std::uint64_t line = 0;
  std::size_t total_column = 0;  // 1-based
};

// A whole file as it was read. Whether its rows add up to its total is a question of its own.
struct ParsedReport {
  ports::ReadReport report;
  SummaryRow summary;
  std::uint64_t rows_without_date = 0;  // both posted dates blank: the settlement's end counts
};

// Sum of the detail rows = total-amount of the summary row, exactly (Amazon's files keep it,
// reserve rows included). `file` names the source. Errors: settlement_report.sum_differs. Pure.
[[nodiscard]] Status check_control_identity(const ParsedReport& parsed, const std::string& file);

// Feeds on bytes in any pieces and hands rows to a sink. After the first error every call returns
// that error. Not thread-safe.
class SettlementReportParser {
 public:
  enum class Pass {
    kOnly,         // rows before the summary row are kept (kHeldLimit) until it is found
    kFindSummary,  // hands over nothing, keeps nothing; `summary` tells when it is found
    kWithSummary,  // the summary row is known from a pass before
  };
  struct Options {
    std::string file;  // names the source in messages
    Pass pass = Pass::kOnly;
    std::optional<SummaryRow> summary;  // for kWithSummary
  };

  // `sink` must outlive the parser; it may be null for kFindSummary.
  SettlementReportParser(Options options, ports::RowSink* sink);

  // Rows handed to the sink during a call view into `bytes` or into the parser, until they return.
  // Errors: those of errors.h, and the sink's own.
  [[nodiscard]] Status feed(std::string_view bytes);
  // The end of the content. Errors: settlement_report.empty, .cut_off, .no_summary_row.
  [[nodiscard]] Result<ParsedReport> finish();

  // The summary row as soon as it is known.
  [[nodiscard]] const std::optional<SummaryRow>& summary() const { return summary_; }

 private:
  struct HeldLine {
    std::uint64_t number;
    std::uint64_t offset;
    std::size_t begin;
    std::size_t size;
  };

  Status take(std::string_view bytes);
  Status take_line(Line line);
  Status check_text(const Line& line) const;
  Status take_header(const Line& line);
  Status take_row(const Row& row);
  Status take_summary(const Row& row);
  Status take_detail(const Row& row);
  Status hold(const Line& line);
  Status replay_held();
  Status begin_rows();
  Status flush();
  Result<Instant> posted(const Row& row);
  Status check_line_size(std::size_t size, std::uint64_t number) const;
  Status check_whole() const;

  Options options_;
  ports::RowSink* sink_;
  LineSplitter splitter_;
  std::vector<std::string_view> cells_;
  std::optional<Header> header_;
  std::optional<SummaryRow> summary_;
  std::optional<ledger::Money> sum_;
  bool summary_seen_ = false;
  std::uint64_t row_count_ = 0;
  std::uint64_t rows_without_date_ = 0;
  DateMemo posted_date_;
  DateMemo posted_date_time_;
  std::vector<ports::SettlementRow> batch_;
  std::string held_;
  std::vector<HeldLine> held_lines_;
  std::optional<Error> failed_;
};

}  // namespace mlc::amazon::settlement_report
