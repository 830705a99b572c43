#pragma once

#include "base/error.h"

namespace mlc::runtime {

inline constexpr ErrorKind kUnknownTimeZone{
    "runtime.unknown_time_zone", "There is no time zone '{zone}'.",
    "Use an IANA name such as America/Los_Angeles, and see that the package tzdata is installed.",
    ExitCode::kBadInput};

}  // namespace mlc::runtime
