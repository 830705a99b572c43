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

}  // namespace mlc::cli
