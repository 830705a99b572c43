// The first reading of a report: the summary row, and how the file is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "amazon/settlement_report/cells.h"
#include "amazon/settlement_report/charset_evidence.h"
#include "amazon/settlement_report/date_evidence.h"
#include "amazon/settlement_report/file_format.h"
#include "amazon/settlement_report/report_rows.h"
#include "base/result.h"

namespace mlc::amazon::settlement_report {

struct Survey {
  SummaryRow summary;
  FileFormat format;
};

// Whether both say the same of everything that rows are read by.
[[nodiscard]] bool reads_alike(const Survey& a, const Survey& b);

// Looks at every amount, date and byte above 0x7F, because the format is a matter of the whole
// file: "1.234" and "05/06/26" say nothing alone. Keeps only what decides. Not thread-safe.
class FormatEvidence {
 public:
  explicit FormatEvidence(const std::string& file) : dates_(file) {}

  // The header row, and whether a byte order mark stands before it.
  void see_header(const Row& row, bool byte_order_mark);
  // A row below it. Errors: settlement_report.two_summary_rows, .total_on_detail_row, .bad_amount,
  // .unknown_date, .mixed_formats.
  [[nodiscard]] Status see(const Row& row);
  // Detail rows of which `see` would find nothing new.
  void see_plain(std::size_t count) { details_ += count; }
  [[nodiscard]] const DecimalEvidence& decimals() const { return decimals_; }
  // What all rows so far say, when `rows` gave them and has read a header.
  // Errors: settlement_report.no_summary_row, .mixed_formats, those of read_summary, and the
  // .ambiguous_ and .unknown_ ones of the three kinds of evidence.
  [[nodiscard]] Result<Survey> decide(const ReportRows& rows) const;

 private:
  struct SummaryLine {
    std::uint64_t number;
    std::uint64_t offset;
    std::string bytes;
  };

  void see_bytes(const Row& row) {
    if (row.is_high()) charsets_.see(row);
  }
  Status see_summary(const Row& row);
  Status see_detail(const Row& row);

  CharsetEvidence charsets_;
  DecimalEvidence decimals_;
  DateEvidence dates_;
  std::optional<SummaryLine> summary_;
  std::uint64_t details_ = 0;
};

// Feeds on bytes in any pieces. After the first error every call returns that error. Not
// thread-safe.
class ReportSurvey {
 public:
  explicit ReportSurvey(const std::string& file) : rows_(file), evidence_(file) {}

  // Errors: those of ReportRows::feed and FormatEvidence::see.
  [[nodiscard]] Status feed(std::string_view bytes);
  // Errors: those of ReportRows::finish and FormatEvidence::decide.
  [[nodiscard]] Result<Survey> finish();
  // What the bytes so far say, to be confirmed by the rest; nothing when they do not decide.
  [[nodiscard]] std::optional<Survey> guess() const;

 private:
  ReportRows rows_;
  FormatEvidence evidence_;
};

}  // namespace mlc::amazon::settlement_report
