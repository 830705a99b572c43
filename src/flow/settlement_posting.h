// What check, post, resolve and confirm share: the posting subject, its unit, and how an outcome
// becomes a state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/settlement_difference.h"
#include "flow/step.h"
#include "ledger/manifest.h"
#include "ledger/numbered_documents.h"

namespace mlc::flow {

struct PostingSubject {
  ports::SettlementRecord settlement;
  ledger::Manifest manifest;
  std::vector<ports::DocumentRecord> documents;  // of all revisions
  // What is known of the numbers that SAP gave: read back before, or answered to the last POST.
  std::vector<ledger::SentDocument> sent;
  std::optional<ports::PositiveControl> control;
  Base base;  // other files of the settlement-id that stand beside this one
  const ConnectionPorts* connection = nullptr;
  [[nodiscard]] const Connection& settings() const { return connection->settings; }
};

[[nodiscard]] Result<PostingSubject> load_posting_subject(StepInput& input);

// Whether a person asked to post only what is absent (`resolve complete`, `post --revision` of a
// partly reversed settlement); kept in the work's memory.
inline constexpr std::string_view kCompleteMemory = "complete";

// Argument of the `confirm` that follows a reversal of ours: what it finds is no surprise.
inline constexpr std::string_view kOurReversal = "our reversal";

[[nodiscard]] ports::PostUnit make_unit(const StepInput& input, const PostingSubject& subject,
                                        const ports::HolderRecord& holder);
// Under the stem and under the numbers that are known.
[[nodiscard]] ports::LookUpUnit make_look_up(const PostingSubject& subject,
                                             bool read_update_records);
[[nodiscard]] ledger::NumberedJudgement judge_found(const PostingSubject& subject,
                                                    const ports::LookUpResult& found);

// What SAP said, whichever unit asked.
struct SapAnswer {
  ports::Outcome outcome = ports::Outcome::kInDoubt;
  ledger::Judgement judgement;
  std::vector<ports::BapiMessage> messages;
  std::optional<Error> error;
};
// The outcome that a judgement alone gives; nothing when nothing is live and nothing forbids a
// post.
[[nodiscard]] std::optional<SapAnswer> answer_from(const PostingSubject& subject,
                                                   ledger::Judgement judgement);
// The same for what was found by number as well: a live document under another reference than its
// own is flow.carrier_overwritten, whatever else was found but a duplicate.
[[nodiscard]] std::optional<SapAnswer> answer_from(const PostingSubject& subject,
                                                   ledger::NumberedJudgement found);

// The state after an answer, with the writes that keep document numbers, control and messages.
[[nodiscard]] Decision settle(const StepInput& input, const PostingSubject& subject,
                              const SapAnswer& answer);

// Nothing was written, and nothing will be into this company code before a person lifts its stop:
// the settlement then goes on by itself.
[[nodiscard]] Decision defer_under_stop(const StepInput& input, const std::string& company_code,
                                        const std::string& reason);

// Stops a company code together with the decision (SAP went back in time, carrier overwritten).
void add_stop(Decision& decision, const StepInput& input, const PostingSubject& subject,
              const Error& error);

}  // namespace mlc::flow
