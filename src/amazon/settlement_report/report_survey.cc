#include "amazon/settlement_report/report_survey.h"

#include "amazon/settlement_report/errors.h"

namespace mlc::amazon::settlement_report {

Status ReportSurvey::feed(std::string_view bytes) {
  return rows_.feed(
      bytes,
      [this](const Row& row) -> Status {
        see_bytes(row);
        return {};
      },
      [this](const Row& row) { return take(row); }, []() -> Status { return {}; });
}

void ReportSurvey::see_bytes(const Row& row) {
  if (rows_.row_is_high()) charsets_.see(row);
}

Status ReportSurvey::take(const Row& row) {
  see_bytes(row);
  if (is_summary(row)) return take_summary(row);
  if (!row.cell(Column::kTotalAmount).empty()) {
    return failure(row.refuse(kTotalOnDetailRow, Column::kTotalAmount, "a blank cell"));
  }
  return take_detail(row);
}

Status ReportSurvey::take_summary(const Row& row) {
  if (summary_) {
    return failure(row.refuse(kTwoSummaryRows, Column::kTotalAmount, "one summary row")
                       .with("first", std::to_string(summary_->number)));
  }
  summary_ = SummaryLine{row.line().number, row.line().offset, std::string(row.line().bytes)};
  MLC_TRY_STATUS(decimals_.see(row, Column::kTotalAmount, rows_.file()));
  return dates_.see_summary(row);
}

Status ReportSurvey::take_detail(const Row& row) {
  ++details_;
  for (const AmountColumn& one : row.header().layout().amounts) {
    if (row.cell(one.amount).empty()) continue;
    MLC_TRY_STATUS(decimals_.see(row, one.amount, rows_.file()));
  }
  return dates_.see_detail(row);
}

Result<Survey> ReportSurvey::decide() {
  const Line line{summary_->number, summary_->offset, summary_->bytes, false};
  std::vector<std::string_view> cells;
  split_cells(line.bytes, cells);
  const Row row(line, cells, *rows_.header(), rows_.file());
  MLC_TRY(const auto currency, read_currency(row));
  if (rows_.has_byte_order_mark()) charsets_.see_byte_order_mark();
  FileFormat format;
  MLC_TRY(format.charset, charsets_.decide(rows_.file(), currency));
  MLC_TRY(format.mark, decimals_.decide(rows_.file(), currency));
  format.has_decimals = decimals_.has_decimals(format.mark);
  MLC_TRY(const auto dates, dates_.decide());
  format.order = dates.order;
  format.date_pattern = dates.text;
  MLC_TRY(auto summary, read_summary(row, format));
  return Survey{std::move(summary), std::move(format)};
}

Result<Survey> ReportSurvey::finish() {
  std::optional<Survey> out;
  MLC_TRY_STATUS(rows_.finish());
  MLC_TRY_STATUS(rows_.remember([&]() -> Status {
    if (!summary_) {
      return failure(kNoSummaryRow, {{"file", rows_.file()},
                                     {"line", std::to_string(rows_.line_number())},
                                     {"rows", std::to_string(details_)},
                                     {"found", "no summary row"},
                                     {"expected", "one summary row"}});
    }
    MLC_TRY(out, decide());
    return {};
  }));
  return std::move(*out);
}

}  // namespace mlc::amazon::settlement_report
