// What a piece of work took, measured in a process of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlc::bench {

struct Measured {
  double wall = 0;  // seconds
  double user = 0;  // processor seconds of all threads, without the kernel's
  double kernel = 0;
  std::uint64_t peak_kib = 0;  // VmHWM of the process
  std::string answer;          // what the work returned
};

// Runs `work` in a child process, so that nothing of an earlier run helps it or counts as its
// memory. Errors: bench.run_failed.
[[nodiscard]] Result<Measured> measure(const std::string& name,
                                       const std::function<Result<std::string>()>& work);

[[nodiscard]] double median(std::vector<double> values);

}  // namespace mlc::bench
