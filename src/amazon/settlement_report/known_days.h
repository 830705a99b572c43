// Dates of one column whose day was read before: the day is looked up, only the time is read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mlc::amazon::settlement_report {

// Ten bytes that name a day without slashes, then nothing or one byte, HH:MM:SS and the zone, which
// all cells share. Bounded; a day may be forgotten for another one. Not thread-safe.
class KnownDays {
 public:
  // Puts into `out` what the cell means, if it is spelled as those learned and its day is known.
  // False says only that the cell must be read as any other.
  [[nodiscard]] bool read(std::string_view cell, Instant& out) const;
  // A cell, and what it means. One of another spelling than those before makes them forgotten; one
  // that cannot be looked up is left out.
  void learn(std::string_view cell, Instant instant);

 private:
  static constexpr std::size_t kDayLength = std::string_view("YYYY-MM-DD").size();
  static constexpr std::size_t kSlots = 128;  // more than the days of a settlement
  struct Day {
    std::array<char, kDayLength> text{};
    std::optional<Instant> start;  // what 00:00:00 means; the whole cell where it has no time
  };

  [[nodiscard]] bool is_spelled_alike(std::string_view cell) const;
  [[nodiscard]] static std::size_t slot_of(std::string_view cell);

  std::string spelling_;  // the last cell that was learned
  std::array<Day, kSlots> days_;
};

}  // namespace mlc::amazon::settlement_report
