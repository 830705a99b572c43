// A plain file as evidence, for measuring the reading of rows without that of evidence objects.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "ports/evidence.h"

namespace mlc::bench {

// What the index of an object says, made beforehand: frames as the vault would cut them, at most
// 1 MiB, after a line end. Totals before frame i, for i up to the number of frames.
struct PlainIndex {
  std::filesystem::path file;
  std::vector<std::uint64_t> offsets{0};
  std::vector<std::uint64_t> lines{0};
};
[[nodiscard]] PlainIndex index_plain_file(const std::filesystem::path& file);

// `index` must outlive it.
[[nodiscard]] std::unique_ptr<ports::EvidenceReader> read_plain_file(const PlainIndex& index);

}  // namespace mlc::bench
