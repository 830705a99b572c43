// Lineage files: which class each line of an object belongs to (docs/formats/lineage.md).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/evidence.h"

namespace mlc::evidence {

// The whole file. The same input gives the same bytes.
// Errors: evidence.lineage_differs (a class number that is no class, or rows that do not add up).
[[nodiscard]] Result<std::string> write_lineage(const std::vector<ports::LineageFrame>& frames,
                                                const std::vector<ports::LineageClass>& classes,
                                                ports::LineageMark mark);

// Checks that `bytes` hash to `id`, and reads the footer. Errors: evidence.damaged.
[[nodiscard]] Result<std::unique_ptr<ports::LineageReader>> read_lineage(std::string bytes,
                                                                         const ObjectId& id);

}  // namespace mlc::evidence
