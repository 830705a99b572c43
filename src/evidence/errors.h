// Errors of the evidence vault. `file` is a path, `object` the name (SHA-256) of what was asked.
#pragma once

#include "base/error.h"

namespace mlc::evidence {

inline constexpr ErrorKind kNotFound{
    "evidence.not_found", "There is no evidence {object}.",
    "Restore the last backup's evidence folder beside the present one; objects never collide.",
    ExitCode::kNotFound};

inline constexpr ErrorKind kDamaged{
    "evidence.damaged", "Evidence {object} is damaged at {place}: {found}; expected {expected}.",
    "Check the disk. Copy the object from a backup over it, or import the same file again: it is "
    "then written anew.",
    ExitCode::kTampered};

inline constexpr ErrorKind kUnreadable{
    "evidence.unreadable", "{operation} of {file} failed: {detail}.",
    "Check that the folder exists, that this user may read and write it and that the disk is "
    "sound; then run the same again.",
    ExitCode::kUnavailable, Again::kLater};

inline constexpr ErrorKind kDiskFull{
    "evidence.disk_full", "The disk or quota that holds {file} is full.",
    "Make room there. Nothing half-written is kept; the work goes on by itself.",
    ExitCode::kUnavailable, Again::kLater};

inline constexpr ErrorKind kFileMissing{"evidence.file_missing", "There is no file {file}.",
                                        "Restore the evidence folder from the last backup.",
                                        ExitCode::kNotFound};

inline constexpr ErrorKind kFileExists{"evidence.file_exists", "{file} exists already.",
                                       "Remove it if no other program is writing there.",
                                       ExitCode::kRefused};

inline constexpr ErrorKind kForeignFile{
    "evidence.foreign_file", "{file} is not evidence: its name is not a SHA-256.",
    "Move it elsewhere; only this program writes into that folder.", ExitCode::kTampered};

inline constexpr ErrorKind kLineageDiffers{
    "evidence.lineage_differs",
    "The lineage of class {class} counts {found} rows where the class says {expected}.",
    "This is a fault of this program: report it with this text.", ExitCode::kInternal};

}  // namespace mlc::evidence
