#include "amazon/settlement_report/plain_dates.h"

#include "amazon/settlement_report/date_text.h"
#include "amazon/settlement_report/same_bytes.h"

namespace mlc::amazon::settlement_report {

void PlainDates::begin(const Header& header) {
  for (DateColumn* date : {&day_, &moment_}) date->position = header.position(date->column);
  const bool neighbours = day_.position + 1 == moment_.position;
  first_ = neighbours ? day_.position : Header::kAbsent;
  last_ = neighbours ? moment_.position : Header::kAbsent;
}

PlainDates::Reading PlainDates::read_date(const LineCells& cells, const DateColumn& date,
                                          Instant& out) const {
  const std::string_view cell =
      date.position < cells.size() ? trimmed(cells[date.position]) : std::string_view();
  if (!slashes_ && date.days.read(cell, out)) return Reading::kRead;
  if (cell != date.text) return Reading::kClosely;
  if (!date.instant) return Reading::kBlank;
  out = *date.instant;
  return Reading::kRead;
}

// The moment counts, and the day only where it is blank.
bool PlainDates::read_other(const LineCells& cells) {
  has_posted_ = false;
  const Reading day = read_date(cells, day_, posted_);
  if (day == Reading::kClosely) return false;
  const Reading moment = read_date(cells, moment_, posted_);
  if (moment == Reading::kClosely) return false;
  has_posted_ = day == Reading::kRead || moment == Reading::kRead;
  both_ = both_of(cells);
  return has_posted_;
}

std::size_t PlainDates::read(std::span<const LineCells> rows, std::span<ports::PlainRow> out) {
  std::size_t count = 0;
  for (const LineCells& cells : rows) {
    const bool same = has_posted_ && !both_.empty() && same_bytes(both_of(cells), both_);
    if (!same && !read_other(cells)) break;
    out[count++].posted = posted_;
  }
  return count;
}

void PlainDates::learn_date(const Row& row, DateColumn& date) {
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

void PlainDates::learn(const Row& row) {
  for (DateColumn* date : {&day_, &moment_}) learn_date(row, *date);
  has_posted_ = false;
}

}  // namespace mlc::amazon::settlement_report
