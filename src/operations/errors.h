// Refusals of an operator's verbs. Wrong states are refused with flow.wrong_state.
#pragma once

#include "base/error.h"

namespace mlc::operations {

inline constexpr ErrorKind kNotFound{"operations.not_found",
                                     "There is no {what} '{name}' here{near}.",
                                     "See `settlements` for what there is.", ExitCode::kNotFound};
inline constexpr ErrorKind kNotASettlementId{
    "operations.not_a_settlement_id",
    "'{name}' is neither a settlement-id (digits only, as Amazon sends it) nor the id of work "
    "here{near}.",
    "See `settlements`; it shows the settlement-id, and the work id where one is needed.",
    ExitCode::kNotFound};
inline constexpr ErrorKind kAmbiguous{
    "operations.ambiguous_name", "{count} files carry the settlement-id {name}: work {works}.",
    "Name the work instead of the settlement-id.", ExitCode::kNotFound};
inline constexpr ErrorKind kUnknownState{"operations.unknown_state", "There is no state '{state}'.",
                                         "Use one of: {possible}.", ExitCode::kUsage};
inline constexpr ErrorKind kReadOnly{
    "operations.read_only", "{verb} needs the configuration of the connections.",
    "Correct ml-connector.toml and its rule files, then try again.", ExitCode::kBadInput};
inline constexpr ErrorKind kNothingPlanned{
    "operations.nothing_planned", "Settlement {name} has no documents yet; it is {state}: {words}.",
    "Possible now: {possible}.", ExitCode::kRefused};
inline constexpr ErrorKind kNotRead{"operations.not_read",
                                    "The rows of {name} are not known yet; it is {state}: {words}.",
                                    "Possible now: {possible}.", ExitCode::kRefused};
inline constexpr ErrorKind kNoSuchRow{
    "operations.no_such_row", "{name} has no line {line}; its file has {lines} lines.",
    "Give a line of the file from 1 (the header) to {lines}.", ExitCode::kNotFound};
inline constexpr ErrorKind kNoSuchLine{"operations.no_such_line",
                                       "Document {name} has no line {line}; it has {lines}.",
                                       "Give a line from 1 to {lines}.", ExitCode::kNotFound};
inline constexpr ErrorKind kRevisionNeeded{
    "operations.revision_needed",
    "Settlement {name} was posted as revision {current}; posting it again needs the next letter.",
    "If it is really to be posted again: `post {name} --revision {next}`.", ExitCode::kUsage};
inline constexpr ErrorKind kNoStop{"operations.no_stop",
                                   "Posting into company code {company_code} is not stopped.",
                                   "See `exceptions` for what is.", ExitCode::kNotFound};
inline constexpr ErrorKind kWhichConnection{
    "operations.which_connection", "It is not clear to which connection {file} belongs.",
    "Name one with --connection: {possible}.", ExitCode::kUsage};
inline constexpr ErrorKind kNoConnection{"operations.no_connection",
                                         "{verb}: no connection is configured.",
                                         "Add a [[connection]] to ml-connector.toml, or make a "
                                         "state directory with `init`.",
                                         ExitCode::kBadInput};
inline constexpr ErrorKind kNoSuchConnection{
    "operations.no_such_connection", "There is no connection '{name}'{near}.",
    "See `status` for the connections there are.", ExitCode::kNotFound};
inline constexpr ErrorKind kSapNotOpen{
    "operations.sap_not_open", "SAP's side of connection {connection} cannot be opened here.",
    "`doctor {connection}` says why.", ExitCode::kUnavailable};
inline constexpr ErrorKind kOtherSystem{
    "operations.other_system",
    "SAP answered as {found}, which is not {wanted}, the system of connection {connection}.",
    "Correct the SAP address or the system of the connection in ml-connector.toml, then check "
    "again: nothing was compared.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kAccountMissing{
    "operations.account_missing", "{who} names G/L account {number}, which {where} does not have.",
    "Correct the account, or let whoever keeps SAP's accounts create it there (FS00).",
    ExitCode::kBadInput};
inline constexpr ErrorKind kAccountBlocked{
    "operations.account_blocked", "{who} names G/L account {number}, which is {why} in {where}.",
    "Name an account that can be posted to, or let whoever keeps SAP's accounts release it (FS00).",
    ExitCode::kBadInput};
inline constexpr ErrorKind kCostCenterMissing{
    "operations.cost_center_missing",
    "{who} names cost centre {number}, which {where} does not have on {day}.",
    "Correct the cost centre, or let controlling create or prolong it (KS01, KS02).",
    ExitCode::kBadInput};
inline constexpr ErrorKind kCostCenterLocked{
    "operations.cost_center_locked", "{who} names cost centre {number}, which is {why} in {where}.",
    "Name another cost centre, or let controlling unlock it (KS02).", ExitCode::kBadInput};
inline constexpr ErrorKind kMastersUnreadable{
    "operations.masters_unreadable",
    "SAP's table {table} may not be read: of {count} accounts or cost centres nothing is known.",
    "Let SAP Basis allow it (S_TABU_NAM, ACTVT 03), or look at them with `preview`, which asks "
    "CHECK.",
    ExitCode::kAttention};
inline constexpr ErrorKind kEmptyFile{"operations.empty_file", "{file} is empty.",
                                      "Give the file as Amazon delivered it.", ExitCode::kBadInput};
inline constexpr ErrorKind kFileFailed{
    "operations.file_failed", "{file} cannot be read to its end.",
    "Check the file and the disk, then import it again; nothing was kept.", ExitCode::kUnavailable};
inline constexpr ErrorKind kFileTooLarge{
    "operations.file_too_large",
    "{file} is larger than the {limit} bytes that the connection allows, as it is or unpacked.",
    "If this seller's settlements are really so large, raise largest_report of the connection in "
    "ml-connector.toml and import it again; nothing was kept. A small file that grows so when it "
    "is unpacked comes from somebody else than Amazon.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kDamagedGzip{
    "operations.damaged_gzip", "{file} is a damaged gzip: {reason}, at byte {offset}.",
    "Download it again, in Seller Central: Payments > Reports Repository. Nothing was kept.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kEvidenceMissing{
    "operations.evidence_missing", "The {what} {id} is missing; {named_by} names it.",
    "Copy it from a backup's evidence folder beside the present ones; objects never collide. Keep "
    "the state directory as evidence until it is known who took the file away.",
    ExitCode::kTampered};
inline constexpr ErrorKind kEvidenceDiffers{
    "operations.evidence_differs",
    "The record of {record} was changed: {field} is '{found}'; Amazon's file says '{expected}'.",
    "Keep this state directory as evidence. What is shown of this settlement is not what Amazon "
    "sent.",
    ExitCode::kTampered};
inline constexpr ErrorKind kNoStateDirectory{
    "operations.no_state_directory", "{verb} needs a state directory; this hub has none.",
    "Use the command line on the machine that holds the state directory.", ExitCode::kRefused};
inline constexpr ErrorKind kStateReadOnly{
    "operations.state_read_only", "{verb} writes, but {directory} can only be read here.",
    "Use it where the state directory can be written, with its keys.", ExitCode::kRefused};
inline constexpr ErrorKind kNoAuditLog{
    "operations.no_audit_log", "The audit log of this state directory is not open.",
    "Report this: every state directory has one.", ExitCode::kInternal};

}  // namespace mlc::operations
