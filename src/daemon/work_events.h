// What the engine did, as events of the log.
#pragma once

#include "flow/engine.h"
#include "runtime/event_log.h"

namespace mlc::daemon {

// Writes work.moved, work.waits or work.refused for everything the engine tells. `log` must outlive
// it.
[[nodiscard]] flow::Told told_as_events(runtime::EventLog& log);

}  // namespace mlc::daemon
