// discovery: asks Amazon which settlement reports there are, when the connection's schedule says
// so.
#pragma once

#include "flow/connection.h"
#include "ports/store.h"

namespace mlc::flow {

// How far back reports are looked for: Amazon keeps them 90 days; less a margin.
inline constexpr std::chrono::days kReportLookBack{89};

// The work of a connection with an Amazon side, to be added when the program starts; due at once.
[[nodiscard]] ports::WorkRecord discovery_work(const Connection& connection, Instant now);

}  // namespace mlc::flow
