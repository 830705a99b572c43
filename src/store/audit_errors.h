// Errors of the audit log.
#pragma once

#include "base/error.h"

namespace mlc::store {

inline constexpr ErrorKind kAuditEntryChanged{
    "store.audit_entry_changed",
    "Entry {position} of the audit log of tenant {tenant} was changed: {found}; expected "
    "{expected}.",
    "Keep this database as evidence. Compare the entry with the same entry in an older backup to "
    "see what was changed.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditEntryMissing{
    "store.audit_entry_missing",
    "Entry {position} of the audit log of tenant {tenant} is missing; the next one found is "
    "{found}.",
    "Keep this database as evidence. The entry is in an older backup, if one holds that many.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditTreeChanged{
    "store.audit_tree_changed",
    "The audit log of tenant {tenant} does not lead to {where}: the first difference is at or "
    "after entry {from} and before entry {to}; the root over {to} entries is {found}, expected "
    "{expected}.",
    "Keep this database as evidence. Compare these entries with an older backup to see which were "
    "changed, exchanged or put in.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditTruncated{
    "store.audit_truncated",
    "The audit log of tenant {tenant} ends after {found} entries; {where} was made over "
    "{expected}.",
    "If this is a restored backup, it was not restored by `restore`, which names itself in the "
    "log: use that. Otherwise keep this database as evidence.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditEpochChanged{
    "store.audit_epoch_changed",
    "Entry {position} of the audit log of tenant {tenant} opens an epoch wrongly: {found}; "
    "expected {expected}.",
    "Keep this database as evidence: the record of a restore was changed or made up.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditEpochUnsigned{
    "store.audit_epoch_unsigned",
    "Entry {position} of the audit log of tenant {tenant} says that a restore was made at {at} by "
    "{actor}, but no known key of this installation signed it.",
    "Keep this database as evidence: somebody who has no key made the restore up, to pass entries "
    "off as dropped by it.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditNeverWasSoLong{
    "store.audit_never_was_so_long",
    "{where} was made over {found} entries of epoch {epoch}; the restore at {at} says that the log "
    "it replaced had {expected}.",
    "Keep this database as evidence. The log was cut or exchanged before that restore: compare the "
    "checkpoint with older backups.",
    ExitCode::kTampered};

// --- records beside the trail ---
inline constexpr ErrorKind kAuditTrailEmpty{
    "store.audit_trail_empty",
    "The audit log of tenant {tenant} is empty, but there are {found} records that it must tell "
    "of.",
    "Keep this database as evidence: the log was taken away. Compare with an older backup.",
    ExitCode::kTampered};
inline constexpr ErrorKind kRecordUntold{
    "store.record_untold", "The audit log tells nothing of {record}, of which there is a record.",
    "Keep this database as evidence: the record was put in beside the log.", ExitCode::kTampered};
inline constexpr ErrorKind kRecordMissing{
    "store.record_missing", "The audit log tells of {subject}, but there is no record of it.",
    "Keep this database as evidence: the record was taken away. It is in an older backup.",
    ExitCode::kTampered};
inline constexpr ErrorKind kRecordDiffers{
    "store.record_differs",
    "The record of {record} was changed: {field} is '{found}'; the audit log says '{expected}'.",
    "Keep this database as evidence. What is shown of this settlement is not what was done: the "
    "audit log and SAP say what was.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditNotACheckpoint{
    "store.audit_not_a_checkpoint",
    "{where} is not a checkpoint: line {line} is '{found}'; expected {expected}.",
    "Give a file that `audit checkpoint` or the nightly export wrote, unchanged.",
    ExitCode::kBadInput};

inline constexpr ErrorKind kAuditOtherLog{
    "store.audit_other_log", "{where} belongs to the log '{found}'; this one is '{expected}'.",
    "Give the checkpoints of this installation and tenant. If it is one of them, the key that the "
    "database names was exchanged: keep this database as evidence.",
    ExitCode::kBadInput};

inline constexpr ErrorKind kAuditBadSignature{
    "store.audit_bad_signature",
    "{where} carries no signature of a known key for the log '{origin}'.",
    "Give the public keys that were in use when it was signed. If they are given, the checkpoint "
    "was forged or changed.",
    ExitCode::kTampered};

inline constexpr ErrorKind kAuditReservedAction{
    "store.audit_reserved_action", "The action '{action}' is written by a restore only.",
    "This is a fault of this program: report it with this text.", ExitCode::kInternal};

}  // namespace mlc::store
