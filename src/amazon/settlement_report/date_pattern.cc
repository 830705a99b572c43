#include "amazon/settlement_report/date_pattern.h"

#include <algorithm>
#include <array>

namespace mlc::amazon::settlement_report {
namespace {

// "2026-06-17 08:14:22 UTC"; amazon.com, amazon.ca and others.
std::optional<Instant> read_with_utc(std::string_view text) {
  constexpr std::string_view kZone = " UTC";
  constexpr std::size_t kLength = std::string_view("YYYY-MM-DD HH:MM:SS").size();
  if (text.size() != kLength + kZone.size() || !text.ends_with(kZone) || text[10] != ' ') {
    return std::nullopt;
  }
  std::array<char, kLength + 1> copy{};
  std::copy_n(text.begin(), kLength, copy.begin());
  copy[kLength] = 'Z';
  return parse_instant({copy.data(), copy.size()});
}

// "2026-06-17T08:14:22+00:00"; ISO 8601 with its zone.
std::optional<Instant> read_iso(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T') return std::nullopt;
  return parse_instant(text);
}

// "2026-06-17"
std::optional<Instant> read_day(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return std::nullopt;
  return Instant{std::chrono::sys_days{*date}};
}

constexpr std::array<DatePattern, 3> kPatterns{{{"YYYY-MM-DD HH:MM:SS UTC", read_with_utc},
                                                {"YYYY-MM-DDTHH:MM:SS+hh:mm", read_iso},
                                                {"YYYY-MM-DD", read_day}}};

}  // namespace

std::span<const DatePattern> date_patterns() { return kPatterns; }

std::optional<Instant> read_date(std::string_view text) {
  for (const DatePattern& pattern : kPatterns) {
    if (const auto instant = pattern.read(text)) return instant;
  }
  return std::nullopt;
}

std::string expected_dates() {
  std::string out;
  for (const DatePattern& pattern : kPatterns) {
    if (!out.empty()) out += ", ";
    out += pattern.name;
  }
  return out;
}

std::optional<Instant> DateMemo::read(std::string_view text) {
  if (instant_ && text == text_) return instant_;
  text_ = text;
  instant_ = read_date(text);
  return instant_;
}

}  // namespace mlc::amazon::settlement_report
