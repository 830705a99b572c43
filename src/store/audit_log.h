// The audit log: one Merkle tree per tenant, append-only, signed checkpoints, provable to anyone
// who kept an earlier checkpoint. Format and proofs: docs/formats/audit.md.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "base/strong_id.h"
#include "base/time.h"
#include "database/database.h"
#include "ports/store.h"
#include "store/audit_note.h"
#include "store/audit_records.h"

namespace mlc::store {

// Action of the entry that opens an epoch; nobody else may use it.
inline constexpr std::string_view kEpochAction = "epoch";
// Its last fact: the signature of the installation over everything before it.
inline constexpr std::string_view kSignatureFact = "signature";

struct AuditHead {
  std::uint64_t epoch = 1;
  std::uint64_t size = 0;  // numbered entries
  Sha256 root{};
  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

// Adds an entry to the business transaction it belongs to; it has no position yet.
// Errors: store.audit_reserved_action, database.*.
[[nodiscard]] Status append_audit(database::Transaction& transaction, const TenantId& tenant,
                                  const ports::AuditEntry& entry);

// Numbers the entries that have no position, in the order they were written, and grows the tree;
// at most `limit`, so call again until the size stays. Errors: database.*.
[[nodiscard]] Result<AuditHead> sequence_audit(database::Transaction& transaction,
                                               const TenantId& tenant, std::size_t limit = 10'000);

// What a restore says about itself.
struct AuditEpoch {
  std::uint64_t epoch = 0;  // higher than every epoch before, here and in what was replaced
  Instant at;
  std::string actor;
  std::vector<Fact> facts;  // further words: the backup's name, size and root of what was replaced
};

// Who signs a restore: the installation, by the key that signs its checkpoints.
struct AuditSigner {
  std::string log_name;
  SigningKey key;
};

// Opens a new epoch in a restored database: an entry with old epoch, old size and old root, signed,
// is numbered at once, before entries that were waiting. Part of the restoring transaction.
// Errors: store.audit_epoch_changed (not higher than the present one), database.*.
[[nodiscard]] Result<AuditHead> open_audit_epoch(database::Transaction& transaction,
                                                 const TenantId& tenant, const AuditEpoch& epoch,
                                                 const AuditSigner& signer);

struct NumberedAuditEntry {
  std::uint64_t position = 0;  // 0-based
  ports::AuditEntry entry;
  std::string content;  // the leaf's text, for export
};

// A checkpoint given to `verify_audit`; `where` is what messages call it (a file name).
struct EarlierCheckpoint {
  std::string where;
  std::string note;
};

struct AuditQuestion {
  TenantId tenant;
  std::string log_name;                    // of this installation, see AuditLog
  std::vector<std::string> public_keys;    // every key that ever signed, raw
  std::vector<EarlierCheckpoint> earlier;  // those kept in the database are added
};

// A checkpoint over entries that a signed restore has dropped: nothing can be said about those
// entries; a person compares the restore with what he knows of it.
struct SupersededCheckpoint {
  std::string where;
  Instant restored_at;
  std::string restored_by;
  friend bool operator==(const SupersededCheckpoint&, const SupersededCheckpoint&) = default;
};

struct AuditReport {
  AuditHead head;
  std::uint64_t pending = 0;                     // entries without a position: not yet protected
  std::uint64_t checkpoints = 0;                 // that agree with the log
  std::vector<NumberedAuditEntry> epochs;        // every restore the log names
  std::vector<SupersededCheckpoint> superseded;  // neither agree nor differ
};

// Recomputes everything from the entries' bytes: every entry, the tree, all checkpoints.
// The error is the first difference. Reads one state of the database, whatever is written
// meanwhile. Errors: every store.audit_* (audit_errors.h), database.*.
[[nodiscard]] Result<AuditReport> verify_audit(database::Transaction& transaction,
                                               const AuditQuestion& question);

// The name of a tenant's log in one epoch: "<log name>/<tenant>/<epoch>", the tenant with
// everything but letters, digits, `.`, `_` and `-` percent-encoded.
[[nodiscard]] std::string audit_origin(std::string_view log_name, const TenantId& tenant,
                                       std::uint64_t epoch);
// Under which a restore is signed, "<log name>/<tenant>/restore": no checkpoint has that origin.
[[nodiscard]] std::string restore_origin(std::string_view log_name, const TenantId& tenant);

// The same verbs, each in a transaction of its own. Thread-safe.
class AuditLog {
 public:
  // `log_name` names this installation for ever, without blanks and plus signs, best beginning
  // with a host name of the owner. The database must outlive the log and hold kAuditSchema.
  AuditLog(database::Database& database, std::string log_name)
      : database_(database), log_name_(std::move(log_name)) {}

  [[nodiscard]] Result<AuditHead> sequence(const TenantId& tenant);  // all that wait
  [[nodiscard]] Result<AuditHead> head(const TenantId& tenant);
  // Numbers what waits, signs the head, keeps the note and returns it. Repeatable: the same head
  // and key give the same note.
  [[nodiscard]] Result<std::string> checkpoint(const TenantId& tenant, const SigningKey& key,
                                               Instant now);
  // As `checkpoint`, where entries wait or the head has no checkpoint yet; else nothing is written.
  // For whoever asks often. Repeatable.
  [[nodiscard]] Status seal(const TenantId& tenant, const SigningKey& key, Instant now);
  [[nodiscard]] Result<AuditReport> verify(const TenantId& tenant,
                                           std::vector<std::string> public_keys,
                                           std::vector<EarlierCheckpoint> earlier = {});
  // Compares the records with the trail, see audit_records.h.
  [[nodiscard]] Result<RecordCheck> check_records(const TenantId& tenant);
  // Every entry of a subject in order, also those without a position; numbers and writes nothing.
  // Errors: store.audit_entry_changed where one cannot be read.
  [[nodiscard]] Result<std::vector<ports::AuditEntry>> history(const TenantId& tenant,
                                                               const std::string& subject);
  // Numbered entries from a position on, at most `limit`, of one subject when that is given.
  // Errors: store.audit_entry_changed where one cannot be read.
  [[nodiscard]] Result<std::vector<NumberedAuditEntry>> entries(
      const TenantId& tenant, std::uint64_t from, std::size_t limit,
      const std::optional<std::string>& subject = std::nullopt);
  [[nodiscard]] Result<std::vector<TenantId>> tenants();

  [[nodiscard]] const std::string& log_name() const { return log_name_; }

 private:
  database::Database& database_;
  std::string log_name_;
};

}  // namespace mlc::store
