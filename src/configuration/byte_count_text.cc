// Sizes as people write them.
#include <array>
#include <charconv>
#include <limits>

#include "configuration/hub_configuration.h"

namespace mlc::configuration {
namespace {

struct Unit {
  std::string_view word;
  std::uint64_t bytes;
};
constexpr std::array kUnits{Unit{"TiB", 1ULL << 40U}, Unit{"GiB", 1ULL << 30U},
                            Unit{"MiB", 1ULL << 20U}, Unit{"KiB", 1ULL << 10U}, Unit{"B", 1}};

}  // namespace

std::optional<ByteCount> parse_byte_count(std::string_view text) {
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  for (const Unit& unit : kUnits) {
    if (unit.word != text) continue;
    if (count > std::numeric_limits<std::uint64_t>::max() / unit.bytes) return std::nullopt;
    return ByteCount{count * unit.bytes};
  }
  return std::nullopt;
}

std::string format_byte_count(ByteCount size) {
  for (const Unit& unit : kUnits) {
    if (size.bytes % unit.bytes != 0 || size.bytes == 0) continue;
    return std::to_string(size.bytes / unit.bytes) + " " + std::string(unit.word);
  }
  return "0 B";
}

}  // namespace mlc::configuration
