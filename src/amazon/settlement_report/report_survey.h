// The first reading of a report: the summary row, and how the file is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// Looks at every amount, date and byte above 0x7F, because the format is a matter of the whole
// file: "1.234" and "05/06/26" say nothing alone. Feeds on bytes in any pieces and keeps only what
// decides. After the first error every call returns that error. Not thread-safe.
class ReportSurvey {
 public:
  explicit ReportSurvey(std::string file) : rows_(file), dates_(std::move(file)) {}

  // Errors: those of ReportRows::feed; settlement_report.two_summary_rows, .total_on_detail_row,
  // .bad_amount, .unknown_date, .mixed_formats.
  [[nodiscard]] Status feed(std::string_view bytes);
  // Errors: those of ReportRows::finish; settlement_report.no_summary_row, .mixed_formats, those
  // of read_summary, and the .ambiguous_ and .unknown_ ones of the three kinds of evidence.
  [[nodiscard]] Result<Survey> finish();

 private:
  struct SummaryLine {
    std::uint64_t number;
    std::uint64_t offset;
    std::string bytes;
  };

  void see_bytes(const Row& row);
  Status take(const Row& row);
  Status take_summary(const Row& row);
  Status take_detail(const Row& row);
  Result<Survey> decide();

  ReportRows rows_;
  CharsetEvidence charsets_;
  DecimalEvidence decimals_;
  DateEvidence dates_;
  std::optional<SummaryLine> summary_;
  std::uint64_t details_ = 0;
};

}  // namespace mlc::amazon::settlement_report
