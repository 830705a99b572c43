#include "amazon/settlement_report/report_survey.h"

#include "amazon/settlement_report/errors.h"

namespace mlc::amazon::settlement_report {

bool reads_alike(const Survey& a, const Survey& b) {
  const ledger::SettlementHeader& one = a.summary.header;
  const ledger::SettlementHeader& other = b.summary.header;
  return a.format.charset == b.format.charset && a.format.mark == b.format.mark &&
         a.format.order == b.format.order && a.summary.line == b.summary.line &&
         one.id == other.id && one.start == other.start && one.end == other.end &&
         one.deposit == other.deposit && one.total == other.total;
}

void FormatEvidence::see_header(const Row& row, bool byte_order_mark) {
  if (byte_order_mark) charsets_.see_byte_order_mark();
  see_bytes(row);
}

Status FormatEvidence::see(const Row& row) {
  see_bytes(row);
  if (is_summary(row)) return see_summary(row);
  if (!row.cell(Column::kTotalAmount).empty()) {
    return failure(row.refuse(kTotalOnDetailRow, Column::kTotalAmount, "a blank cell"));
  }
  return see_detail(row);
}

Status FormatEvidence::see_summary(const Row& row) {
  if (summary_) {
    return failure(row.refuse(kTwoSummaryRows, Column::kTotalAmount, "one summary row")
                       .with("first", std::to_string(summary_->number)));
  }
  summary_ = SummaryLine{row.line().number, row.line().offset, std::string(row.line().bytes)};
  MLC_TRY_STATUS(decimals_.see(row, Column::kTotalAmount));
  return dates_.see_summary(row);
}

Status FormatEvidence::see_detail(const Row& row) {
  ++details_;
  for (const AmountColumn& one : row.header().layout().amounts) {
    if (row.cell(one.amount).empty()) continue;
    MLC_TRY_STATUS(decimals_.see(row, one.amount));
  }
  return dates_.see_detail(row);
}

Result<Survey> FormatEvidence::decide(const ReportRows& rows) const {
  const std::string& file = rows.file();
  if (!summary_) {
    return failure(kNoSummaryRow, {{"file", file},
                                   {"line", std::to_string(rows.line_number())},
                                   {"rows", std::to_string(details_)},
                                   {"found", "no summary row"},
                                   {"expected", "one summary row"}});
  }
  const LoneLine line(summary_->number, summary_->offset, summary_->bytes);
  const Row row(line.line(), *rows.header(), file);
  MLC_TRY(const auto currency, read_currency(row));
  FileFormat format;
  MLC_TRY(format.charset, charsets_.decide(file, currency));
  MLC_TRY(format.mark, decimals_.decide(file, currency));
  format.has_decimals = decimals_.has_decimals(format.mark);
  MLC_TRY(const auto dates, dates_.decide());
  format.order = dates.order;
  format.date_pattern = dates.text;
  MLC_TRY(auto summary, read_summary(row, format));
  return Survey{std::move(summary), std::move(format)};
}

Status ReportSurvey::feed(std::string_view bytes) {
  return rows_.feed(
      bytes,
      [this](const Row& row) -> Status {
        evidence_.see_header(row, rows_.has_byte_order_mark());
        return {};
      },
      [this](const Row& row) { return evidence_.see(row); }, []() -> Status { return {}; });
}

Result<Survey> ReportSurvey::finish() {
  std::optional<Survey> out;
  MLC_TRY_STATUS(rows_.finish());
  MLC_TRY_STATUS(rows_.remember([&]() -> Status {
    MLC_TRY(out, evidence_.decide(rows_));
    return {};
  }));
  return std::move(*out);
}

std::optional<Survey> ReportSurvey::guess() const {
  if (!rows_.header()) return std::nullopt;
  auto out = evidence_.decide(rows_);
  if (!out) return std::nullopt;
  return std::move(*out);
}

}  // namespace mlc::amazon::settlement_report
