// What `amazon-simulator` was asked for.
#pragma once

#include <span>
#include <string>

#include "simulators/amazon/amazon_simulator.h"

namespace mlc::simulators::amazon {

inline constexpr ErrorKind kBadArgument{
    "simulators.bad_argument", "The argument '{argument}' cannot be used: {reason}.",
    "usage: amazon-simulator [--port N] [--seed N] [--anchor YYYY-MM-DD] [--settlements N] "
    "[--rows N] [--market US|DE|FR|UK|JP] [--fault-plan FILE]",
    ExitCode::kUsage};

struct CommandLine {
  std::uint16_t port = 0;
  Settings settings;
};

// Reads the fault plan's file, too. Errors: simulators.bad_argument, simulators.bad_fault_plan.
[[nodiscard]] Result<CommandLine> parse_command_line(std::span<const std::string> arguments);

}  // namespace mlc::simulators::amazon
