// Lineage files: which class each line of an object belongs to (docs/formats/lineage.md).
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "evidence/file_system.h"
#include "evidence/temporary_file.h"
#include "ports/evidence.h"

namespace mlc::evidence {

// `folder` is where the file goes under its name. Memory: some bytes for each frame that a class
// occurs in, nothing for lines.
[[nodiscard]] std::unique_ptr<ports::LineageWriter> write_lineage(
    std::unique_ptr<TemporaryFile> file, FileSystem::Path folder);

// Checks that `bytes` hash to `id`, and reads the footer. Errors: evidence.damaged.
[[nodiscard]] Result<std::unique_ptr<ports::LineageReader>> read_lineage(std::string bytes,
                                                                         const ObjectId& id);

}  // namespace mlc::evidence
