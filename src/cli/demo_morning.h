// The morning after the demo's night: what waits for a person is cured as a person would, by the
// very commands.
#pragma once

#include "cli/session.h"

namespace mlc::cli {

// Who did it, for the audit trail.
inline constexpr const char* kDemoPerson = "demo-accountant";

// Looks at what waits, writes the rules that are missing, approves what is previewed. Every command
// is shown as it is typed and runs as one of its own: nobody may have the hub open meanwhile. Says
// nothing with --json. For a state that this demo made; a state of others is decided by others.
// Errors: what cannot be read or written of the state; a command that fails ends the morning.
[[nodiscard]] Status play_morning(const Session& session);

}  // namespace mlc::cli
