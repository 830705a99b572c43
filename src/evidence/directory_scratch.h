// A scratch file in the vault's folder of unfinished files.
#pragma once

#include <memory>

#include "evidence/file_system.h"
#include "ports/scratch.h"

namespace mlc::evidence {

// Names are numbers; the first free one from `number` on is taken. What a process leaves when it
// dies is removed by DirectoryVault::remove_leftovers. Errors: evidence.unreadable, .disk_full.
[[nodiscard]] Result<std::unique_ptr<ports::ScratchFile>> make_scratch(
    FileSystem& files, const FileSystem::Path& incoming, std::uint64_t number);

}  // namespace mlc::evidence
