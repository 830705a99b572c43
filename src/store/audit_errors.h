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

inline constexpr ErrorKind kAuditNotACheckpoint{
    "store.audit_not_a_checkpoint",
    "{where} is not a checkpoint: line {line} is '{found}'; expected {expected}.",
    "Give a file that `audit checkpoint` or the nightly export wrote, unchanged.",
    ExitCode::kBadInput};

inline constexpr ErrorKind kAuditOtherLog{
    "store.audit_other_log", "{where} belongs to the log '{found}'; this one is '{expected}'.",
    "Give the checkpoints of this installation and tenant.", ExitCode::kBadInput};

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
