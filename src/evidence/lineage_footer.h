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

// Ascending numbers of frames, kept as they are written: as distances, the first from zero.
class FrameList {
 public:
  // Not below those before; the last one again changes nothing.
  void add(std::uint32_t frame) {
    if (size_ == 0 || frame != last_) append(frame);
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const std::string& distances() const { return distances_; }

 private:
  void append(std::uint32_t frame);
  std::string distances_;
  std::uint32_t size_ = 0;
  std::uint32_t last_ = 0;
};

struct LineageFooter {
  std::vector<LineageBlock> blocks;
  std::vector<ports::LineageClass> classes;
  std::vector<std::vector<std::uint32_t>> frames_with;  // per class, ascending
  ports::LineageMark mark = ports::LineageMark::kNone;
};

// `frames_with` has one list for each class, or fewer, where the last classes have no rows.
[[nodiscard]] std::string write_footer(const std::vector<LineageBlock>& blocks,
                                       const std::vector<ports::LineageClass>& classes,
                                       const std::vector<FrameList>& frames_with,
                                       ports::LineageMark mark);
// Nothing when the text is not exactly a footer.
[[nodiscard]] std::optional<LineageFooter> read_footer(std::string_view text);

}  // namespace mlc::evidence
