// What can go wrong while measuring.
#pragma once

#include "base/error.h"

namespace mlc::bench {

inline constexpr ErrorKind kFileFailed{"bench.file_failed", "{file} cannot be {operation}.",
                                       "Look for room in the folder of TMPDIR.",
                                       ExitCode::kUnavailable};
inline constexpr ErrorKind kRunFailed{"bench.run_failed", "The run '{run}' failed: {detail}.",
                                      "Run it alone under a debugger.", ExitCode::kInternal};
inline constexpr ErrorKind kNoDuckDb{"bench.no_duckdb", "DuckDB does not answer: {detail}.",
                                     "Node and the packages of bench/package.json are installed by "
                                     "scripts/bench; see what it said.",
                                     ExitCode::kUnavailable};

}  // namespace mlc::bench
