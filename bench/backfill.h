// The first night of sellers: what Amazon lists of the last three months goes from discovery to
// `proved` through the product's own client and engine, against simulated Amazon, on a virtual
// clock. Its state directory is in the folder for temporary files (TMPDIR): one in memory spares
// waiting for a disk, which is not what is measured.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace mlc::bench {

struct BackfillShape {
  std::uint32_t sellers = 1;       // of one application
  std::uint32_t settlements = 26;  // of each; even, at most 26
  std::uint32_t rows = 100;        // of each settlement
  Duration latency{};              // from a request to its answer
};

// Calls as they reached Amazon, by its operationId ("login", "document" for the storage).
struct CallsMade {
  std::uint64_t all = 0;
  std::uint64_t most = 0;     // of one seller
  std::uint64_t refused = 0;  // answered 429
};

struct Backfill {
  Duration first{};    // virtual time until the first seller was through,
  Duration elapsed{};  // and the last one
  std::uint64_t proved = 0;
  std::uint64_t steps = 0;
  std::map<std::string, CallsMade> calls;
  double processor = 0;  // seconds of the whole program,
  double simulator = 0;  // and of these those of simulated Amazon
};

// Errors: bench.run_failed (some settlement did not get to `proved`, or nothing moves any more).
[[nodiscard]] Result<Backfill> run_backfill(const BackfillShape& shape);

}  // namespace mlc::bench
