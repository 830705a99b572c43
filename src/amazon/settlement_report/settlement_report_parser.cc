#include "amazon/settlement_report/settlement_report_parser.h"

#include <algorithm>

#include "amazon/settlement_report/cells.h"
#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/utf8.h"
#include "base/digest.h"
#include "base/expect.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

SettlementReportParser::SettlementReportParser(Options options, ports::RowSink* sink)
    : options_(std::move(options)), sink_(sink) {
  MLC_EXPECT(sink_ != nullptr || options_.pass == Pass::kFindSummary);
  MLC_EXPECT(options_.summary.has_value() == (options_.pass == Pass::kWithSummary));
}

Status SettlementReportParser::feed(std::string_view bytes) {
  if (failed_) return failure(*failed_);
  Status taken = take(bytes);
  if (!taken) failed_ = taken.error();
  return taken;
}

Status SettlementReportParser::take(std::string_view bytes) {
  splitter_.push(bytes);
  while (const auto line = splitter_.next()) {
    MLC_TRY_STATUS(take_line(*line));
    // The next line may overwrite the copy that the batch looks at.
    if (line->joined) MLC_TRY_STATUS(flush());
  }
  MLC_TRY_STATUS(check_line_size(splitter_.unfinished().size(), splitter_.line_number()));
  return flush();
}

Status SettlementReportParser::take_line(Line line) {
  MLC_TRY_STATUS(check_line_size(line.bytes.size(), line.number));
  if (line.number == 1 && line.bytes.starts_with(kByteOrderMark)) {
    line.bytes.remove_prefix(kByteOrderMark.size());
    line.offset += kByteOrderMark.size();
  }
  MLC_TRY_STATUS(check_text(line));
  if (is_blank(line.bytes)) return {};
  split_cells(line.bytes, cells_);
  if (!header_) return take_header(line);
  return take_row(Row(line, cells_, *header_, options_.file));
}

Status SettlementReportParser::check_line_size(std::size_t size, std::uint64_t number) const {
  if (size <= kLineLimit) return {};
  return failure(kLineTooLong, {{"file", options_.file},
                                {"line", std::to_string(number)},
                                {"found", std::to_string(kLineLimit)},
                                {"expected", "a row of columns, then a line end"}});
}

Status SettlementReportParser::check_text(const Line& line) const {
  const auto bad = first_invalid_utf8(line.bytes);
  if (!bad) return {};
  const std::string_view before = line.bytes.substr(0, *bad);
  const auto column = static_cast<std::size_t>(std::ranges::count(before, '\t'));
  const std::string_view name = header_ ? header_->name(column) : "";
  const ErrorKind& kind = line.bytes[*bad] == '\0' ? kNulByte : kNotUtf8;
  return failure(kind, {{"file", options_.file},
                        {"line", std::to_string(line.number)},
                        {"byte", std::to_string(line.offset + *bad)},
                        {"column_number", std::to_string(column + 1)},
                        {"column", name.empty() ? "no name" : std::string(name)},
                        {"found", to_hex(line.bytes.substr(*bad, 4))},
                        {"expected", "text in UTF-8"}});
}

Status SettlementReportParser::take_header(const Line& line) {
  MLC_TRY(header_, Header::read(line, cells_, options_.file));
  if (options_.pass != Pass::kWithSummary) return {};
  summary_ = options_.summary;
  return begin_rows();
}

Status SettlementReportParser::begin_rows() {
  sum_ = ledger::Money::zero(summary_->header.total.currency());
  if (options_.pass == Pass::kFindSummary) return {};
  batch_.reserve(kBatchRows);
  return sink_->on_header(summary_->header);
}

Status SettlementReportParser::take_row(const Row& row) {
  if (const auto at = row.cell_beyond_header(); at != Header::kAbsent) {
    return failure(row.refuse_position(kCellWithoutColumn, at, std::to_string(header_->size())));
  }
  if (is_summary(row)) return take_summary(row);
  if (!row.cell(Column::kTotalAmount).empty()) {
    return failure(row.refuse(kTotalOnDetailRow, Column::kTotalAmount, "a blank cell"));
  }
  if (options_.pass != Pass::kFindSummary) return summary_ ? take_detail(row) : hold(row.line());
  ++row_count_;
  return {};
}

Status SettlementReportParser::take_summary(const Row& row) {
  if (summary_seen_) {
    return failure(row.refuse(kTwoSummaryRows, Column::kTotalAmount, "one summary row")
                       .with("first", std::to_string(summary_->line)));
  }
  summary_seen_ = true;
  if (options_.pass == Pass::kWithSummary) return {};
  MLC_TRY(summary_, read_summary(row, header_->position(Column::kTotalAmount) + 1));
  MLC_TRY_STATUS(begin_rows());
  return replay_held();
}

Status SettlementReportParser::hold(const Line& line) {
  ++row_count_;
  if (held_.size() + line.bytes.size() > kHeldLimit) {
    return failure(kSummaryRowLate, {{"file", options_.file},
                                     {"line", std::to_string(line.number)},
                                     {"found", std::to_string(held_.size())},
                                     {"expected", std::to_string(kHeldLimit)}});
  }
  held_lines_.push_back({line.number, line.offset, held_.size(), line.bytes.size()});
  held_ += line.bytes;
  return {};
}

Status SettlementReportParser::replay_held() {
  row_count_ = 0;
  for (const HeldLine& held : held_lines_) {
    const std::string_view bytes = std::string_view(held_).substr(held.begin, held.size);
    const Line line{held.number, held.offset, bytes, false};
    split_cells(line.bytes, cells_);
    MLC_TRY_STATUS(take_detail(Row(line, cells_, *header_, options_.file)));
  }
  MLC_TRY_STATUS(flush());
  held_lines_ = {};
  held_ = {};
  return {};
}

Result<Instant> SettlementReportParser::posted(const Row& row) {
  const auto read = [&row](Column column, DateMemo& memo) -> Result<std::optional<Instant>> {
    const std::string_view cell = row.cell(column);
    if (cell.empty()) return std::nullopt;
    const auto instant = memo.read(cell);
    if (!instant) return failure(row.refuse(kUnknownDate, column, expected_dates()));
    return instant;
  };
  MLC_TRY(const auto day, read(Column::kPostedDate, posted_date_));
  MLC_TRY(const auto moment, read(Column::kPostedDateTime, posted_date_time_));
  if (moment) return *moment;
  if (day) return *day;
  ++rows_without_date_;
  return summary_->header.end;
}

Status SettlementReportParser::take_detail(const Row& row) {
  const ledger::SettlementHeader& header = summary_->header;
  MLC_TRY_STATUS(check_belongs(row, header));
  MLC_TRY(const auto amount, read_amount(row, Column::kAmount, header.total.currency()));
  MLC_TRY(const auto posted_at, posted(row));
  auto sum = sum_->plus(amount);
  if (!sum) {
    return failure(row.refuse(kSumOverflow, Column::kAmount, "a sum that can be counted")
                       .caused_by(std::move(sum).error()));
  }
  sum_ = *sum;
  ++row_count_;
  batch_.push_back({.line = row.line().number,
                    .offset = row.line().offset,
                    .raw = row.line().bytes,
                    .transaction_type = row.cell(Column::kTransactionType),
                    .order_id = row.cell(Column::kOrderId),
                    .marketplace = row.cell(Column::kMarketplaceName),
                    .amount_type = row.cell(Column::kAmountType),
                    .amount_description = row.cell(Column::kAmountDescription),
                    .fulfillment = row.cell(Column::kFulfillmentId),
                    .sku = row.cell(Column::kSku),
                    .posted = posted_at,
                    .amount = amount});
  if (batch_.size() == kBatchRows) return flush();
  return {};
}

Status SettlementReportParser::flush() {
  if (batch_.empty()) return {};
  Status taken = sink_->on_rows(batch_);
  batch_.clear();
  return taken;
}

Status SettlementReportParser::check_whole() const {
  const std::string_view rest = splitter_.unfinished();
  if (!rest.empty()) {
    return failure(kCutOff, {{"file", options_.file},
                             {"line", std::to_string(splitter_.line_number())},
                             {"byte", std::to_string(splitter_.line_offset() + rest.size())},
                             {"found", std::to_string(rest.size()) + " bytes"},
                             {"expected", "a line end after the last row"}});
  }
  if (!header_) {
    return failure(kEmpty, {{"file", options_.file},
                            {"line", "1"},
                            {"found", "nothing"},
                            {"expected", "a header row"}});
  }
  if (!summary_seen_) {
    return failure(kNoSummaryRow, {{"file", options_.file},
                                   {"line", std::to_string(splitter_.line_number())},
                                   {"rows", std::to_string(row_count_)},
                                   {"found", "no summary row"},
                                   {"expected", "one summary row"}});
  }
  return {};
}

Result<ParsedReport> SettlementReportParser::finish() {
  if (failed_) return failure(*failed_);
  if (Status whole = check_whole(); !whole) {
    failed_ = whole.error();
    return failure(*failed_);
  }
  return ParsedReport{{.header = summary_->header,
                       .layout = "V2",
                       .charset = "UTF-8",
                       .decimal_mark = ".",
                       .rows = row_count_,
                       .sum = *sum_,
                       .unknown_columns = header_->unknown_columns()},
                      *summary_,
                      rows_without_date_};
}

Status check_control_identity(const ParsedReport& parsed, const std::string& file) {
  const ledger::Money& total = parsed.report.header.total;
  const ledger::Money& sum = parsed.report.sum;
  if (sum == total) return {};
  const auto difference = sum.minus(total);
  return failure(kSumDiffers,
                 {{"file", file},
                  {"line", std::to_string(parsed.summary.line)},
                  {"column_number", std::to_string(parsed.summary.total_column)},
                  {"column", std::string(column_name(Column::kTotalAmount))},
                  {"rows", std::to_string(parsed.report.rows)},
                  {"found", sum.decimal()},
                  {"expected", total.decimal()},
                  {"difference", difference ? difference->decimal() : "too large to be counted"},
                  {"currency", std::string(total.currency().code())}});
}

}  // namespace mlc::amazon::settlement_report
