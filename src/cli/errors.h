// What only the command line can get wrong.
#pragma once

#include "base/error.h"

namespace mlc::cli {

inline constexpr ErrorKind kUsage{"cli.usage", "{detail}.", "See `ml-connector {command}--help`.",
                                  ExitCode::kUsage};
inline constexpr ErrorKind kUnreadableFile{"cli.unreadable_file",
                                           "{file} cannot be read: {detail}.",
                                           "Check the name and the rights.", ExitCode::kNotFound};

inline constexpr ErrorKind kCannotMakeState{
    "cli.cannot_make_state", "{directory} cannot be made: {detail}.",
    "Check the rights and the free space there, or name another folder with --state.",
    ExitCode::kUnavailable};

inline constexpr ErrorKind kMorningStopped{
    "cli.morning_stopped", "The demo's morning ended at `{command}`: {reason}.",
    "What was done stays done. Go on by hand; `exceptions` says what waits.", ExitCode::kAttention};

inline constexpr ErrorKind kOutputLost{
    "cli.output_lost", "The answer could not be written to standard output.",
    "Make room where it goes to. What was asked was done; `settlements` and `show` only look.",
    ExitCode::kUnavailable};
inline constexpr ErrorKind kUnexpected{"cli.unexpected", "An unexpected fault: {detail}.",
                                       "Report this with what was typed.", ExitCode::kInternal};

}  // namespace mlc::cli
