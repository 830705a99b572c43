#include "amazon/settlement_report/date_evidence.h"

#include <algorithm>
#include <vector>

#include "amazon/settlement_report/errors.h"

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::array kOrders{SlashOrder::kDayFirst, SlashOrder::kMonthFirst};
constexpr std::chrono::days kSlack{1};

SlashOrder other(SlashOrder order) {
  return order == SlashOrder::kDayFirst ? SlashOrder::kMonthFirst : SlashOrder::kDayFirst;
}

std::string pattern_text(SlashOrder order) {
  return "a date as " + to_text(DatePattern::kSlash, order, false);
}

}  // namespace

Result<bool> DateEvidence::see(const Row& row, Slot slot) {
  const Column column = kColumns[slot];
  const std::string_view cell = row.cell(column);
  Seen& seen = seen_[slot];
  if (cell.empty()) {
    seen.text.clear();
    seen.last.reset();
    return false;
  }
  if (cell == seen.text) return false;
  const auto scanned = scan_date(cell);
  if (!scanned) {
    return failure(refuse_place(kUnknownDate, file_, row.place(column), expected_dates()));
  }
  seen.text = cell;
  seen.last = scanned;
  if (!seen.first) {
    seen.first = row.place(column);
    seen.pattern = scanned->pattern;
    seen.short_year = scanned->short_year;
  } else if (seen.pattern != scanned->pattern || seen.short_year != scanned->short_year) {
    return failure(refuse_mixed(
        file_, "date pattern", *seen.first, row.place(column),
        "a date as " + to_text(seen.pattern, SlashOrder::kMonthFirst, seen.short_year)));
  }
  if (scanned->pattern == DatePattern::kSlash) MLC_TRY_STATUS(see_slashes(row, slot));
  return true;
}

Status DateEvidence::see_slashes(const Row& row, Slot slot) {
  const ScannedDate& scanned = *seen_[slot].last;
  for (const SlashOrder one : kOrders) {
    Order& order = orders_[static_cast<std::size_t>(one)];
    if (scanned.date(one) || order.excluded) continue;
    order.excluded = row.place(kColumns[slot]);
    const Order& left = at(other(one));
    if (!left.excluded) continue;
    return failure(
        refuse_mixed(file_, "date pattern", *left.excluded, *order.excluded, pattern_text(one)));
  }
  if (!differs_ && scanned.date(kOrders[0]) != scanned.date(kOrders[1])) {
    differs_ = row.place(kColumns[slot]);
  }
  return {};
}

// A row that gives its day twice, once without slashes, shows the order of the other one; unless
// it fits neither.
void DateEvidence::compare_with_time(const Row& row) {
  const auto& day = seen_[kPosted].last;
  const auto& moment = seen_[kPostedTime].last;
  if (!day || !moment || day->pattern != DatePattern::kSlash) return;
  if (moment->pattern == DatePattern::kSlash || day->first == day->second) return;
  const auto other_day = std::chrono::floor<std::chrono::days>(*moment->instant({}));
  const auto fits = [&](SlashOrder order) {
    const auto date = day->date(order);
    return date && abs(std::chrono::sys_days(*date) - other_day) <= kSlack;
  };
  for (const SlashOrder one : kOrders) {
    Order& order = orders_[static_cast<std::size_t>(one)];
    if (!order.excluded && !fits(one) && fits(other(one)) && is_left(other(one))) {
      order.excluded = row.place(kColumns[kPosted]);
    }
  }
}

void DateEvidence::note_posted(const ScannedDate& scanned) {
  if (scanned.pattern != DatePattern::kSlash) return;
  for (const SlashOrder one : kOrders) {
    const auto instant = scanned.instant(one);
    if (!instant) continue;
    Order& order = orders_[static_cast<std::size_t>(one)];
    order.earliest = std::min(order.earliest.value_or(*instant), *instant);
    order.latest = std::max(order.latest.value_or(*instant), *instant);
  }
}

Status DateEvidence::see_detail(const Row& row) {
  MLC_TRY(const bool new_day, see(row, kPosted));
  MLC_TRY(const bool new_time, see(row, kPostedTime));
  if (new_day) note_posted(*seen_[kPosted].last);
  if (new_time) note_posted(*seen_[kPostedTime].last);
  if (new_day || new_time) compare_with_time(row);
  return {};
}

Status DateEvidence::see_summary(const Row& row) {
  for (const Slot slot : {kStart, kEnd, kDeposit}) {
    MLC_TRY(const bool read, see(row, slot));
    static_cast<void>(read);
  }
  return {};
}

std::optional<Instant> DateEvidence::summary_date(Slot slot, SlashOrder order) const {
  const auto& last = seen_[slot].last;
  return last ? last->instant(order) : std::nullopt;
}

bool DateEvidence::is_plausible_period(SlashOrder order) const {
  const auto start = summary_date(kStart, order);
  const auto end = summary_date(kEnd, order);
  const auto deposit = summary_date(kDeposit, order);
  if (!start || !end || !deposit) return false;
  const auto follows = [](Instant earlier, Instant later) {
    return later >= earlier - kSlack && later - earlier <= kLongestPeriod;
  };
  return follows(*start, *end) && follows(*end, *deposit);
}

bool DateEvidence::is_in_period(SlashOrder order) const {
  const Order& one = at(order);
  if (!is_plausible_period(order)) return false;
  if (!one.earliest) return true;
  const auto start = summary_date(kStart, order);
  const auto end = summary_date(kEnd, order);
  return start && end && *one.earliest >= *start - kSlack && *one.latest <= *end + kSlack;
}

Result<SlashOrder> DateEvidence::order() const {
  constexpr SlashOrder kAny = SlashOrder::kMonthFirst;
  std::vector<SlashOrder> left;
  std::ranges::copy_if(kOrders, std::back_inserter(left),
                       [this](SlashOrder one) { return is_left(one); });
  if (left.size() == 1) return left.front();
  if (!differs_) return kAny;
  for (const auto rule : {&DateEvidence::is_plausible_period, &DateEvidence::is_in_period}) {
    const bool day = (this->*rule)(SlashOrder::kDayFirst);
    const bool month = (this->*rule)(SlashOrder::kMonthFirst);
    if (day != month) return day ? SlashOrder::kDayFirst : SlashOrder::kMonthFirst;
  }
  return failure(refuse_place(kAmbiguousDates, file_, *differs_,
                              "a date of the file that shows whether day or month comes first"));
}

Result<DateFormat> DateEvidence::decide() const {
  DateFormat out;
  MLC_TRY(out.order, order());
  std::vector<std::string> texts;
  for (const Slot slot : {kPostedTime, kPosted, kStart, kEnd, kDeposit}) {
    const Seen& seen = seen_[slot];
    if (!seen.first) continue;
    std::string text = to_text(seen.pattern, out.order, seen.short_year);
    if (std::ranges::find(texts, text) != texts.end()) continue;
    out.text += (texts.empty() ? "" : ", ") + text;
    texts.push_back(std::move(text));
  }
  return out;
}

}  // namespace mlc::amazon::settlement_report
