#include "simulators/amazon/command_line.h"

#include <charconv>
#include <fstream>
#include <sstream>

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

Status read_fault_plan(const std::string& argument, const std::string& file, Settings& settings) {
  std::ifstream stream(file);
  std::ostringstream text;
  if (!(text << stream.rdbuf())) return refuse(argument, "the file cannot be read");
  MLC_TRY(settings.faults, parse_fault_plan(text.str()));
  for (const FaultOrder& order : settings.faults) {
    if (is_known(order)) continue;
    return failure(kBadFaultPlan, {{"reason", "there is no kind '" + order.kind + "'"},
                                   {"place", "'" + order.where + "'"}});
  }
  return {};
}

Status choose_market(const std::string& argument, const std::string& name, Settings& settings) {
  const Market* const market = find_market(name);
  if (market == nullptr) return refuse(argument, "US, DE, FR, UK or JP was expected");
  for (SimulatedAccount& account : settings.accounts) {
    account.market = market;
    account.region = market->region;
    account.marketplace_ids = {std::string(market->marketplace_id)};
  }
  return {};
}

Status apply(const std::string& name, const std::string& value, CommandLine& line) {
  Settings& settings = line.settings;
  if (name == "--port") return read_number(name, value, line.port);
  if (name == "--seed") return read_number(name, value, settings.seed);
  if (name == "--settlements") return read_number(name, value, settings.settlements);
  if (name == "--rows") return read_number(name, value, settings.rows);
  if (name == "--fault-plan") return read_fault_plan(name, value, settings);
  if (name == "--market") return choose_market(name, value, settings);
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
