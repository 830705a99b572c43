// [observe]: what a running hub tells machines.
#include <charconv>

#include "configuration/hub_sections.h"

namespace mlc::configuration {

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (host == "127.0.0.1" || host == "localhost") return ListenAddress{"127.0.0.1", port};
  if (host == "[::1]") return ListenAddress{"::1", port};
  return std::nullopt;
}

Result<ObserveSettings> read_observe(const std::string& file, const TomlValue& table) {
  const Reading reading{file, "observe"};
  ObserveSettings out;
  if (table.kind != TomlValue::Kind::kTable) {
    return failure(bad_value({file, ""}, "observe", table, "a table"));
  }
  MLC_TRY_STATUS(read_section(reading, table, observe_fields(), {}, out));
  if (!out.listen.empty() && !parse_listen_address(out.listen)) {
    return failure(bad_value(reading, "listen", value_or_table(table, "listen"),
                             "an address of this machine such as \"127.0.0.1:9464\", or an empty "
                             "text"));
  }
  if (out.log != kTextLog && out.log != kJsonLog) {
    return failure(bad_value(reading, "log", value_or_table(table, "log"), "\"text\" or \"json\""));
  }
  return out;
}

}  // namespace mlc::configuration
