// Fiscal years as SAP's fiscal year variants define them (T009, T009B). Pure; thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "base/time.h"

namespace mlc::ledger {

// A row of T009B: a period ends on this day.
struct PeriodEnd {
  int year = 0;  // BDATJ, calendar year; 0: the same in every year
  unsigned month = 0;
  unsigned day = 0;
  int period = 0;  // POPER
  int shift = 0;   // RELJR: the fiscal year is the calendar year plus this
};

struct FiscalVariant {
  bool calendar = false;  // T009-XKALE: periods are the calendar's months
  std::vector<PeriodEnd> ends;
};

struct FiscalPeriod {
  int year = 0;    // GJAHR
  int period = 0;  // MONAT
  friend bool operator==(const FiscalPeriod&, const FiscalPeriod&) = default;
};

// The period whose end is the first on or after the day. Nothing when the variant has no such row.
[[nodiscard]] std::optional<FiscalPeriod> fiscal_period_of(const FiscalVariant& variant, Date day);

}  // namespace mlc::ledger
