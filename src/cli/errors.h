// What only the command line can get wrong.
#pragma once

#include "base/error.h"

namespace mlc::cli {

inline constexpr ErrorKind kUsage{"cli.usage", "{detail}.", "See `ml-connector {command}--help`.",
                                  ExitCode::kUsage};
inline constexpr ErrorKind kUnreadableFile{"cli.unreadable_file",
                                           "{file} cannot be read: {detail}.",
                                           "Check the name and the rights.", ExitCode::kNotFound};

inline constexpr ErrorKind kAnswerMissing{
    "cli.answer_missing", "`init` needs an answer for {key}: {words}.",
    "Give it with --set {key}=VALUE, or in the file of --answers; at a terminal `init` asks.",
    ExitCode::kUsage};
inline constexpr ErrorKind kUnknownAnswer{
    "cli.unknown_answer", "`init` has no question {key}{near}.",
    "See docs/formats/configuration.md, section \"init\", for all of them.", ExitCode::kUsage};
inline constexpr ErrorKind kSecretGiven{
    "cli.secret_given", "{key} holds a secret itself; expected a reference.",
    "Put it into a file that only this user may read and say file:PATH, or env:NAME for an "
    "environment variable; at a terminal `init` asks without showing it. Then change the secret, "
    "because it was written down here.",
    ExitCode::kUsage};
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
