#include "store/audit_note.h"

#include <algorithm>
#include <charconv>

#include "store/audit_errors.h"

namespace mlc::store {
namespace {

constexpr std::string_view kDash = "\u2014 ";  // em dash and a blank
constexpr char kEd25519 = '\1';

std::string key_hash(std::string_view name, std::string_view public_key) {
  std::string text(name);
  text += '\n';
  text += kEd25519;
  text += public_key;
  return std::string(as_bytes(sha256(text)).substr(0, 4));
}

std::string body_of(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         to_base64(as_bytes(checkpoint.root)) + "\n";
}

tl::unexpected<Error> not_a_checkpoint(std::string_view where, int line, std::string_view found,
                                       std::string_view expected) {
  return failure(kAuditNotACheckpoint, {{"where", std::string(where)},
                                        {"line", std::to_string(line)},
                                        {"found", std::string(found.substr(0, 100))},
                                        {"expected", std::string(expected)}});
}

// The text up to the next LF, which is taken off as well; the rest when there is none.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

Result<Checkpoint> parse_body(std::string_view body, std::string_view where) {
  Checkpoint checkpoint;
  checkpoint.origin = take_line(body);
  if (checkpoint.origin.empty()) return not_a_checkpoint(where, 1, "", "the log's name");
  const auto size = take_line(body);
  const auto [end, error] =
      std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
  if (error != std::errc{} || std::to_string(checkpoint.size) != size) {
    return not_a_checkpoint(where, 2, size, "the number of entries");
  }
  const auto root_text = take_line(body);
  const auto root = from_base64(root_text);
  if (!root || root->size() != checkpoint.root.size() || to_base64(*root) != root_text) {
    return not_a_checkpoint(where, 3, root_text, "a root of 32 bytes in base64");
  }
  std::ranges::copy(*root, checkpoint.root.begin());
  if (!body.empty()) return not_a_checkpoint(where, 4, take_line(body), "an empty line");
  return checkpoint;
}

// Base64 of key hash and signature: what ends a signature line.
std::string signature_of(std::string_view name, std::string_view body, const SigningKey& key) {
  return to_base64(key_hash(name, key.public_key) + sign(key, body));
}

bool is_signature(std::string_view encoded, std::string_view name, std::string_view body,
                  std::string_view public_key) {
  const auto bytes = from_base64(encoded);
  if (!bytes || to_base64(*bytes) != encoded) return false;
  const std::string hash = key_hash(name, public_key);
  return bytes->starts_with(hash) &&
         verify(public_key, body, std::string_view(*bytes).substr(hash.size()));
}

bool signed_by(std::string_view line, std::string_view name, std::string_view body,
               std::string_view public_key) {
  const std::string start = std::string(kDash) + std::string(name) + " ";
  return line.starts_with(start) && is_signature(line.substr(start.size()), name, body, public_key);
}

std::string restore_body(std::string_view name, std::string_view entry) {
  return std::string(name) + "\n" + std::string(entry) + "\n";
}

}  // namespace

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  const std::string body = body_of(checkpoint);
  return body + "\n" + std::string(kDash) + checkpoint.origin + " " +
         signature_of(checkpoint.origin, body, key) + "\n";
}

std::string sign_restore(std::string_view name, std::string_view entry, const SigningKey& key) {
  return signature_of(name, restore_body(name, entry), key);
}

bool is_restore_signed(std::string_view name, std::string_view entry, std::string_view signature,
                       const std::vector<std::string>& public_keys) {
  const std::string body = restore_body(name, entry);
  return std::ranges::any_of(public_keys, [&](const std::string& key) {
    return is_signature(signature, name, body, key);
  });
}

Result<Checkpoint> open_checkpoint(std::string_view note, std::string_view where,
                                   const std::vector<std::string>& public_keys) {
  const auto gap = note.find("\n\n");
  if (gap == std::string_view::npos || !note.ends_with('\n')) {
    return not_a_checkpoint(where, 4, "", "an empty line and signature lines, each ended by LF");
  }
  const auto body = note.substr(0, gap + 1);
  MLC_TRY(Checkpoint checkpoint, parse_body(body, where));
  auto signatures = note.substr(gap + 2);
  bool found = false;
  for (int line = 5; !signatures.empty(); ++line) {
    const auto signature = take_line(signatures);
    if (!signature.starts_with(kDash)) {
      return not_a_checkpoint(where, line, signature, "a signature line");
    }
    found = found || std::ranges::any_of(public_keys, [&](const std::string& key) {
              return signed_by(signature, checkpoint.origin, body, key);
            });
  }
  if (found) return checkpoint;
  return failure(kAuditBadSignature,
                 {{"where", std::string(where)}, {"origin", checkpoint.origin}});
}

std::string verifier_key(std::string_view name, std::string_view public_key) {
  return std::string(name) + "+" + to_hex(key_hash(name, public_key)) + "+" +
         to_base64(std::string(1, kEd25519) + std::string(public_key));
}

}  // namespace mlc::store
