#include "runtime/cron_schedule.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <span>
#include <vector>

#include "runtime/errors.h"

namespace mlc::runtime {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// 29 February on a certain day of the week: 28 years, 40 across a year like 2100.
constexpr days kLongestWait{41 * 366};

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays{"sun", "mon", "tue", "wed",
                                                    "thu", "fri", "sat"};

struct FieldKind {
  std::string_view name;
  int first;
  int last;
  std::span<const std::string_view> names;  // of the values from `first` on
};
constexpr std::array<FieldKind, 5> kFields{FieldKind{"minute", 0, 59, {}},
                                           {"hour", 0, 23, {}},
                                           {"day of month", 1, 31, {}},
                                           {"month", 1, 12, kMonths},
                                           {"day of week", 0, 7, kWeekdays}};

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  while (true) {
    const auto begin = text.find_first_not_of(separators);
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(separators), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::optional<int> number_of(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && out >= 0 ? std::optional(out) : std::nullopt;
}

std::optional<int> value_of(std::string_view text, const FieldKind& kind) {
  if (const auto number = number_of(text)) return number;
  std::string word(text);
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto at = std::ranges::find(kind.names, std::string_view(word));
  if (at == kind.names.end()) return std::nullopt;
  return kind.first + static_cast<int>(at - kind.names.begin());
}

std::string what_is(const FieldKind& kind) {
  return std::string(kind.name) + " is " + std::to_string(kind.first) + " to " +
         std::to_string(kind.last);
}

// A part of a field: "*", "5", "1-5", each of the first and last with "/2".
struct Part {
  int first = 0;
  int last = 0;
  int step = 1;
};

// Nothing, or what is wrong with it.
std::optional<std::string> read_part(std::string_view text, const FieldKind& kind, Part& out) {
  const std::string shown = "'" + std::string(text) + "'";
  const auto slash = text.find('/');
  const std::string_view range = text.substr(0, slash);
  const auto dash = range.find('-');
  const bool single = range != "*" && dash == std::string_view::npos;
  if (range == "*") {
    out = {kind.first, kind.last};
  } else {
    const auto first = value_of(range.substr(0, dash), kind);
    const auto last = single ? first : value_of(range.substr(dash + 1), kind);
    if (!first || !last) return shown + " is not understood; " + what_is(kind);
    out = {*first, *last};
  }
  if (out.first < kind.first || out.last > kind.last) return what_is(kind) + ", not " + shown;
  if (out.first > out.last) {
    return shown + " runs backwards; write it as two ranges with a comma between";
  }
  if (slash == std::string_view::npos) return std::nullopt;
  const auto step = number_of(text.substr(slash + 1));
  if (single || !step || *step == 0) return shown + ": a step such as /15 follows `*` or a range";
  // A longer one names the first value only; added as it is, it would overflow.
  out.step = std::min(*step, kind.last + 1);
  return std::nullopt;
}

template <std::size_t Size>
std::optional<std::string> read_field(std::string_view text, const FieldKind& kind,
                                      std::bitset<Size>& out) {
  const auto parts = split(text, ",");
  if (parts.empty() || text.front() == ',' || text.back() == ',' ||
      text.find(",,") != std::string_view::npos) {
    return "'" + std::string(text) + "' names nothing beside a comma";
  }
  for (const std::string_view part : parts) {
    Part range;
    if (auto wrong = read_part(part, kind, range)) return wrong;
    for (int value = range.first; value <= range.last; value += range.step) {
      out.set(static_cast<std::size_t>(value));
    }
  }
  return std::nullopt;
}

tl::unexpected<Error> bad(std::string_view text, std::string detail) {
  return failure(kBadSchedule, {{"text", std::string(text)}, {"detail", std::move(detail)}});
}

}  // namespace

Result<CronSchedule> CronSchedule::parse(std::string_view text) {
  const auto fields = split(text, " \t");
  if (fields.size() != kFields.size()) {
    return bad(text,
               "it has " + std::to_string(fields.size()) +
                   " fields; five are needed: minute, hour, day of month, month, day of week");
  }
  CronSchedule out;
  auto wrong = read_field(fields[0], kFields[0], out.minutes_);
  if (!wrong) wrong = read_field(fields[1], kFields[1], out.hours_);
  if (!wrong) wrong = read_field(fields[2], kFields[2], out.days_);
  if (!wrong) wrong = read_field(fields[3], kFields[3], out.months_);
  if (!wrong) wrong = read_field(fields[4], kFields[4], out.weekdays_);
  if (wrong) return bad(text, std::move(*wrong));
  constexpr std::size_t kSundayToo = 7;
  if (out.weekdays_.test(kSundayToo)) out.weekdays_.set(0);
  out.either_day_ = !fields[2].starts_with('*') && !fields[4].starts_with('*');
  for (const std::string_view field : fields) {
    out.text_ += (out.text_.empty() ? "" : " ") + std::string(field);
  }
  const Local any{days{0}};
  if (!out.first_in(any, any + kLongestWait)) return bad(text, "no day is ever like that");
  return out;
}

bool CronSchedule::names_day(Date day) const {
  if (!months_.test(static_cast<unsigned>(day.month()))) return false;
  const bool by_month = days_.test(static_cast<unsigned>(day.day()));
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  const bool by_week = weekdays_.test(weekday.c_encoding());
  return either_day_ ? by_month || by_week : by_month && by_week;
}

std::optional<CronSchedule::Local> CronSchedule::first_in(Local from, Local until) const {
  until = std::min(until, from + kLongestWait);
  auto minute_of_day = (from - std::chrono::floor<days>(from)).count();
  for (auto day = std::chrono::floor<days>(from); day < until; day += days{1}, minute_of_day = 0) {
    if (!names_day(Date{std::chrono::sys_days{day.time_since_epoch()}})) continue;
    for (; minute_of_day < 24 * 60; ++minute_of_day) {
      const auto hour = static_cast<std::size_t>(minute_of_day / 60);
      const auto minute = static_cast<std::size_t>(minute_of_day % 60);
      if (!hours_.test(hour) || !minutes_.test(minute)) continue;
      const Local found = day + minutes{minute_of_day};
      return found < until ? std::optional(found) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<Instant> CronSchedule::first_in_period(Instant from, const TimeZone::Period& period,
                                                     Duration offset_before) const {
  const auto local = [](Instant instant, Duration offset) {
    return Local{std::chrono::floor<minutes>((instant + offset).time_since_epoch())};
  };
  Local begin = local(from, period.offset);
  if (!hours_.all()) {
    const Local before = local(period.begin, offset_before);
    const Local after = local(period.begin, period.offset);
    if (from == period.begin && before < after && first_in(before, after)) return period.begin;
    begin = std::max(begin, before > after ? before : begin);
  }
  const auto found = first_in(begin, local(period.end, period.offset));
  if (!found) return std::nullopt;
  return Instant{found->time_since_epoch()} - period.offset;
}

Instant CronSchedule::next_after(Instant instant, const TimeZone& zone) const {
  Instant from = std::chrono::floor<minutes>(instant) + minutes{1};
  const Instant last = from + kLongestWait;
  while (true) {
    const TimeZone::Period period = zone.period_at(from);
    const Duration before = zone.period_at(period.begin - Duration{1}).offset;
    if (const auto found = first_in_period(from, period, before)) return *found;
    // parse() has seen that there is one.
    if (period.end >= last) return last;
    from = period.end;
  }
}

}  // namespace mlc::runtime
