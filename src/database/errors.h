// Errors of the database drivers. Facts: `file` (the path, or what Database::name says of a
// database on a server), `statement` (its name), `detail` (SQLite's or PostgreSQL's words). Neither
// passwords nor the names and addresses of machines are ever among them.
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
    "Try again. If it stays so, look for a second program on this database, such as a backup tool "
    "or an open sqlite3 or psql shell.",
    ExitCode::kUnavailable, Again::kLater};

inline constexpr ErrorKind kUnreadable{
    "database.unreadable", "The database {file} cannot be used by {statement}: {detail}.",
    "Check that the directory exists, that this user may read and write it and that the disk is "
    "sound. If the file itself is damaged, restore the last backup.",
    ExitCode::kUnavailable};

// --- databases on a server ---
inline constexpr ErrorKind kUnreachable{
    "database.unreachable",
    "The database {file} cannot be reached for {statement}: {detail}. Nothing of it was kept.",
    "Nothing to do if it passes: the work goes on by itself where it stopped. If it stays so, see "
    "that PostgreSQL runs, and look at `url` and `password` under [store] in ml-connector.toml.",
    ExitCode::kUnavailable, Again::kLater};

// The one failure after which nobody may assume that nothing was written.
inline constexpr ErrorKind kCommitUnknown{
    "database.commit_unknown",
    "The connection to the database {file} broke while a transaction was being kept ({detail}): it "
    "was kept as a whole, or not at all.",
    "Nothing to do for work that moves by itself: it is read again. If a command of yours led "
    "here, look first whether it was carried out (`show`, `exceptions`), then repeat it.",
    ExitCode::kUnavailable, Again::kLater};

inline constexpr ErrorKind kUnsuitable{
    "database.unsuitable", "The database {file} cannot be used: {found}; expected {expected}.",
    "Make a database for this program: `createdb --encoding UTF8 --template template0 NAME` on "
    "PostgreSQL 15 or later.",
    ExitCode::kBadInput};

inline constexpr ErrorKind kBadAddress{
    "database.bad_address", "The address of the database is no address of PostgreSQL: {detail}.",
    "Write postgresql://USER@HOST:PORT/DATABASE, without a password, as `url` under [store] in "
    "ml-connector.toml.",
    ExitCode::kBadInput};

inline constexpr ErrorKind kNotAFile{
    "database.not_a_file", "The database {file} is on a server: {statement} works on files only.",
    "Use PostgreSQL's own tools for it, such as pg_amcheck.", ExitCode::kRefused};

// Another program holds, or wants, the database alone (a restore).
inline constexpr ErrorKind kInUse{
    "database.in_use", "Another program works with the database {file} now.",
    "Stop the daemons and every other command on this database, then try again.",
    ExitCode::kUnavailable, Again::kLater};

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
