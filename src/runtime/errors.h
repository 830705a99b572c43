#pragma once

#include "base/error.h"

namespace mlc::runtime {

inline constexpr ErrorKind kUnknownTimeZone{
    "runtime.unknown_time_zone", "There is no time zone '{zone}'.",
    "Use an IANA name such as America/Los_Angeles, and see that the package tzdata is installed.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kBadSchedule{
    "runtime.bad_schedule", "'{text}' is no schedule: {detail}.",
    "Write it as crontab does, such as \"*/15 22-23,0-5 * * mon-fri\".", ExitCode::kBadInput};
inline constexpr ErrorKind kBadQuietHours{
    "runtime.bad_quiet_hours", "'{text}' are no quiet hours: {detail}.",
    "Name stretches of the day such as \"22:00-06:00\".", ExitCode::kBadInput};

}  // namespace mlc::runtime
