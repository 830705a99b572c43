// The steps and verbs of a settlement's work; settlement_table.cc says which belongs to which
// state.
#pragma once

#include "flow/step.h"
#include "ledger/settlement_state.h"

namespace mlc::flow {

[[nodiscard]] std::string word(ledger::SettlementState state);

// Terminal state of work whose file holds the same bytes as a known settlement.
inline constexpr std::string_view kSeen = "seen";

// Intake: report -> evidence -> classes.
[[nodiscard]] Result<Decision> download_step(StepInput& input);
[[nodiscard]] Result<Decision> prove_step(StepInput& input);
// Planning: classes -> manifest.
[[nodiscard]] Result<Decision> plan_step(StepInput& input);
// Before posting: look-up and CHECK in SAP, approval, intent.
[[nodiscard]] Result<Decision> check_step(StepInput& input);
// The guarded effect.
[[nodiscard]] Result<Decision> post_step(StepInput& input);
// After an interruption: reads only.
[[nodiscard]] Result<Decision> resolve_step(StepInput& input);
// Re-reads what was posted.
[[nodiscard]] Result<Decision> confirm_step(StepInput& input);

// deferred: the pause is over.
[[nodiscard]] Result<Decision> resume_step(StepInput& input);

// Verbs.
[[nodiscard]] Result<Decision> retry_posting(StepInput& input);    // an orphaned unit: resolve it
[[nodiscard]] Result<Decision> retry_here(StepInput& input);       // the same state, now
[[nodiscard]] Result<Decision> retry_from_file(StepInput& input);  // to downloaded, or found
[[nodiscard]] Result<Decision> retry_from_plan(StepInput& input);  // to planned
// To planned. Stays when a document under a number of ours carries another reference, because a
// post would double it; to in_doubt when SAP numbered documents and shows none.
[[nodiscard]] Result<Decision> retry_conflict(StepInput& input);
[[nodiscard]] Result<Decision> approve_verb(StepInput& input);
[[nodiscard]] Result<Decision> reverse_verb(StepInput& input);
[[nodiscard]] Result<Decision> repost_verb(StepInput& input);  // `post --revision`
// `absent`: a person looked in SAP and answers for it.
[[nodiscard]] Result<Decision> declare_absent(StepInput& input);
[[nodiscard]] Result<Decision> resolve_in_doubt_verb(StepInput& input);    // absent
[[nodiscard]] Result<Decision> resolve_conflict_verb(StepInput& input);    // accept
[[nodiscard]] Result<Decision> resolve_incomplete_verb(StepInput& input);  // complete
[[nodiscard]] Result<Decision> resolve_rejected_verb(StepInput& input);    // discard
[[nodiscard]] Result<Decision> resolve_reissued_verb(StepInput& input);    // discard, supersede,
                                                                           // difference
[[nodiscard]] Result<Decision> resolve_superseded_verb(StepInput& input);  // reinstate
[[nodiscard]] Result<Decision> resolve_posted_verb(StepInput& input);      // cleared, uncleared,
                                                                           // discard
[[nodiscard]] Result<Decision> resolve_reversed_verb(StepInput& input);    // discard
// A file with nothing in the books, posted without a document or reversed, that came after another
// one: that one stands for the settlement again.
[[nodiscard]] Result<Decision> put_later_file_aside(StepInput& input);

}  // namespace mlc::flow
