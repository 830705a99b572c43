#include "simulators/amazon/command_line.h"

#include <algorithm>
#include <charconv>

#include "simulators/amazon/faults.h"

namespace mlc::simulators::amazon {
namespace {

tl::unexpected<Error> refuse(const std::string& argument, const char* reason) {
  return failure(kBadArgument, {{"argument", argument}, {"reason", reason}});
}

template <class Number>
Status read_number(const std::string& argument, const std::string& text, Number& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  if (error != std::errc() || end != text.data() + text.size()) {
    return refuse(argument, "a whole number that fits was expected");
  }
  return {};
}

Status choose_markets(std::string_view text, Settings& settings) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  MLC_TRY(const auto streams, find_streams(names));
  for (SimulatedAccount& account : settings.accounts) play(streams, account);
  return {};
}

Status choose_variety(const std::string& argument, const std::string& word, Settings& settings) {
  if (word != kEveryday && word != kEverything) {
    return refuse(argument, "everyday or everything was expected");
  }
  settings.everything = word == kEverything;
  return {};
}

Status take_role(const std::string& argument, const std::string& role, Settings& settings) {
  if (role != "finance" && role != "insights") {
    return refuse(argument, "finance or insights was expected");
  }
  for (SimulatedAccount& account : settings.accounts) {
    (role == "finance" ? account.has_finance_role : account.has_insights_role) = false;
  }
  return {};
}

Status set_limits(const std::string& argument, const std::string& text, Settings& settings) {
  std::uint32_t percent = 0;
  MLC_TRY_STATUS(read_number(argument, text, percent));
  if (percent == 0) return refuse(argument, "at least 1 per cent was expected");
  for (SimulatedAccount& account : settings.accounts) account.limits_percent = percent;
  return {};
}

Status apply(const std::string& name, const std::string& value, CommandLine& line) {
  Settings& settings = line.settings;
  if (name == "--port") return read_number(name, value, line.port);
  if (name == "--seed") return read_number(name, value, settings.seed);
  if (name == "--settlements") return read_number(name, value, settings.settlements);
  if (name == "--rows") return read_number(name, value, settings.rows);
  if (name == "--fault-plan") {
    MLC_TRY(settings.faults, read_fault_plan(value));
    return {};
  }
  if (name == "--market") return choose_markets(value, settings);
  if (name == "--variety") return choose_variety(name, value, settings);
  if (name == "--without-role") return take_role(name, value, settings);
  if (name == "--limits") return set_limits(name, value, settings);
  if (name != "--anchor") return refuse(name, "there is no such option");
  const auto date = parse_date(value);
  if (!date) return refuse(name, "a date like 2026-09-01 was expected");
  settings.anchor = *date;
  return {};
}

}  // namespace

Result<CommandLine> parse_command_line(std::span<const std::string> arguments) {
  CommandLine line;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    if (i + 1 == arguments.size()) return refuse(arguments[i], "its value is missing");
    MLC_TRY_STATUS(apply(arguments[i], arguments[i + 1], line));
  }
  return line;
}

}  // namespace mlc::simulators::amazon
