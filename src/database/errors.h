// Errors of the database driver. Facts: `file`, `statement` (its name), `detail` (SQLite's words).
#pragma once

#include "base/error.h"

namespace mlc::database {

inline constexpr ErrorKind kDiskFull{
    "database.disk_full",
    "The disk or quota that holds the database {file} is full; {statement} was taken back.",
    "Make room there. Nothing is lost: the work goes on by itself where it stopped.",
    ExitCode::kUnavailable, Again::kLater};

inline constexpr ErrorKind kBusy{
    "database.busy",
    "Another process kept the database {file} locked for the whole waiting time of {statement}.",
    "Try again. If it stays so, look for a second program on this state directory, such as a "
    "backup tool or an open sqlite3 shell.",
    ExitCode::kUnavailable, Again::kLater};

inline constexpr ErrorKind kUnreadable{
    "database.unreadable", "The database {file} cannot be used by {statement}: {detail}.",
    "Check that the directory exists, that this user may read and write it and that the disk is "
    "sound. If the file itself is damaged, restore the last backup.",
    ExitCode::kUnavailable};

inline constexpr ErrorKind kReadOnly{
    "database.read_only", "The database {file} can only be read here; {statement} would write.",
    "Use a copy in a folder that this user may write, or ask whoever owns this one.",
    ExitCode::kRefused};

inline constexpr ErrorKind kOlderVersion{
    "database.older_version",
    "The database {file} has version {found}; this program needs {expected} and cannot bring it up "
    "to date, because it can only be read here.",
    "Copy it to a place that can be written, or look at it with the program that wrote it.",
    ExitCode::kBadInput};

inline constexpr ErrorKind kNewerVersion{
    "database.newer_version",
    "The database {file} has version {found} ({found_name}); this program knows versions up to "
    "{expected}.",
    "Run the newer program that wrote it, or restore a backup made before the upgrade. This "
    "program changed nothing.",
    ExitCode::kBadInput};

inline constexpr ErrorKind kOtherSchema{
    "database.other_schema",
    "The database {file} holds step {found} where this program has step {expected}.",
    "The file belongs to another program or an unreleased build: use the directory of this "
    "program, or restore a backup.",
    ExitCode::kBadInput};

// Fact `constraint`: "unique", "primary_key", "foreign_key", "not_null", "check" or "type".
inline constexpr ErrorKind kConstraint{
    "database.constraint", "{statement} would break a {constraint} rule of the database: {detail}.",
    "If a command led here, the record exists already or names one that does not: look at it "
    "first. Otherwise it is a fault of this program: report it with this text.",
    ExitCode::kRefused};

inline constexpr ErrorKind kStatementRefused{
    "database.statement_refused", "The database {file} refused {statement}: {detail}.",
    "This is a fault of this program: report it with this text.", ExitCode::kInternal};

inline constexpr ErrorKind kDamaged{
    "database.damaged", "The integrity check of the database {file} found: {detail}.",
    "Stop using the file, keep a copy of it, check the disk and restore the last backup.",
    ExitCode::kTampered};

inline constexpr ErrorKind kBackupExists{
    "database.backup_exists", "The backup was not written: {target} exists already.",
    "Name a file that does not exist yet.", ExitCode::kRefused};

}  // namespace mlc::database
