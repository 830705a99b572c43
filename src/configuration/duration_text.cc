// Lengths of time as people write them.
#include <array>
#include <charconv>

#include "base/checked_arithmetic.h"
#include "configuration/hub_configuration.h"

namespace mlc::configuration {
namespace {

struct Unit {
  std::string_view word;
  Duration::rep milliseconds;
};
constexpr std::array<Unit, 5> kUnits{Unit{"d", 86'400'000}, Unit{"h", 3'600'000},
                                     Unit{"min", 60'000}, Unit{"s", 1'000}, Unit{"ms", 1}};

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  Duration::rep count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  for (const Unit& unit : kUnits) {
    if (unit.word != text) continue;
    const auto milliseconds = checked_multiply(count, unit.milliseconds);
    if (!milliseconds) return std::nullopt;
    return Duration(*milliseconds);
  }
  return std::nullopt;
}

std::string format_duration(Duration duration) {
  for (const Unit& unit : kUnits) {
    if (duration.count() % unit.milliseconds != 0 || duration.count() == 0) continue;
    return std::to_string(duration.count() / unit.milliseconds) + " " + std::string(unit.word);
  }
  return std::to_string(duration.count()) + " ms";
}

}  // namespace mlc::configuration
