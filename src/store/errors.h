// Every refusal of the store. Facts are named in the texts; `detail` is the cause's own words.
#pragma once

#include "base/error.h"

namespace mlc::store {

// --- running statements ---
inline constexpr ErrorKind kBusy{
    "store.busy", "Another process kept the store locked during {operation}.",
    "Nothing to do: the work tries again. If it stays so, look for a second program on this store, "
    "such as an open sqlite3 or psql shell.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kDiskFull{
    "store.disk_full", "The disk that holds the store is full; {operation} was taken back.",
    "Make room there. Nothing is lost: the work goes on by itself where it stopped.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kUnreadable{
    "store.unreadable", "The store cannot be used by {operation}: {detail}",
    "Check that the state directory exists, that this user may read and write it and that the "
    "disk is sound. If the file itself is damaged, restore the last backup.",
    ExitCode::kUnavailable};
inline constexpr ErrorKind kUnreachable{
    "store.unreachable", "The store cannot be reached for {operation}: {detail}",
    "Nothing to do if it passes: nothing is lost, the work goes on where it stopped. If it stays "
    "so, see that PostgreSQL runs, and look at [store] in ml-connector.toml.",
    ExitCode::kUnavailable, Again::kLater};
// The one failure after which nobody may assume that nothing was kept.
inline constexpr ErrorKind kCommitUnknown{
    "store.commit_unknown", "Nobody knows yet whether {operation} was kept: {detail}",
    "Nothing to do for work that moves by itself: it is read again. If a command of yours led "
    "here, look first whether it was carried out (`show`, `exceptions`), then repeat it.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kDamagedRecord{
    "store.damaged_record", "{place} holds '{found}'; expected {expected}.",
    "Somebody or something changed the store from outside: run `audit verify`, keep a copy of the "
    "file and restore the last backup.",
    ExitCode::kTampered};

// --- records ---
inline constexpr ErrorKind kWorkNotFound{
    "store.work_not_found", "There is no work {work} of tenant {tenant}.",
    "See `settlements` for what there is.", ExitCode::kNotFound};
inline constexpr ErrorKind kSettlementNotFound{
    "store.settlement_not_found", "There is no settlement record of work {work}, tenant {tenant}.",
    "See `settlements` for what there is.", ExitCode::kNotFound};
inline constexpr ErrorKind kLeaseLost{
    "store.lease_lost",
    "Work {work} has revision {found_revision} and fence {found_fence}; this answer was made under "
    "revision {revision} and fence {fence}.",
    "Nothing to do: another worker took the work over and this answer was discarded.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kSettlementIdHeld{
    "store.settlement_id_held",
    "Work {holder} already stands for settlement {settlement} of {selling_account}; work {work} "
    "cannot stand for it as well.",
    "Compare the two files and decide with `resolve` which one counts.", ExitCode::kRefused};
inline constexpr ErrorKind kManifestPosted{
    "store.manifest_posted",
    "Manifest {revision} of work {work} is in SAP as document {document}; it cannot be replaced.",
    "Reverse the documents first; the next plan then gets the next revision.", ExitCode::kRefused};
inline constexpr ErrorKind kDocumentPosted{
    "store.document_posted",
    "Revision {revision} of work {work} is in SAP as document {document}; it cannot be forgotten.",
    "Reverse the documents first; the next plan then gets the next revision.", ExitCode::kRefused};

// --- state directories ---
inline constexpr ErrorKind kNotAStateDirectory{
    "store.not_a_state_directory", "{directory} is not a state directory of this program: {found}.",
    "Name the directory of an ml-connector with --state (`demo` makes one).", ExitCode::kBadInput};
inline constexpr ErrorKind kDatabaseMissing{
    "store.database_missing", "{directory} holds {found} but no hub.sqlite.",
    "Restore the last backup into it. Beginning anew would forget what is already in SAP.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kDatabaseEmpty{
    "store.database_empty", "{directory} holds {found}, but the database {database} holds nothing.",
    "Look whether `url` under [store] in ml-connector.toml names the right database, and restore "
    "the last backup into it if it does. Beginning anew would forget what is already in SAP.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kNewerVersion{
    "store.newer_version",
    "{directory} was written by a newer program: version {found}, this program knows {expected}.",
    "Run the newer program, or restore a backup made before the upgrade. Nothing was changed.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kKeysMissing{
    "store.keys_missing", "{directory} has no {file}, but its database knows the key {public_key}.",
    "Copy the folder keys, which is kept apart from backups, back to its place.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kKeysDiffer{
    "store.keys_differ", "{file} is the key {found}; the database expects {public_key}.",
    "Copy the folder keys that belongs to this store to its place.", ExitCode::kBadInput};
inline constexpr ErrorKind kKeyUnsafe{
    "store.key_unsafe", "{file} is {found}; expected {expected}.",
    "Make it so, or copy the key again from where it is kept apart.", ExitCode::kBadInput};
inline constexpr ErrorKind kInUse{
    "store.in_use", "Another program works on {directory} now.",
    "Stop the daemon and every other command on this directory, then try again.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kRestoreUnfinished{
    "store.restore_unfinished", "A restore into {directory} was interrupted.",
    "Run `restore` with the same backup again; it finishes what was begun.", ExitCode::kBadInput};
inline constexpr ErrorKind kFileFailed{
    "store.file_failed", "{operation} of {file} failed: {detail}.",
    "Check the rights and the free space there, then try again.", ExitCode::kUnavailable};

// --- backups ---
inline constexpr ErrorKind kBackupExists{
    "store.backup_exists", "The backup was not written: {target} exists already.",
    "Name a directory that does not exist yet.", ExitCode::kRefused};
inline constexpr ErrorKind kNotABackup{
    "store.not_a_backup", "{directory} is not a backup of this program: {found}.",
    "Name the directory that `backup` wrote.", ExitCode::kBadInput};
inline constexpr ErrorKind kBackupDamaged{
    "store.backup_damaged", "{file} of the backup is {found}; expected {expected}.",
    "Use another backup. Nothing was restored.", ExitCode::kTampered};
inline constexpr ErrorKind kNotForBackup{
    "store.not_for_backup",
    "'{file}' is named as a rule file, but lies outside of the state directory or of rules/ "
    "without "
    "ending in .toml; a backup takes nothing else along, so that it never holds a secret.",
    "Move the rule file into rules/ and name it there.", ExitCode::kBadInput};
inline constexpr ErrorKind kForeignToBackup{
    "store.foreign_to_backup",
    "The backup lists '{file}', which no backup holds: database, evidence, configuration and rules "
    "are all there is, never keys.",
    "Somebody changed this backup: use another one. Nothing was restored.", ExitCode::kTampered};
inline constexpr ErrorKind kTargetInhabited{
    "store.target_inhabited", "{directory} already holds a store; it was left as it is.",
    "Restore into an empty directory, or say explicitly that this store is to be replaced.",
    ExitCode::kRefused};

}  // namespace mlc::store
