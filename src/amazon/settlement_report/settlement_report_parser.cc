#include "amazon/settlement_report/settlement_report_parser.h"

#include <new>

#include "amazon/settlement_report/cells.h"
#include "amazon/settlement_report/errors.h"
#include "base/checked_arithmetic.h"

namespace mlc::amazon::settlement_report {
namespace {

std::string decimal_mark_text(const FileFormat& format) {
  return format.has_decimals ? std::string(to_text(format.mark)) : "none";
}

bool is_amount_missing(const Row& row, const AmountColumn& column) {
  if (row.header().layout().one_amount_per_row) return true;
  return !column.or_transaction_type && !row.cell(*column.description).empty();
}

// A zero that nothing describes fills a column of V1.
bool is_filler(const Row& row, const AmountColumn& column) {
  if (row.header().layout().one_amount_per_row) return false;
  return !column.description || row.cell(*column.description).empty();
}

ports::SettlementRow blank_row(const ledger::Money& amount) {
  return {.raw = {},
          .transaction_type = {},
          .order_id = {},
          .marketplace = {},
          .amount_type = {},
          .amount_description = {},
          .fulfillment = {},
          .sku = {},
          .posted = {},
          .amount = amount};
}

}  // namespace

RowMaker::RowMaker(Survey survey, ports::RowSink& sink)
    : survey_(std::move(survey)),
      sink_(sink),
      texts_(survey_.format.charset),
      currency_(survey_.summary.header.total.currency()),
      posted_date_(survey_.format.order),
      posted_date_time_(survey_.format.order),
      knows_spellings_(sink.knows_spellings()) {
  batch_.resize(kBatchRows, blank_row(ledger::Money::zero(currency_)));
}

Status RowMaker::take_header(const Row& row) {
  if (row.header().layout().one_amount_per_row) {
    spellings_.begin(row.header());
    amount_column_ = static_cast<std::uint32_t>(row.header().position(Column::kAmount) + 1);
  }
  return sink_.on_header(survey_.summary.header);
}

Status RowMaker::take(const Row& row) {
  if (!is_summary(row)) return take_detail(row);
  if (row.line().number != survey_.summary.line) {
    return failure(row.refuse(kTwoSummaryRows, Column::kTotalAmount, "one summary row")
                       .with("first", std::to_string(survey_.summary.line)));
  }
  summary_seen_ = true;
  return {};
}

Result<Instant> RowMaker::posted(const Row& row) {
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
  return survey_.summary.header.end;
}

Result<std::string_view> RowMaker::text(const Row& row, Column column) {
  const std::string_view cell = row.cell(column);
  if (!row.is_high()) return cell;
  if (const auto decoded = texts_.text(cell)) return *decoded;
  return failure(row.refuse(kUnknownCharset, column,
                            "text in " + std::string(charset_name(survey_.format.charset))));
}

// What all amounts of the row share.
Result<ports::SettlementRow> RowMaker::shared_of(const Row& row) {
  MLC_TRY(const auto posted_at, posted(row));
  ports::SettlementRow out = blank_row(ledger::Money::zero(currency_));
  out.line = row.line().number;
  out.offset = row.line().offset;
  out.raw = row.line().bytes;
  out.posted = posted_at;
  MLC_TRY(out.transaction_type, text(row, Column::kTransactionType));
  MLC_TRY(out.order_id, text(row, Column::kOrderId));
  MLC_TRY(out.marketplace, text(row, Column::kMarketplaceName));
  MLC_TRY(out.amount_type, text(row, Column::kAmountType));
  MLC_TRY(out.fulfillment, text(row, Column::kFulfillmentId));
  MLC_TRY(out.sku, text(row, Column::kSku));
  return out;
}

Result<std::string_view> RowMaker::description(const Row& row, const AmountColumn& column) {
  if (column.description) {
    MLC_TRY(const auto said, text(row, *column.description));
    if (!said.empty()) return said;
  }
  return column.or_transaction_type ? text(row, Column::kTransactionType) : std::string_view();
}

// V1 gives one line for each amount, but may put several into one, and gives lines that only count
// pieces; so a blank amount is nothing there, unless its type says that there is one.
Status RowMaker::take_detail(const Row& row) {
  MLC_TRY_STATUS(check_belongs(row, survey_.summary.header));
  const auto known = spellings_.find(row.cells(), row.line().readable_behind);
  if (known != ClassSpellings::kUnknown) return take_spelled(row, known);
  std::optional<ports::SettlementRow> shared;
  for (const AmountColumn& one : row.header().layout().amounts) {
    if (row.cell(one.amount).empty() && !is_amount_missing(row, one)) continue;
    if (!shared) {
      MLC_TRY(shared, shared_of(row));
    }
    MLC_TRY_STATUS(take_amount(row, one, *shared));
  }
  return {};
}

bool RowMaker::count(std::int64_t minor) {
  const auto sum = checked_add(sum_, minor);
  if (!sum) return false;
  sum_ = *sum;
  ++row_count_;
  return true;
}

bool RowMaker::take_whole(const Row& row, std::uint32_t spelling, Instant posted,
                          std::int64_t minor) {
  if (!count(minor)) return false;
  const ClassTexts& texts = spellings_.texts(spelling);
  ports::SettlementRow& out = batch_[filled_++];
  out.line = row.line().number;
  out.offset = row.line().offset;
  out.raw = {row.line().bytes.data(), row.line().bytes.size()};
  out.transaction_type = texts.transaction_type;
  out.order_id = row.cell(Column::kOrderId);
  out.marketplace = texts.marketplace;
  out.amount_type = texts.amount_type;
  out.amount_description = texts.amount_description;
  out.fulfillment = texts.fulfillment;
  out.sku = row.cell(Column::kSku);
  out.posted = posted;
  // Made in place: a copy from elsewhere costs as much as reading a cell.
  ::new (&out.amount) ledger::Money(ledger::Money::from_minor(minor, currency_));
  out.column = amount_column_;
  out.spelling = spelling;
  return true;
}

Status RowMaker::take_plain(std::span<const ports::PlainRow> rows) {
  MLC_TRY_STATUS(flush());
  for (const ports::PlainRow& row : rows) {
    if (!count(row.minor)) return failure(kSumOverflow, {});
  }
  return sink_.on_plain_rows(rows);
}

Status RowMaker::take_known(const Row& row, const ports::PlainRow& read) {
  if (!take_whole(row, read.spelling, read.posted, read.minor)) return failure(kSumOverflow, {});
  return is_full() ? flush() : Status();
}

// What take_detail would do, but for texts that were read before.
Status RowMaker::take_spelled(const Row& row, std::uint32_t spelling) {
  const Column column = row.header().layout().amounts.front().amount;
  MLC_TRY(const auto posted_at, posted(row));
  MLC_TRY(const auto order_id, text(row, Column::kOrderId));
  MLC_TRY(const auto sku, text(row, Column::kSku));
  MLC_TRY(const auto amount, read_amount(row, column, survey_.format.mark, currency_));
  if (!take_whole(row, spelling, posted_at, amount.minor())) {
    return refuse_sum(row, column, amount);
  }
  batch_[filled_ - 1].order_id = order_id;
  batch_[filled_ - 1].sku = sku;
  return is_full() ? flush() : Status();
}

Status RowMaker::take_amount(const Row& row, const AmountColumn& column,
                             ports::SettlementRow shared) {
  MLC_TRY(shared.amount, read_amount(row, column.amount, survey_.format.mark, currency_));
  if (shared.amount.is_zero() && is_filler(row, column)) return {};
  if (!column.type.empty()) shared.amount_type = column.type;
  MLC_TRY(shared.amount_description, description(row, column));
  shared.column = static_cast<std::uint32_t>(row.header().position(column.amount) + 1);
  keep_spelling(row, shared);
  const auto sum = checked_add(sum_, shared.amount.minor());
  if (!sum) return refuse_sum(row, column.amount, shared.amount);
  sum_ = *sum;
  ++row_count_;
  batch_[filled_++] = shared;
  return is_full() ? flush() : Status();
}

void RowMaker::keep_spelling(const Row& row, ports::SettlementRow& made) {
  if (!row.header().layout().one_amount_per_row) return;
  const auto kept =
      spellings_.add(row.cells(), {made.transaction_type, made.marketplace, made.amount_type,
                                   made.amount_description, made.fulfillment});
  if (kept != ClassSpellings::kUnknown) made.spelling = kept;
}

Status RowMaker::refuse_sum(const Row& row, Column column, const ledger::Money& amount) const {
  return failure(row.refuse(kSumOverflow, column, "a sum that can be counted")
                     .caused_by(ledger::Money::from_minor(sum_, currency_).plus(amount).error()));
}

Status RowMaker::flush() {
  Status taken;
  if (filled_ > 0) taken = sink_.on_rows(std::span(batch_).first(filled_));
  filled_ = 0;
  texts_.forget_if_many();
  return taken;
}

std::vector<std::string> RowMaker::unknown_columns(const Header& header) {
  std::vector<std::string> out;
  for (const std::size_t at : header.unknown()) {
    const std::string_view name = header.name(at);
    const auto decoded = texts_.text(name);
    out.push_back(decoded ? std::string(*decoded) : shown(name));
  }
  return out;
}

Result<ParsedReport> RowMaker::finish(const ReportRows& rows, const FileFormat& format) {
  if (!summary_seen_) {
    return failure(kNoSummaryRow, {{"file", rows.file()},
                                   {"line", std::to_string(survey_.summary.line)},
                                   {"rows", std::to_string(row_count_)},
                                   {"found", "another file than before"},
                                   {"expected", "one summary row"}});
  }
  return ParsedReport{{.header = survey_.summary.header,
                       .layout = std::string(rows.header()->layout().name),
                       .charset = std::string(charset_name(format.charset)),
                       .decimal_mark = decimal_mark_text(format),
                       .date_pattern = format.date_pattern,
                       .rows = row_count_,
                       .sum = ledger::Money::from_minor(sum_, currency_),
                       .unknown_columns = unknown_columns(*rows.header())},
                      survey_.summary,
                      rows_without_date_};
}

SettlementReportParser::SettlementReportParser(std::string file, Survey survey,
                                               ports::RowSink& sink)
    : rows_(std::move(file)), format_(survey.format), maker_(std::move(survey), sink) {}

Status SettlementReportParser::feed(std::string_view bytes) {
  return rows_.feed(
      bytes, [this](const Row& row) { return maker_.take_header(row); },
      [this](const Row& row) { return maker_.take(row); }, [this] { return maker_.flush(); });
}

Result<ParsedReport> SettlementReportParser::finish() {
  MLC_TRY_STATUS(rows_.finish());
  std::optional<ParsedReport> out;
  MLC_TRY_STATUS(rows_.remember([&]() -> Status {
    MLC_TRY(out, maker_.finish(rows_, format_));
    return {};
  }));
  return std::move(*out);
}

SingleReading::SingleReading(const std::string& file, const Survey& guess, ports::RowSink& sink)
    : rows_(file),
      evidence_(file),
      guess_(guess),
      plain_(evidence_.decimals(), guess.format, guess.summary.header.total.currency()),
      maker_(guess, sink) {}

Status SingleReading::take(const Row& row) {
  MLC_TRY_STATUS(evidence_.see(row));
  MLC_TRY_STATUS(maker_.take(row));
  if (!is_summary(row)) plain_.learn(row);
  return {};
}

Status SingleReading::take_runs(LineSplitter& lines) {
  if (!rows_.header()) return {};
  while (true) {
    const auto rows = plain_.read(lines.run(), maker_.spellings());
    if (rows.empty()) return {};
    evidence_.see_plain(rows.size());
    MLC_TRY_STATUS(take_read(rows, lines));
  }
}

Status SingleReading::take_read(std::span<const ports::PlainRow> rows, LineSplitter& lines) {
  if (maker_.knows_spellings()) {
    lines.skip(rows.size());
    return maker_.take_plain(rows);
  }
  for (const ports::PlainRow& read : rows) {
    const Row row(*lines.next(), *rows_.header(), rows_.file());
    MLC_TRY_STATUS(maker_.take_known(row, read));
  }
  return {};
}

Status SingleReading::feed(std::string_view bytes) {
  return rows_.feed(
      bytes,
      [this](const Row& row) {
        evidence_.see_header(row, rows_.has_byte_order_mark());
        plain_.begin(row.header());
        return maker_.take_header(row);
      },
      [this](const Row& row) { return take(row); }, [this] { return maker_.flush(); },
      [this](LineSplitter& lines) { return take_runs(lines); });
}

std::optional<ParsedReport> SingleReading::finish() {
  if (!rows_.finish()) return std::nullopt;
  const auto survey = evidence_.decide(rows_);
  if (!survey || !reads_alike(*survey, guess_)) return std::nullopt;
  auto parsed = maker_.finish(rows_, survey->format);
  if (!parsed) return std::nullopt;
  return std::move(*parsed);
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
