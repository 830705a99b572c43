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

// The same without making or recording anything: what a restore asks about its target, and signs
// itself with. Errors: as above; store.keys_missing also when nobody knows a key.
[[nodiscard]] Result<SigningKey> signing_key_for_restore(const std::filesystem::path& directory,
                                                         SqlSession& session);

// What the database names as the key, without its private half: for looking where no keys are.
// Errors: store.keys_missing when it names none.
[[nodiscard]] Result<SigningKey> public_key_of(const std::filesystem::path& directory,
                                               SqlSession& session);

// Names an installation's audit logs for ever, also after a restore: made of the public key.
[[nodiscard]] std::string log_name_of(std::string_view public_key);

}  // namespace mlc::store
