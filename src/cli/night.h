// What `run` and `demo` do alike: move work, and say what came of it.
#pragma once

#include <stop_token>

#include "cli/session.h"

namespace mlc::cli {

// Asks Amazon and moves everything that is due; with `once` until nothing is, else until `stop`.
// Tells what happens unless JSON was asked for. Errors: daemon.engine_elsewhere, the store's.
[[nodiscard]] Status move_work(const Session& session, daemon::HubProcess& process, bool once,
                               const std::stop_token& stop);

// Says what Amazon paid and what SAP holds; the exit code is that of what waits. Errors: the
// store's.
[[nodiscard]] Result<ExitCode> say_summary(const Session& session, daemon::HubProcess& process);

// Asked to stop by an interrupt, unless the command ends by itself.
[[nodiscard]] std::stop_token stop_token_of(const Session& session);

}  // namespace mlc::cli
