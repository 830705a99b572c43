// Configuration and rule files into what the engine knows of a connection.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "configuration/hub_configuration.h"
#include "flow/connection.h"

namespace mlc::daemon {

// Reads the rule files of the connection, relative to the state directory. Errors: those of rule
// files and of ledger::RuleBook::make, runtime.unknown_time_zone, .bad_schedule, .bad_quiet_hours.
[[nodiscard]] Result<flow::Connection> make_connection(
    const configuration::ConnectionSettings& settings, const configuration::TimeSettings& times,
    const std::filesystem::path& state_directory);

}  // namespace mlc::daemon
