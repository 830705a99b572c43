#include "amazon/settlement_report/plain_rows.h"

#include <algorithm>
#include <array>

#include "amazon/settlement_report/errors.h"
#include "amazon/settlement_report/report_rows.h"
#include "amazon/settlement_report/same_bytes.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::array kHeads{Column::kSettlementId,      Column::kSettlementStartDate,
                            Column::kSettlementEndDate, Column::kDepositDate,
                            Column::kTotalAmount,       Column::kCurrency};

// How many columns the file leads with, if these are all that it has of kHeads; else 0.
std::size_t leading_heads(const Header& header) {
  std::size_t present = 0;
  std::size_t beyond = 0;  // the last of them
  for (const Column column : kHeads) {
    const std::size_t position = header.position(column);
    if (position == Header::kAbsent) continue;
    ++present;
    beyond = std::max(beyond, position + 1);
  }
  return present == beyond ? present : 0;
}

}  // namespace

PlainRows::PlainRows(const DecimalEvidence& decimals, const FileFormat& guess,
                     ledger::Currency currency)
    : decimals_(decimals),
      mark_(guess.mark),
      currency_(currency),
      amounts_(guess.mark, currency),
      dates_(guess.order),
      cells_(kBatchRows),
      spellings_(kBatchRows),
      rows_(kBatchRows) {}

void PlainRows::begin(const Header& header) {
  heads_ = leading_heads(header);
  amount_ = header.position(Column::kAmount);
  possible_ = header.layout().one_amount_per_row && heads_ > 0;
  dates_.begin(header);
  cells_known_ = header.size();
  cells_needed_ = possible_ ? std::max(heads_, amount_ + 1) + 1 : 0;
}

// How many of the first lines nothing but their cells can make rows to be looked at closely.
std::size_t PlainRows::possible_of(const LineRun& run) const {
  std::size_t count = std::min(run.size(), attempt_);
  while (count > 0 && run.readable_behind(count - 1) < kReadable) --count;
  // The others lie in one stretch, which is shorter.
  static_assert(ByteMarks::kStretch <= kLineLimit);
  return count > 0 && run.line_size(0) > kLineLimit ? 0 : count;
}

std::size_t PlainRows::read_heads(const LineRun& run, std::size_t count) {
  for (std::size_t at = 0; at < count; ++at) {
    LineCells& cells = cells_.data()[at];
    run.look(at, cells);
    if (cells.size() < cells_needed_ || cells.size() > cells_known_) return at;
    if (!same_bytes(cells.range(0, heads_ - 1), head_) || run.is_unusual(at)) return at;
    rows_.data()[at].line = run.number(at);
  }
  return count;
}

bool PlainRows::read_other_amount(std::string_view cell, std::int64_t& minor) const {
  const auto amount = scan_plain_amount(cell);
  if (!amount || !decimals_.is_known(*amount)) return false;
  const auto money = to_money(*amount, mark_, currency_);
  if (money) minor = money->minor();
  return money.has_value();
}

std::size_t PlainRows::read_amounts(std::size_t count) {
  const bool knows_full = decimals_.knows(mark_, static_cast<std::size_t>(currency_.decimals()));
  for (std::size_t at = 0; at < count; ++at) {
    const std::string_view cell = cells_.data()[at].inner_range(amount_, amount_);
    std::int64_t& minor = rows_.data()[at].minor;
    if (!(knows_full && amounts_.read(cell, minor)) && !read_other_amount(cell, minor)) return at;
  }
  return count;
}

std::size_t PlainRows::read_dates(std::size_t count) {
  return dates_.read(std::span(cells_).first(count), rows_);
}

std::size_t PlainRows::read_spellings(ClassSpellings& spellings, std::size_t count) {
  const std::size_t found = spellings.find_all(std::span(cells_).first(count), spellings_);
  for (std::size_t at = 0; at < found; ++at) rows_.data()[at].spelling = spellings_.data()[at];
  return found;
}

// One thing of all rows after the other: where what one row needs takes time to come, work on
// others is done meanwhile. Most rows are plain, or few are: what was read of those behind the
// first that is not is lost, so that less is attempted then.
std::span<const ports::PlainRow> PlainRows::read(const LineRun& run, ClassSpellings& spellings) {
  if (head_.size() < sizeof(std::uint64_t)) return {};  // none was seen, or none so short
  const std::size_t attempted = possible_of(run);
  std::size_t count = read_heads(run, attempted);
  count = read_amounts(count);
  count = read_dates(count);
  count = read_spellings(spellings, count);
  const std::size_t next = count < attempted ? count : 2 * attempt_;
  attempt_ = std::clamp<std::size_t>(next, 1, rows_.size());
  return std::span(rows_).first(count);
}

void PlainRows::learn(const Row& row) {
  if (!possible_ || row.is_high() || row.cells().size() < cells_needed_) return;
  if (head_.empty()) head_ = row.cells().range(0, heads_ - 1);
  dates_.learn(row);
}

}  // namespace mlc::amazon::settlement_report
