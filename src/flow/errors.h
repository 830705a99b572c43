#pragma once

#include "base/error.h"

namespace mlc::flow {

inline constexpr ErrorKind kUnknownConnection{
    "flow.unknown_connection", "The configuration has no connection '{connection}'.",
    "Add the connection to ml-connector.toml again, or name one that is there.",
    ExitCode::kBadInput};
inline constexpr ErrorKind kOtherCurrency{
    "flow.other_currency",
    "The settlement is in {currency}, and no connection of selling account {account} takes that.",
    "Name {currency} under `currencies` of the connection it belongs to, or add a connection for "
    "it, with its company code, receivable account and rules; then `retry` it.",
    ExitCode::kAttention};
inline constexpr ErrorKind kLeaseLost{
    "flow.lease_lost", "Another worker took over this work.",
    "Nothing to do: the other worker carries on, and this one discards its answer.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kDeadlinePassed{
    "flow.deadline_passed", "The unit's deadline {deadline} passed before SAP was asked to write.",
    "Nothing to do: it is tried again.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kHolderBusy{
    "flow.holder_busy", "{owner} holds posting into company code {company_code} until {until}.",
    "Nothing to do: it is tried again afterwards.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kCompanyCodeStopped{
    "flow.company_code_stopped", "Posting into company code {company_code} is stopped: {reason}",
    "Clear the reason with SAP Basis, then `resolve --lift-stop {company_code}`.",
    ExitCode::kRefused};
inline constexpr ErrorKind kConnectionPaused{
    "flow.connection_paused", "Connection {connection} is paused since {at} by {actor}: {reason}",
    "`resume {connection}` lets it go on.", ExitCode::kAttention, Again::kLater};
inline constexpr ErrorKind kQuietHours{
    "flow.quiet_hours", "Connection {connection} sends nothing to SAP before {until}.",
    "Nothing to do: posting goes on by itself when its `quiet_hours` end.", ExitCode::kUnavailable,
    Again::kLater};
inline constexpr ErrorKind kQuietAfterRestore{
    "flow.quiet_after_restore",
    "This hub was restored from a backup; nothing new is posted before {until}, so that whatever "
    "was on its way then is in SAP's books or gone.",
    "Nothing to do: posting goes on by itself.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kUpdatesAfterRestore{
    "flow.updates_after_restore",
    "This hub was restored from a backup, and SAP holds {count} unfinished updates of user {user} "
    "that may be documents sent before.",
    "Ask SAP Basis to repeat or delete them in transaction SM13; posting then goes on by itself.",
    ExitCode::kAttention, Again::kLater};
inline constexpr ErrorKind kNeedsRules{
    "flow.needs_rules", "{rows} rows worth {amount} {currency} in {classes} classes have no rule.",
    "See `exceptions`, add rules to the rule set, then `retry {settlement}`.",
    ExitCode::kAttention};
// What the coming month brings.
inline constexpr ErrorKind kNumberRangeMissing{
    "flow.number_range_missing",
    "Company code {company_code} has no number range {interval} (document type {document_type}) "
    "for fiscal year {year}: nothing can be posted in that year.",
    "Let SAP create interval {interval} of object RF_BELEG for the year (FBN1, or OBH2 for all "
    "intervals of a year at once). It is looked for every day; `retry` looks at once.",
    ExitCode::kAttention};
inline constexpr ErrorKind kNumberRangeUsedUp{
    "flow.number_range_used_up",
    "Number range {interval} (document type {document_type}) of company code {company_code} has no "
    "number left for fiscal year {year}.",
    "Let SAP extend interval {interval} of object RF_BELEG (FBN1). It is looked for every day; "
    "`retry` looks at once.",
    ExitCode::kAttention};
inline constexpr ErrorKind kNumberRangeUnknown{
    "flow.number_range_unknown",
    "Whether company code {company_code} has numbers for document type {document_type} on {day} "
    "cannot be read from SAP.",
    "Look in SAP (FBN1) whether its interval exists for this and the next fiscal year; or let our "
    "user read T001, T003, T009, T009B and NRIV.",
    ExitCode::kAttention};
inline constexpr ErrorKind kOpeningDiffers{
    "flow.opening_differs",
    "The opening of connection {connection} in {currency} is receivable {receivable} and reserve "
    "{reserve}, but others say: {said}.",
    "Correct [[connection.opening]] in ml-connector.toml, or post what is missing in SAP with a "
    "date "
    "before the cut-over, or import the settlement that is missing. It is compared every day; "
    "`retry` compares at once.",
    ExitCode::kAttention};
inline constexpr ErrorKind kOpeningUnproved{
    "flow.opening_unproved",
    "Nothing says what the {balances} of connection {connection} in {currency} was at the "
    "cut-over: "
    "no settlement of that time is known, and SAP's items cannot be read.",
    "Import the last settlement before the cut-over, or let our user read BSIS and BSAS; the "
    "reserve "
    "is read on the accounts of rules of nature `reserve`. It is compared every day; `retry` "
    "compares at once.",
    ExitCode::kAttention};
inline constexpr ErrorKind kOutlookOtherSystem{
    "flow.outlook_other_system",
    "SAP answered as {found}, which is not the system of the connection.",
    "Correct the SAP address of the connection; it is asked again by itself.", ExitCode::kAttention,
    Again::kLater};
inline constexpr ErrorKind kNotOnSuspense{
    "flow.not_on_suspense", "Nothing of settlement {work} stands open on a suspense account.",
    "See `exceptions`: what is on suspense is listed there with its settlement.",
    ExitCode::kRefused};
inline constexpr ErrorKind kNotSaidToBeMoved{
    "flow.not_said_to_be_moved",
    "Nobody said that what settlement {work} put on suspense was moved.",
    "See `exceptions`: what is on suspense is listed there with its settlement.",
    ExitCode::kRefused};
inline constexpr ErrorKind kSuspenseMoved{
    "flow.suspense_moved",
    "What file {base} of settlement {settlement} put on suspense is {said}; a difference would "
    "move "
    "it a second time.",
    "Take that move back in SAP (FB08), then `resolve {base} uncleared`, and go on with `resolve "
    "{work} difference`, or with `retry {work}` if it was planned already. Or post by hand what "
    "the "
    "new file adds, then `resolve {work} discard`.",
    ExitCode::kRefused};
inline constexpr ErrorKind kReissued{
    "flow.reissued",
    "Amazon sent settlement {settlement} again with other content (first {first}, now {now}).",
    "Compare both with `show`, then `resolve {work} discard` to keep the first, `resolve {work} "
    "supersede` to use the new one instead, or `resolve {work} difference` to post what it adds to "
    "the first, which stays.",
    ExitCode::kAttention};
inline constexpr ErrorKind kDifferenceNeedsBooks{
    "flow.difference_needs_books",
    "A difference is added to documents that stand in the books; file {work} of settlement "
    "{settlement} is {state}.",
    "Let it be posted first (again, where it was reversed: `post {work} --revision` and its next "
    "letter), or `resolve` with supersede.",
    ExitCode::kRefused};
inline constexpr ErrorKind kDifferenceStandsOn{
    "flow.difference_stands_on",
    "File {work} of settlement {settlement} cannot be put aside: file {later} is a difference to "
    "it.",
    "Correct the cause and `retry {work}`, which posts it with the lines it had. To give it up, "
    "`reverse {later}` where it has documents, then `resolve {later} discard`, first.",
    ExitCode::kRefused};
inline constexpr ErrorKind kNoFileBefore{
    "flow.no_file_before",
    "Settlement {settlement} has no earlier file that would stand for it if this one were put "
    "aside.",
    "Leave it as it is; where it is reversed, `post {settlement}` under the next revision posts it "
    "again with the rules of today.",
    ExitCode::kRefused};
inline constexpr ErrorKind kBaseReversed{
    "flow.base_reversed",
    "File {work} of settlement {settlement} is reversed, but the difference to it (file {later}) "
    "stands: its amounts are missing in the books.",
    "`post {work} --revision {next}` posts it again with the lines it had; or `reverse {later}` "
    "takes the difference back as well.",
    ExitCode::kAttention};
inline constexpr ErrorKind kInDoubt{
    "flow.in_doubt", "The connection ended while SAP was posting; a document may exist.",
    "Nothing to do now: SAP is read until presence or absence is proved.", ExitCode::kInDoubt,
    Again::kLater};
inline constexpr ErrorKind kUnproved{
    "flow.absence_unproved", "Absence cannot be proved: {reason}",
    "Look for reference {stem} in SAP (FB03), and for updates of our user (SM13). Then `resolve "
    "{work} absent` if neither is there, or `retry {work}` to read again.",
    ExitCode::kInDoubt};
inline constexpr ErrorKind kUpdatesPending{
    "flow.updates_pending",
    "SAP keeps {count} unfinished updates of user {user}; one of them may be this settlement, and "
    "repeated it would post it a second time.",
    "Let SAP Basis repeat or delete them in transaction SM13. Then `retry {work}` to read again, "
    "or `resolve {work} absent` once more.",
    ExitCode::kInDoubt};
inline constexpr ErrorKind kDocumentVanished{
    "flow.document_vanished",
    "Document {document}, read back before, is no longer in SAP: the system may have been "
    "restored.",
    "Ask SAP Basis whether the system was restored. Posting into the company code is stopped until "
    "`resolve --lift-stop {company_code}`.",
    ExitCode::kInDoubt};
inline constexpr ErrorKind kReversedInSap{
    "flow.reversed_in_sap",
    "Part {parts} of settlement {settlement} was reversed in SAP ({numbers}).",
    "Nothing is reposted by itself. To post again: `post {settlement} --revision {next}`.",
    ExitCode::kAttention};
inline constexpr ErrorKind kWrongState{"flow.wrong_state",
                                       "`{verb}` does not apply to {subject} in state {state}.",
                                       "Possible now: {possible}.", ExitCode::kRefused};
inline constexpr ErrorKind kWrongArgument{"flow.wrong_argument",
                                          "`resolve` in state {state} does not know '{argument}'.",
                                          "Possible now: {possible}.", ExitCode::kUsage};
inline constexpr ErrorKind kApprovalOutdated{
    "flow.approval_outdated",
    "The approval was for manifest {approved}; the plan is {planned} now.",
    "Look at `preview {settlement}` and approve again.", ExitCode::kRefused};
inline constexpr ErrorKind kStillPosted{
    "flow.still_posted",
    "Settlement {settlement} is or may be in SAP ({documents}); its file cannot be put aside.",
    "Reverse it first: `reverse {settlement}`.", ExitCode::kRefused};
inline constexpr ErrorKind kNoMoreRevisions{
    "flow.no_more_revisions", "Settlement {settlement} was posted under every letter up to Z.",
    "Post the difference by hand and document it.", ExitCode::kRefused};
inline constexpr ErrorKind kScratchCut{
    "flow.scratch_cut",
    "The scratch file ends {missing} bytes before the end of what was written there, which was "
    "read "
    "up to byte {read}.",
    "See that the disk of the state directory is well and has room; it is tried again by itself.",
    ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kNoReportSource{
    "flow.no_report_source", "Connection {connection} has no Amazon side configured.",
    "Configure it, or import files by hand.", ExitCode::kBadInput};
inline constexpr ErrorKind kReportNotReady{
    "flow.report_not_ready", "Report {report} is {status} at Amazon.",
    "Nothing to do: it is looked at again.", ExitCode::kUnavailable, Again::kLater};
inline constexpr ErrorKind kNothingToReverse{
    "flow.nothing_to_reverse", "No document of settlement {settlement} is known to be in SAP.",
    "`retry {settlement}` reads SAP again. A document keyed by hand is reversed in SAP (FB08).",
    ExitCode::kRefused};
inline constexpr ErrorKind kReversalOpen{
    "flow.reversal_open",
    "Reversal {reversal} of settlement {settlement} is not through ({state}).",
    "Let it end, or `retry {reversal}`, or give it up with `resolve {reversal} discard` once it is "
    "rejected.",
    ExitCode::kRefused};
inline constexpr ErrorKind kReversalUpdates{
    "flow.reversal_updates_pending",
    "The reversal may be among {count} unfinished updates that SAP keeps of user {user}.",
    "Let SAP Basis repeat or delete them in transaction SM13; the reversal then goes on by itself.",
    ExitCode::kInDoubt, Again::kLater};
inline constexpr ErrorKind kBadReversalOrder{
    "flow.bad_reversal_order",
    "The reversal's memory holds '{found}'; expected a reason and document numbers.",
    "Run `audit verify`; then `reverse` the settlement again.", ExitCode::kTampered};
inline constexpr ErrorKind kNotOurReversal{
    "flow.reversal_failed", "SAP did not reverse {parts}: {reason}",
    "Correct the cause in SAP, then `retry {work}`.", ExitCode::kRefused};
inline constexpr ErrorKind kIncomplete{
    "flow.incomplete", "SAP holds {found} of {wanted} documents of settlement {settlement}.",
    "`resolve {settlement} complete` posts the missing ones, `reverse {settlement}` takes the "
    "others "
    "back.",
    ExitCode::kAttention};
inline constexpr ErrorKind kCarrierOverwritten{
    "flow.carrier_overwritten",
    "SAP holds documents of settlement {settlement} under another reference: {documents}.",
    "Give them their reference back in SAP (FB02, field XBLNR), then `retry {settlement}`; or "
    "`resolve {settlement} accept` keeps them by their numbers. Where a substitution or exit fills "
    "XBLNR (GGB1, OBBH), let FI customizing exempt the document type first.",
    ExitCode::kAttention};
inline constexpr ErrorKind kConflict{
    "flow.conflicts", "SAP holds {document} with other content: {difference}",
    "Compare with `show {settlement}`. Correct it in SAP, or put the rule files back under which "
    "it "
    "was posted, and `retry {settlement}`; or `resolve {settlement} accept` to leave it as SAP has "
    "it.",
    ExitCode::kAttention};

inline constexpr ErrorKind kDuplicateFound{
    "flow.duplicate_found",
    "Settlement {settlement} is in SAP's books more than once: {documents}.",
    "Reverse all but one document of each part in SAP (FB08), then `retry {settlement}`.",
    ExitCode::kAttention};
// Its id ends like the others of its kind, so that a second try is refused as well.
inline constexpr ErrorKind kDoubledStays{
    "flow.accept_refused.duplicate_found",
    "Settlement {settlement} is in SAP's books more than once; that cannot be accepted.",
    "Reverse all but one document of each part in SAP (FB08), then `retry {settlement}`.",
    ExitCode::kRefused};
inline constexpr ErrorKind kNothingToAccept{
    "flow.nothing_to_accept", "SAP holds nothing of settlement {settlement} now.",
    "`retry {settlement}`: it is then posted, or its absence is proved first.", ExitCode::kRefused};
inline constexpr ErrorKind kOtherSystem{
    "flow.other_system", "SAP answered as {found}, which is not the system of the connection.",
    "Correct the SAP address of the connection, then try again. Settlement {settlement} stays as "
    "it "
    "is.",
    ExitCode::kRefused};
inline constexpr ErrorKind kParkedInSap{
    "flow.parked_in_sap", "Somebody parked documents of settlement {settlement}: {documents}.",
    "Let them be posted or deleted in SAP (FBV0), then `retry {settlement}`.",
    ExitCode::kAttention};

}  // namespace mlc::flow
