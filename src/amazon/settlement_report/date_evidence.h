// Which order of day and month a file uses, decided once from all its dates.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "amazon/settlement_report/date_text.h"
#include "amazon/settlement_report/row.h"
#include "base/result.h"

namespace mlc::amazon::settlement_report {

struct DateFormat {
  SlashOrder order = SlashOrder::kMonthFirst;
  std::string text;  // the patterns of the file's columns, "MM/DD/YY, YYYY-MM-DD"
};

// Collects what the dates of a file say. Each column keeps to one pattern (with or without a time);
// columns may differ from one another. Not thread-safe.
class DateEvidence {
 public:
  explicit DateEvidence(std::string file) : file_(std::move(file)) {}

  // The posted dates of a detail row, the three dates of the summary row; blank ones say nothing.
  // Errors: settlement_report.unknown_date, .mixed_formats.
  [[nodiscard]] Status see_detail(const Row& row);
  [[nodiscard]] Status see_summary(const Row& row);

  // Between day and month first, in this order: numbers above 12; the posted-date-time of the same
  // row where it has no slashes; the settlement's own dates (start, end, deposit follow one another
  // within kLongestPeriod); all posted dates from one day before the start to one day after the
  // end. Errors: settlement_report.ambiguous_dates when both orders are left and read some date
  // differently.
  [[nodiscard]] Result<DateFormat> decide() const;

  static constexpr std::chrono::days kLongestPeriod{62};

 private:
  static constexpr std::array kColumns{Column::kSettlementStartDate, Column::kSettlementEndDate,
                                       Column::kDepositDate, Column::kPostedDate,
                                       Column::kPostedDateTime};
  enum Slot : std::size_t { kStart, kEnd, kDeposit, kPosted, kPostedTime };
  struct Seen {
    std::string text;  // of the last cell: neighbouring rows mostly have the same
    std::optional<ScannedDate> last;
    std::optional<CellPlace> first;
    DatePattern pattern = DatePattern::kYearDash;
    bool short_year = false;
  };
  // What speaks about one order of day and month.
  struct Order {
    std::optional<CellPlace> excluded;  // the first date that does not exist so
    std::optional<Instant> earliest;    // of the posted dates with slashes
    std::optional<Instant> latest;
  };

  // True when the cell differs from the one above it.
  Result<bool> see(const Row& row, Slot slot);
  Status see_slashes(const Row& row, Slot slot);
  void compare_with_time(const Row& row);
  void note_posted(const ScannedDate& scanned);
  [[nodiscard]] bool is_left(SlashOrder order) const { return !at(order).excluded; }
  [[nodiscard]] bool is_plausible_period(SlashOrder order) const;
  [[nodiscard]] bool is_in_period(SlashOrder order) const;
  [[nodiscard]] const Order& at(SlashOrder order) const {
    return orders_[static_cast<std::size_t>(order)];
  }
  [[nodiscard]] std::optional<Instant> summary_date(Slot slot, SlashOrder order) const;
  [[nodiscard]] Result<SlashOrder> order() const;

  std::string file_;
  std::array<Seen, kColumns.size()> seen_;
  std::array<Order, 2> orders_;
  std::optional<CellPlace> differs_;  // the first date that both orders read, not the same
};

}  // namespace mlc::amazon::settlement_report
