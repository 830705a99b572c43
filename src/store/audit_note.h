// Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint), Ed25519; and the note that a
// restore signs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace mlc::store {

// "The log of this origin had this root when it had this many entries."
struct Checkpoint {
  std::string origin;  // names the log; also the key's name
  std::uint64_t size = 0;
  Sha256 root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// The whole note with its last line end. The same input gives the same note.
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

// Reads a note and checks that one of `public_keys` (raw, 32 bytes) signed it under its origin;
// signatures of others are passed over. `where` names it in errors.
// Errors: store.audit_not_a_checkpoint, store.audit_bad_signature.
[[nodiscard]] Result<Checkpoint> open_checkpoint(std::string_view note, std::string_view where,
                                                 const std::vector<std::string>& public_keys);

// The signature of a note with two lines: the name, and an audit entry that opens an epoch. Base64
// of key hash and signature, as the last word of a signature line.
[[nodiscard]] std::string sign_restore(std::string_view name, std::string_view entry,
                                       const SigningKey& key);
// Whether one of `public_keys` made that signature.
[[nodiscard]] bool is_restore_signed(std::string_view name, std::string_view entry,
                                     std::string_view signature,
                                     const std::vector<std::string>& public_keys);

// The key as tools for signed notes take it: <name>+<hash>+<base64>.
[[nodiscard]] std::string verifier_key(std::string_view name, std::string_view public_key);

}  // namespace mlc::store
