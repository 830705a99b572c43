// When a connection asks Amazon, and when nothing is sent to SAP. Pure; thread-safe.
#pragma once

#include "flow/connection.h"

namespace mlc::flow {

// The zone of schedule and quiet hours.
[[nodiscard]] const runtime::TimeZone& calendar_zone(const Connection& connection);

// When Amazon is asked again after an answer at `now`: by `schedule`, else after `poll_every`.
[[nodiscard]] Instant next_poll(const Connection& connection, Instant now);

// When the quiet hours end, if `now` is in them.
[[nodiscard]] std::optional<Instant> quiet_until(const Connection& connection, Instant now);

}  // namespace mlc::flow
