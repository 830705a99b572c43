// What an engine calls itself in leases, fences and the audit trail.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace mlc::daemon {

// "hub": the only engine of a store that one directory has to itself.
inline constexpr std::string_view kOnlyWorker = "hub";

// This machine's name, "?" where it has none.
[[nodiscard]] std::string host_name();

// "hub-1a2b3c4d5e6f" for a directory that shares its store: the same for every process that works
// in this directory on this machine, one after the other under engine.lock, and another one for
// every other directory, machine and copy of the directory. So whoever holds the lock may take over
// what the process before had leased, and nobody else does. Made of the machine's name and id
// (/etc/machine-id), the directory's path and the lock file's inode; nothing is written.
// Errors: daemon.lock_failed (there is no engine.lock).
[[nodiscard]] Result<std::string> shared_worker_name(const std::filesystem::path& directory);

}  // namespace mlc::daemon
