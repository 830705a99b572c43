// The key that signs audit checkpoints: a file beside the database, never inside it or a backup.
#pragma once

#include <filesystem>
#include <functional>

#include "base/digest.h"
#include "base/result.h"
#include "store/sql_session.h"

namespace mlc::store {

// `count` bytes of good chance, e.g. mlc::random_bytes.
using Chance = std::function<std::string(std::size_t count)>;

inline constexpr std::string_view kSigningKeyFile = "keys/audit.key";

// The key of a state directory, agreeing with what the database knows of it. Where neither knows a
// key, one is made: the file first, then its public half in the database, so that a crash between
// them is mended by the next call. The caller commits. Errors: store.keys_missing,
// store.keys_differ, store.key_unsafe, store.file_failed.
[[nodiscard]] Result<SigningKey> open_signing_key(const std::filesystem::path& directory,
                                                  SqlSession& session, const Chance& chance,
                                                  Instant now);

// The same without making or recording anything: what a restore asks about its target.
// Errors: as above; fine when the database knows no key.
[[nodiscard]] Status check_signing_key(const std::filesystem::path& directory, SqlSession& session);

}  // namespace mlc::store
