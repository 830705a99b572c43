// Large settlement reports for measuring, deterministic by seed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "simulators/amazon/market.h"

namespace mlc::bench {

struct SettlementShape {
  std::uint64_t seed = 1;
  std::uint32_t rows = 2'000'000;  // detail rows
  // More than 0: the amount-descriptions are numbered so that there are about this many classes.
  std::uint32_t classes = 0;
  const simulators::amazon::Market* market = &simulators::amazon::markets().front();
};

// Writes what the Amazon simulator would send. Returns the bytes. Errors: bench.file_failed.
[[nodiscard]] Result<std::uint64_t> write_settlement_file(const SettlementShape& shape,
                                                          const std::filesystem::path& file);

// A new folder of our own for temporary files; removed with all it holds when dropped.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace mlc::bench
