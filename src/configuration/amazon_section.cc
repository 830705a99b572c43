// [connection.amazon] and the simulator in it.
#include "configuration/hub_sections.h"

namespace mlc::configuration {
namespace {

bool is_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://127.0.0.1") ||
         text.starts_with("http://localhost") || text.starts_with("http://[::1]");
}

constexpr std::string_view kAddresses =
    "an address that begins with https:// (http:// for this machine only)";

Status check_amazon(const Reading& reading, const TomlValue& table, const AmazonSettings& amazon) {
  if (!amazon.endpoint.empty() && amazon.endpoint != kSimulator && !is_address(amazon.endpoint)) {
    return failure(bad_value(reading, "endpoint", value_or_table(table, "endpoint"),
                             "\"simulator\", an empty text or " + std::string(kAddresses)));
  }
  const bool proxy = amazon.proxy.empty() || amazon.proxy == kEnvironment ||
                     amazon.proxy.starts_with("http://") || amazon.proxy.starts_with("https://");
  // A user and password would stand in the file.
  if (!proxy || amazon.proxy.find('@') != std::string::npos) {
    return failure(bad_value(reading, "proxy", value_or_table(table, "proxy"),
                             "\"http://host:port\" without a user, \"environment\" or an empty "
                             "text"));
  }
  if (!amazon.login_endpoint.empty() && !is_address(amazon.login_endpoint)) {
    return failure(bad_value(reading, "login_endpoint", value_or_table(table, "login_endpoint"),
                             "an empty text or " + std::string(kAddresses)));
  }
  return {};
}

}  // namespace

Result<AmazonSettings> read_amazon(const Reading& outer, const TomlValue& table) {
  MLC_TRY_STATUS(expect_table(outer, "amazon", table));
  const Reading reading{outer.file, "amazon of " + outer.section};
  AmazonSettings out;
  MLC_TRY_STATUS(read_section(reading, table, amazon_fields(), {"simulator"}, out));
  MLC_TRY_STATUS(check_amazon(reading, table, out));
  const TomlValue* simulator = table.find("simulator");
  if (simulator == nullptr) {
    if (out.endpoint != kSimulator) return out;
    return failure(
        missing_key(reading, table, "simulator", "the table [connection.amazon.simulator]"));
  }
  MLC_TRY_STATUS(expect_table(reading, "simulator", *simulator));
  const Reading inner{outer.file, "simulator of " + reading.section};
  MLC_TRY_STATUS(read_section(inner, *simulator, amazon_simulator_fields(), {}, out.simulator));
  if (!is_one_of(out.simulator.variety, {"everyday", "everything"})) {
    return failure(bad_value(inner, "variety", value_or_table(*simulator, "variety"),
                             "\"everyday\" or \"everything\""));
  }
  return out;
}

}  // namespace mlc::configuration
