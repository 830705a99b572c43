#include "ledger/fiscal_year.h"

#include <tuple>

namespace mlc::ledger {
namespace {

using Day = std::tuple<int, unsigned, unsigned>;

// The row's end that is the first on or after the day: in the day's own year, or in the next one
// where the rows of every year are the same.
Day end_for(const PeriodEnd& row, const Day& day) {
  if (row.year != 0) return {row.year, row.month, row.day};
  const Day here{std::get<0>(day), row.month, row.day};
  return here >= day ? here : Day{std::get<0>(day) + 1, row.month, row.day};
}

}  // namespace

std::optional<FiscalPeriod> fiscal_period_of(const FiscalVariant& variant, Date day) {
  const int year = static_cast<int>(day.year());
  if (variant.calendar) return FiscalPeriod{year, static_cast<int>(unsigned(day.month()))};
  const Day wanted{year, unsigned(day.month()), unsigned(day.day())};
  const PeriodEnd* best = nullptr;
  for (const PeriodEnd& row : variant.ends) {
    const Day end = end_for(row, wanted);
    if (end < wanted) continue;
    if (best == nullptr || end < end_for(*best, wanted)) best = &row;
  }
  if (best == nullptr) return std::nullopt;
  return FiscalPeriod{std::get<0>(end_for(*best, wanted)) + best->shift, best->period};
}

}  // namespace mlc::ledger
