// Objects on disk: written as a stream, read frame by frame.
#pragma once

#include <memory>

#include "evidence/file_system.h"
#include "evidence/temporary_file.h"
#include "ports/evidence.h"

namespace mlc::evidence {

// zstd's level of frames: on settlements it is some times as fast as level 6 for a file a quarter
// larger, and compressing is what an import waits for.
inline constexpr int kObjectLevel = 1;

// `objects` is the folder where the object goes under the hash of its content.
[[nodiscard]] std::unique_ptr<ports::EvidenceWriter> write_object(
    std::unique_ptr<TemporaryFile> file, FileSystem::Path objects);

// Checks the index. Errors: evidence.not_found, evidence.damaged.
[[nodiscard]] Result<std::unique_ptr<ports::EvidenceReader>> read_object(
    FileSystem& files, const FileSystem::Path& objects, const ObjectId& id);

// Reads all of it. Errors: those of reading; evidence.damaged when the hash is not the name.
[[nodiscard]] Status verify_object(FileSystem& files, const FileSystem::Path& objects,
                                   const ObjectId& id);

}  // namespace mlc::evidence
