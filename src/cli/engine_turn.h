// Work that a command asked for, done here or by the program that has the engine.
#pragma once

#include <vector>

#include "cli/session.h"

namespace mlc::cli {

// Takes the engine and moves everything that is due. Where another program has the engine, waits
// for it as long as a short command lasts, with a progress line: until the works rest, or until it
// ends and the engine is free. False when the works do not rest then: the other program has them.
// Not repeatable in vain: what was asked is done once. Errors: the store's, those of the engine.
[[nodiscard]] Result<bool> carry_out(const Session& session, daemon::HubProcess& process,
                                     const std::vector<WorkId>& works);

// Only waits for the engine; false when another program keeps it.
[[nodiscard]] Result<bool> wait_for_engine(const Session& session, daemon::HubProcess& process);

}  // namespace mlc::cli
