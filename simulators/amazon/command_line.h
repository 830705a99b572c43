// What `amazon-simulator` was asked for.
#pragma once

#include <span>
#include <string>

#include "simulators/amazon/amazon_simulator.h"

namespace mlc::simulators::amazon {

inline constexpr ErrorKind kBadArgument{
    "simulators.bad_argument", "The argument '{argument}' cannot be used: {reason}.",
    "usage: amazon-simulator [--port N] [--seed N] [--anchor YYYY-MM-DD] [--settlements N] "
    "[--rows N] [--market NAME,...] [--variety everyday|everything] "
    "[--without-role finance|insights] [--limits PERCENT] [--fault-plan FILE]",
    ExitCode::kUsage};

inline constexpr const char* kHelp =
    "amazon-simulator [--port N] [--seed N] [--anchor YYYY-MM-DD] [--settlements N] [--rows N]\n"
    "                 [--market NAME,...] [--variety everyday|everything]\n"
    "                 [--without-role finance|insights] [--limits PERCENT] [--fault-plan FILE]\n"
    "    serves a simulated Amazon on the loopback address until it is asked to end; prints its\n"
    "    address and the keys of its account\n"
    "    --port          a free one unless given\n"
    "    --seed          other settlements\n"
    "    --anchor        the day on which the first settlement begins\n"
    "    --settlements   how many there are of each market, one every 14 days\n"
    "    --rows          how many rows each has, about\n"
    "    --market        files are written as that store does; several of one region, separated\n"
    "                    by commas, belong to one selling account: US, CA, MX, BR; DE, FR, UK,\n"
    "                    IT, ES, NL, SE, PL, TR, AE, IN; JP, AU, SG. US-invoiced is the store's\n"
    "                    second stream, of the account type Invoiced Orders\n"
    "    --variety       everything: half of the rows are of kinds that are rare\n"
    "    --without-role  the application lacks it: finance (Finance and Accounting, for reports)\n"
    "                    or insights (Selling Partner Insights, for marketplaces)\n"
    "    --limits        per cent of the limits that Amazon publishes\n"
    "    --fault-plan    what goes wrong, and when (docs/formats/fault-plan.md)\n";

struct CommandLine {
  std::uint16_t port = 0;
  Settings settings;
};

// Reads the fault plan's file, too. Errors: simulators.bad_argument, .bad_markets, .bad_fault_plan,
// .unreadable_fault_plan.
[[nodiscard]] Result<CommandLine> parse_command_line(std::span<const std::string> arguments);

}  // namespace mlc::simulators::amazon
