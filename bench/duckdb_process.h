// DuckDB, in a process of its own that stays warm.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>

#include "base/result.h"

namespace mlc::bench {

struct DuckDbRun {
  double wall = 0;     // seconds
  double user = 0;     // processor seconds of all its threads
  std::string answer;  // "groups rows sum"
};

// Not thread-safe.
class DuckDbProcess {
 public:
  // `script` is duckdb.mjs, `modules` the folder in which node_modules is. Errors: bench.no_duckdb.
  [[nodiscard]] static Result<DuckDbProcess> start(const std::filesystem::path& script,
                                                   const std::filesystem::path& modules);
  DuckDbProcess(DuckDbProcess&& other) noexcept;
  DuckDbProcess& operator=(DuckDbProcess&&) = delete;
  ~DuckDbProcess();

  // Aggregates a settlement by type and marketplace. Errors: bench.no_duckdb.
  [[nodiscard]] Result<DuckDbRun> aggregate(int threads, const std::filesystem::path& file);

 private:
  DuckDbProcess(pid_t child, int to, int from) : child_(child), to_(to), from_(from) {}
  pid_t child_;
  int to_;
  int from_;
};

}  // namespace mlc::bench
