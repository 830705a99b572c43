// The footer of a lineage file (docs/formats/lineage.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/evidence.h"

namespace mlc::evidence {

struct LineageBlock {
  std::uint64_t stored = 0;   // bytes in the file
  std::uint64_t encoded = 0;  // bytes when inflated
  std::uint64_t lines = 0;
};

struct LineageFooter {
  std::vector<LineageBlock> blocks;
  std::vector<ports::LineageClass> classes;
  std::vector<std::vector<std::uint32_t>> frames_with;  // per class, ascending
  ports::LineageMark mark = ports::LineageMark::kNone;
};

[[nodiscard]] std::string write_footer(const LineageFooter& footer);
// Nothing when the text is not exactly a footer.
[[nodiscard]] std::optional<LineageFooter> read_footer(std::string_view text);

}  // namespace mlc::evidence
