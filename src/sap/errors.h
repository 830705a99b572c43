// Refusals of the SAP side. `written` of each error says what may have reached SAP's books.
#pragma once

#include "base/error.h"

namespace mlc::sap {

// Which system, and whether we may look.
inline constexpr ErrorKind kWrongSystem{
    "sap.wrong_system",
    "Connected to {found}; expected {expected} (system id, client, logical system).",
    "Correct the SAP address of the connection, or, after a planned move of the system, its "
    "identity. Nothing was written.",
    ExitCode::kRefused};
inline constexpr ErrorKind kControlMissing{
    "sap.control_missing",
    "Document {document} with reference {reference} was in SAP before and is not found now (found: "
    "{found}).",
    "Ask SAP Basis whether the system was restored to an earlier state or documents were archived. "
    "Nothing is posted into company code {company_code} until somebody lifts the stop.",
    ExitCode::kRefused};
inline constexpr ErrorKind kReadRightMissing{
    "sap.read_right_missing", "User {user} may not read table {table} (RFC_READ_TABLE: {key}).",
    "Ask SAP Basis for S_RFC on RFC_READ_TABLE and S_TABU_NAM (ACTVT 03) on {table}. Nothing is "
    "posted while SAP cannot be read.",
    ExitCode::kRefused, Again::kLater};

// Reading tables.
inline constexpr ErrorKind kTableRefused{
    "sap.table_refused", "RFC_READ_TABLE refused {table} with {key}.",
    "Compare the fields of {table} in transaction SE11 with {fields}; report this with SAP's "
    "release.",
    ExitCode::kRefused};
inline constexpr ErrorKind kTableTooLarge{
    "sap.table_too_large", "{table} has more than {expected} rows for this question.",
    "Raise the reader's row limit in the configuration; nothing was cut off silently.",
    ExitCode::kRefused};
inline constexpr ErrorKind kTableChanged{
    "sap.table_changed", "{table} changed while it was read: row {row} came without {fields}.",
    "Nothing to do: it is read again.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kBadTableValue{
    "sap.bad_table_value", "{table}-{field} of {row}: found '{found}', expected {expected}.",
    "Look at the row in transaction SE16; report this with SAP's release.", ExitCode::kRefused};

inline constexpr ErrorKind kBaseNotPosted{
    "sap.base_not_posted",
    "The documents {stem} that this difference adds to are not in the books as they were: {base}.",
    "Bring them back (`post ID --revision B` of the first file), or discard the difference and use "
    "`supersede`; then `retry`.",
    ExitCode::kRefused};

// Building a document.
inline constexpr ErrorKind kFieldNotOnLine{
    "sap.field_not_on_line",
    "Line {item} of {document}: SAP's interface takes no {field} on {kind} lines; found '{found}', "
    "expected it empty.",
    "Remove it from the rule that makes this line.", ExitCode::kBadInput};
inline constexpr ErrorKind kRateMissing{
    "sap.rate_missing",
    "SAP has no exchange rate {from} to {to} of type {type} on {day}, which {document} needs in "
    "company code {company_code}.",
    "Enter the rate in SAP (OB08); it is tried again by itself. Nothing was written.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kEmptyManifest{
    "sap.empty_manifest", "The manifest of settlement {settlement} has no documents.",
    "Report this: a settlement without documents has nothing to post.", ExitCode::kInternal};
inline constexpr ErrorKind kBadStem{
    "sap.bad_stem", "'{found}' is no stem of document keys; expected {expected}.",
    "Report this: the hub and the program beside SAP disagree.", ExitCode::kInternal};

// The fence inside SAP (docs/formats/sap-fence.md). Nothing was written.
inline constexpr ErrorKind kFenceMissing{
    "sap.fence_missing",
    "Function module {function}, the posting fence of this connection, is not in SAP or not "
    "remote-enabled.",
    "Ask SAP Basis to transport the module (docs/formats/sap-fence.md), or name another one or "
    "`fence = \"none\"` in the configuration. Nothing is posted meanwhile.",
    ExitCode::kRefused, Again::kLater};
inline constexpr ErrorKind kFenceWrong{
    "sap.fence_wrong",
    "Function module {function} keeps another contract: found '{found}', expected '{expected}'.",
    "Compare its interface with docs/formats/sap-fence.md. Nothing is posted meanwhile.",
    ExitCode::kRefused, Again::kLater};
inline constexpr ErrorKind kFenceFailed{
    "sap.fence_failed", "Function module {function} raised {key}.",
    "Ask SAP Basis whether the enqueue server works (SM12). It is tried again by itself.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kPostingHeld{
    "sap.posting_held", "Another session in SAP holds posting into company code {what}.",
    "Nothing to do: it is tried again by itself. If it stays, look for the lock in transaction "
    "SM12 (EZMLC_HOLD) and end its session when its client is long gone (SM04, SM05).",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kUpdatesPending{
    "sap.updates_pending",
    "SAP keeps {count} unfinished updates of user {user} ({states}); one of them may be a document "
    "of {stem}.",
    "Ask SAP Basis to repeat or delete them in transaction SM13; posting then goes on by itself.",
    ExitCode::kAttention, Again::kLater};
inline constexpr ErrorKind kKeyInUse{
    "sap.key_in_use", "Another session in SAP is posting {what}.",
    "Nothing to do: it is tried again by itself. If it stays, look for the lock in transaction "
    "SM12 (EZMLC_KEYS) and end its session when its client is long gone (SM04, SM05).",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kKeyTaken{"sap.key_taken", "Keys among {what} were posted meanwhile.",
                                     "Nothing to do: SAP is read, and what is there decides.",
                                     ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kKeyWithoutDocument{
    "sap.key_without_document",
    "Keys among {keys} are taken in SAP, but nothing in SAP carries such a reference.",
    "Look for the documents in FB03 and in the archive. If they exist, give them their reference "
    "back (FB02); if they surely do not, delete their rows of the key table (ZMLC_KEYS). Then "
    "`retry`.",
    ExitCode::kAttention};

// What SAP said. Nothing was written.
inline constexpr ErrorKind kRejected{
    "sap.rejected", "SAP refuses {document}: {causes}",
    "Correct what SAP names (master data, customizing or the rule set), then `retry`.",
    ExitCode::kRefused};
inline constexpr ErrorKind kPeriodClosed{
    "sap.period_closed", "SAP's posting period is closed for {document}: {causes}",
    "Open the period in SAP (OB52); it is tried again by itself, with `retry` at once.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kLocked{
    "sap.locked", "Somebody works on the same data in SAP as {document}: {causes}",
    "Nothing to do: it is tried again by itself.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kControllingLocked{
    "sap.controlling_locked", "Controlling is locked for {document}: {causes}",
    "Unlock the period in SAP (OKP1); it is tried again by itself.", ExitCode::kUnavailable,
    Again::kLater};
inline constexpr ErrorKind kDeferredBySite{
    "sap.deferred_by_site", "SAP does not take {document} now: {causes}",
    "Nothing to do: this site's configuration calls the message temporary; it is tried again by "
    "itself.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kNoDocumentNumber{
    "sap.no_document_number",
    "SAP accepted {document} but returned '{found}' as its key; expected {expected}.",
    "Rolled back. Ask SAP Basis for user exits that change object type or key (AWTYP, AWKEY).",
    ExitCode::kRefused};
// In doubt: only reading resolves these.
inline constexpr ErrorKind kBrokenAfterSend{
    "sap.broken_after_send", "The connection to SAP ended at step {step}, after POST was sent.",
    "Nothing to do now: SAP is read until presence or absence is proved.", ExitCode::kInDoubt,
    Again::kLater};
inline constexpr ErrorKind kCommitFailed{
    "sap.commit_failed", "SAP answered the commit with an error: {causes}",
    "Look at the update in transaction SM13 and let Basis repeat or delete it. SAP is read until "
    "presence or absence is proved.",
    ExitCode::kInDoubt, Again::kLater};
inline constexpr ErrorKind kNotVisibleYet{
    "sap.not_visible_yet", "SAP confirmed the commit but {documents} cannot be read yet.",
    "Look at the update in transaction SM13. SAP is read until presence or absence is proved.",
    ExitCode::kInDoubt, Again::kLater};

// Found in SAP: a person decides.
inline constexpr ErrorKind kCarrierOverwritten{
    "sap.carrier_overwritten",
    "SAP changed the reference of {document}: expected {expected}, found '{found}'.",
    "Ask FI customizing for the substitution (GGB1, OBBH) or exit that fills XBLNR and exempt this "
    "document type. The company code is stopped, because our documents cannot be found again.",
    ExitCode::kAttention};
inline constexpr ErrorKind kDuplicateFound{
    "sap.duplicate_found", "SAP holds part {part} of {stem} twice: {documents}.",
    "Compare them in FB03 and reverse all but one of each part (FB08), then `retry`.",
    ExitCode::kAttention};
inline constexpr ErrorKind kParkedByHand{
    "sap.parked_by_hand", "Somebody parked {document} ({number}) in SAP.",
    "Post or delete the parked document in SAP (FBV0), then `retry`.", ExitCode::kAttention};
inline constexpr ErrorKind kForeignReference{
    "sap.foreign_reference", "Somebody keyed {documents} under our settlement's id {stem}.",
    "Compare with the settlement. If it was posted by hand, keep it from being posted again with "
    "`resolve`; otherwise change the reference in SAP (FB02), then `retry`.",
    ExitCode::kAttention};
inline constexpr ErrorKind kDiffersInSap{
    "sap.differs_in_sap", "SAP holds {document} with other content: {differences}.",
    "Look for a substitution (GGB1) or for somebody's change in SAP; correct it there. If it was "
    "posted under other rules, put those rule files back. Then `retry`.",
    ExitCode::kAttention};
inline constexpr ErrorKind kNotReversible{
    "sap.not_reversible", "Document {document} is not in SAP's books as posted (found: {found}).",
    "Look at it in FB03; nothing was reversed.", ExitCode::kRefused};

}  // namespace mlc::sap
