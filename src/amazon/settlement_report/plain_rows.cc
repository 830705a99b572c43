#include "amazon/settlement_report/plain_rows.h"

#include <algorithm>
#include <array>

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

void PlainRows::begin(const Header& header) {
  heads_ = leading_heads(header);
  amount_ = header.position(Column::kAmount);
  possible_ = header.layout().one_amount_per_row && heads_ > 0;
  cells_needed_ = possible_ ? std::max(heads_, amount_ + 1) : 0;
  for (DateColumn* date : {&day_, &moment_}) date->position = header.position(date->column);
  const bool neighbours = day_.position + 1 == moment_.position;
  first_date_ = neighbours ? day_.position : Header::kAbsent;
  last_date_ = neighbours ? moment_.position : Header::kAbsent;
}

bool PlainRows::read_date(const LineCells& cells, DateColumn& date) const {
  const std::string_view cell =
      date.position < cells.size() ? trimmed(cells[date.position]) : std::string_view();
  if (cell == date.text) return true;
  if (slashes_ || cell.empty()) return false;
  const auto known = date.days.read(cell);
  if (!known) return false;
  date.text = cell;
  date.instant = known;
  return true;
}

void PlainRows::keep_posted(const LineCells& cells) {
  const auto& instant = moment_.instant ? moment_.instant : day_.instant;
  has_posted_ = instant.has_value();
  if (has_posted_) posted_ = *instant;
  dates_ = dates_of(cells);
}

bool PlainRows::read_other_posted(const LineCells& cells) {
  has_posted_ = false;
  if (!read_date(cells, day_) || !read_date(cells, moment_)) return false;
  keep_posted(cells);
  return has_posted_;
}

bool PlainRows::read_other_amount(std::string_view cell) {
  const auto amount = scan_plain_amount(cell);
  if (!amount || !decimals_.is_known(*amount)) return false;
  const auto money = to_money(*amount, mark_, currency_);
  if (money) minor_ = money->minor();
  return money.has_value();
}

void PlainRows::learn_date(const Row& row, DateColumn& date) {
  date.text = row.cell(date.column);
  const auto scanned = scan_date(date.text);
  date.instant = scanned ? scanned->instant(order_) : std::nullopt;
  if (!date.instant) return;
  if (scanned->pattern == DatePattern::kSlash) {
    slashes_ = true;
  } else {
    date.days.learn(date.text, *date.instant);
  }
}

void PlainRows::learn(const Row& row) {
  if (!possible_ || row.is_high() || row.cells().size() < cells_needed_) return;
  if (head_.empty()) head_ = row.cells().range(0, heads_ - 1);
  for (DateColumn* date : {&day_, &moment_}) learn_date(row, *date);
  keep_posted(row.cells());
}

}  // namespace mlc::amazon::settlement_report
