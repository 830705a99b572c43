#include "amazon/settlement_report/known_days.h"

#include <cstring>

namespace mlc::amazon::settlement_report {
namespace {

constexpr std::size_t kHour = 11;
constexpr std::size_t kMinute = 14;
constexpr std::size_t kSecond = 17;
constexpr std::size_t kZone = 19;

// 100 or more when it is not two digits.
unsigned two_digits(const char* text) {
  const unsigned tens = static_cast<unsigned char>(text[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(text[1]) - unsigned{'0'};
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

std::optional<Duration> time_of(const char* cell) {
  const unsigned hours = two_digits(cell + kHour);
  const unsigned minutes = two_digits(cell + kMinute);
  const unsigned seconds = two_digits(cell + kSecond);
  if (hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
  return std::chrono::seconds(hours * 3600 + minutes * 60 + seconds);
}

}  // namespace

bool KnownDays::is_spelled_alike(std::string_view cell) const {
  if (cell.size() != spelling_.size()) return false;
  if (cell.size() == kDayLength) return true;
  return cell[kDayLength] == spelling_[kDayLength] && cell[kMinute - 1] == ':' &&
         cell[kSecond - 1] == ':' &&
         std::memcmp(cell.data() + kZone, spelling_.data() + kZone, cell.size() - kZone) == 0;
}

std::size_t KnownDays::slot_of(std::string_view cell) {
  std::uint64_t front = 0;
  std::uint16_t back = 0;
  std::memcpy(&front, cell.data(), sizeof front);
  std::memcpy(&back, cell.data() + sizeof front, sizeof back);
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;
  constexpr unsigned kHighBits = 57;  // the seven that depend on all others
  static_assert(kSlots == std::size_t{1} << (64 - kHighBits));
  return ((front ^ std::uint64_t{back} << 32U) * kFactor) >> kHighBits;
}

bool KnownDays::read(std::string_view cell, Instant& out) const {
  if (cell.empty() || !is_spelled_alike(cell)) return false;
  const Day& day = days_[slot_of(cell)];
  if (!day.start || std::memcmp(day.text.data(), cell.data(), kDayLength) != 0) return false;
  out = *day.start;
  if (cell.size() == kDayLength) return true;
  const auto time = time_of(cell.data());
  if (time) out += *time;
  return time.has_value();
}

void KnownDays::learn(std::string_view cell, Instant instant) {
  const bool has_time = cell.size() >= kZone;
  if (!has_time && cell.size() != kDayLength) return;
  if (!is_spelled_alike(cell)) {
    days_.fill({});
    spelling_ = cell;
    if (!is_spelled_alike(cell)) {  // no colons where they should be
      spelling_.clear();
      return;
    }
  }
  const auto time = has_time ? time_of(cell.data()) : Duration(0);
  if (!time) return;
  Day& day = days_[slot_of(cell)];
  cell.copy(day.text.data(), kDayLength);
  day.start = instant - *time;
}

}  // namespace mlc::amazon::settlement_report
