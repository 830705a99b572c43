// A state directory comes into being whole or not at all.
#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"

namespace mlc::daemon {

// Makes `directory`, which must not exist or be empty, with what `write` puts into the folder that
// it is given. `write` is called once; a folder that exists is filled in place where nothing may be
// made beside it or another disk is mounted on it. When it fails, nothing of it is left; whoever is
// killed leaves a folder named `.making-` and 8 hexadecimal digits, beside `directory` or in it.
// Of two that make the same directory at once one succeeds. Errors: daemon.state_in_use, those of
// `write`, store.file_failed.
[[nodiscard]] Status make_whole(
    const std::filesystem::path& directory,
    const std::function<Status(const std::filesystem::path& folder)>& write);

}  // namespace mlc::daemon
