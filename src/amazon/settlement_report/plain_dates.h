// The posted dates of rows, where they say nothing new about how dates are written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "amazon/settlement_report/file_format.h"
#include "amazon/settlement_report/known_days.h"
#include "amazon/settlement_report/row.h"
#include "ports/settlement_reader.h"

namespace mlc::amazon::settlement_report {

// Remembers what cells meant that were looked at closely. Not thread-safe.
class PlainDates {
 public:
  explicit PlainDates(SlashOrder order) : order_(order) {}

  void begin(const Header& header);
  // Puts the date of each row into the element of `out` that belongs to it, up to the first row
  // that must be looked at closely; how many. Cells end with a TAB or without a CR.
  [[nodiscard]] std::size_t read(std::span<const LineCells> rows, std::span<ports::PlainRow> out);
  // A row that was looked at closely.
  void learn(const Row& row);

 private:
  struct DateColumn {
    Column column;
    std::size_t position = Header::kAbsent;
    std::string text{};  // of the cell that was looked at closely last
    std::optional<Instant> instant{};
    KnownDays days{};
  };

  // Both date columns, where they are neighbours; else nothing.
  [[nodiscard]] std::string_view both_of(const LineCells& cells) const {
    const bool there = last_ < cells.size();
    return there ? cells.range(first_, last_) : std::string_view();
  }
  enum class Reading { kClosely, kBlank, kRead };
  [[nodiscard]] bool read_other(const LineCells& cells);
  [[nodiscard]] Reading read_date(const LineCells& cells, const DateColumn& date,
                                  Instant& out) const;
  void learn_date(const Row& row, DateColumn& date);

  SlashOrder order_;
  DateColumn day_{Column::kPostedDate};
  DateColumn moment_{Column::kPostedDateTime};
  std::size_t first_ = Header::kAbsent;
  std::size_t last_ = Header::kAbsent;
  std::string both_;  // the bytes of both cells in the row before
  Instant posted_{};  // what they mean
  bool has_posted_ = false;
  // With slashes one date bears on the other, so that only the dates of the row before are plain.
  bool slashes_ = false;
};

}  // namespace mlc::amazon::settlement_report
