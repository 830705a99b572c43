// outlook: looks ahead once a day, so that what SAP will refuse next month is known today.
#pragma once

#include "flow/connection.h"
#include "flow/step.h"
#include "ports/store.h"

namespace mlc::flow {

// How far ahead posting dates are looked at: from 1 December on, January is within it.
inline constexpr std::chrono::days kOutlook{31};

// The connection's work, to be added when the program starts; due at once.
[[nodiscard]] ports::WorkRecord outlook_work(const Connection& connection, Instant now);

// Whether an error of that work, or of an opening's, is what it found, and not why it could not
// look.
[[nodiscard]] bool is_notice(std::string_view error_id);

}  // namespace mlc::flow
