// The settlement's states as one table. The words are those of ledger/settlement_state.h.
#include "flow/settlement_steps.h"
#include "flow/step_table.h"

namespace mlc::flow {
namespace {

constexpr std::string_view kFound = "found";
constexpr std::string_view kDownloaded = "downloaded";
constexpr std::string_view kProved = "proved";
constexpr std::string_view kNeedsRules = "needs_rules";
constexpr std::string_view kPlanned = "planned";
constexpr std::string_view kAwaitingApproval = "awaiting_approval";
constexpr std::string_view kPosting = "posting";
constexpr std::string_view kPosted = "posted";
constexpr std::string_view kInDoubt = "in_doubt";
constexpr std::string_view kConflicts = "conflicts";
constexpr std::string_view kIncomplete = "incomplete";
constexpr std::string_view kDeferred = "deferred";
constexpr std::string_view kRejected = "rejected";
constexpr std::string_view kPartlyReversed = "partly_reversed";
constexpr std::string_view kReversed = "reversed";
constexpr std::string_view kReissued = "reissued";
constexpr std::string_view kSuperseded = "superseded";
constexpr std::string_view kBeforeCutover = "before_cutover";

StateRow step_row(std::string_view state, std::string_view words, Step step, Effect effect,
                  std::vector<std::string_view> next, std::vector<VerbRow> verbs) {
  return {state, words, Waits::kStep, step, effect, "", std::move(next), std::move(verbs)};
}

StateRow person_row(std::string_view state, std::string_view words, std::vector<VerbRow> verbs) {
  return {state, words, Waits::kPerson, nullptr, Effect::kNone, "", {}, std::move(verbs)};
}

std::vector<StateRow> intake_rows() {
  return {
      step_row(kFound, "listed at Amazon, not yet downloaded", &download_step, Effect::kRepeatable,
               {kDownloaded, kRejected}, {{"retry", &retry_here, {kFound}}}),
      step_row(kDownloaded, "Amazon's bytes are kept; the rows are being proved", &prove_step,
               Effect::kRepeatable, {kProved, kRejected, kReissued, kBeforeCutover, kSeen},
               {{"retry", &retry_here, {kDownloaded}}}),
      step_row(kProved, "the rows add up to the total; documents are being planned", &plan_step,
               Effect::kNone, {kPlanned, kNeedsRules, kRejected, kDownloaded},
               {{"retry", &retry_here, {kProved}}}),
      person_row(kNeedsRules, "rows without a rule: add rules, then retry, or discard the file",
                 {{"retry", &retry_from_file, {kDownloaded, kFound, kPlanned}},
                  {"resolve", &resolve_rejected_verb, {kSuperseded}}}),
      person_row(kReissued, "Amazon sent other content for a known settlement: decide",
                 {{"resolve", &resolve_reissued_verb, {kSuperseded, kDownloaded}}}),
      person_row(
          kSuperseded, "put aside by a person",
          {{"resolve", &resolve_superseded_verb, {kDownloaded, kFound, kPlanned, kReissued}}}),
      person_row(kBeforeCutover, "older than the cut-over: proved, never posted",
                 {{"retry", &retry_from_file, {kDownloaded, kFound, kPlanned}}}),
      {kSeen,
       "the same file as a known settlement",
       Waits::kTerminal,
       nullptr,
       Effect::kNone,
       "",
       {},
       {}},
  };
}

const std::vector<std::string_view> kAnswers{kPosted,   kConflicts, kIncomplete, kReversed,
                                             kRejected, kDeferred,  kInDoubt,    kPartlyReversed};

std::vector<std::string_view> answers_and(std::vector<std::string_view> more) {
  more.insert(more.end(), kAnswers.begin(), kAnswers.end());
  return more;
}

std::vector<StateRow> posting_rows() {
  return {
      step_row(kPlanned, "documents are planned; SAP is asked whether it would take them",
               &check_step, Effect::kRepeatable, answers_and({kAwaitingApproval, kPosting}),
               {{"retry", &retry_from_file, {kDownloaded, kFound, kPlanned}}}),
      person_row(kAwaitingApproval, "waits for approval: preview, then approve",
                 {{"approve", &approve_verb, {kPlanned}},
                  {"retry", &retry_from_file, {kDownloaded, kFound, kPlanned}}}),
      {kPosting,
       "on its way to SAP",
       Waits::kStep,
       &post_step,
       Effect::kGuarded,
       kInDoubt,
       answers_and({}),
       {{"retry", &retry_posting, {kInDoubt}}}},
      step_row(kInDoubt, "perhaps in SAP: it is read until that is proved or disproved",
               &resolve_step, Effect::kRepeatable, answers_and({}),
               {{"retry", &retry_here, {kInDoubt}},
                {"resolve", &resolve_in_doubt_verb, {kDeferred, kInDoubt}}}),
      step_row(kDeferred, "not in SAP; tried again by itself", &resume_step, Effect::kNone,
               {kPlanned}, {{"retry", &retry_from_file, {kDownloaded, kFound, kPlanned}}}),
      person_row(kRejected, "refused, nothing written: correct the cause, then retry",
                 {{"retry", &retry_from_file, {kDownloaded, kFound, kPlanned}},
                  {"resolve", &resolve_rejected_verb, {kSuperseded}},
                  {"reverse", &reverse_verb, {kRejected}},
                  {"confirm", &confirm_step, kAnswers}}),
      person_row(kConflicts, "SAP holds our reference with other content: decide",
                 {{"retry", &retry_conflict, {kConflicts, kPlanned, kInDoubt}},
                  {"resolve", &resolve_conflict_verb, {kPosted}}}),
      person_row(kIncomplete, "SAP holds some of the documents only: complete or reverse",
                 {{"retry", &retry_from_plan, {kPlanned}},
                  {"resolve", &resolve_incomplete_verb, {kPlanned}},
                  {"reverse", &reverse_verb, {kIncomplete}},
                  {"confirm", &confirm_step, kAnswers}}),
  };
}

std::vector<StateRow> posted_rows() {
  return {
      step_row(kPosted, "in SAP's books, read back and equal", &confirm_step, Effect::kRepeatable,
               kAnswers,
               {{"retry", &confirm_step, kAnswers},
                {"confirm", &confirm_step, kAnswers},
                {"resolve", &resolve_posted_verb, {kPosted, kSuperseded}},
                {"reverse", &reverse_verb, {kPosted}}}),
      person_row(kPartlyReversed, "some documents were reversed: repost or reverse the rest",
                 {{"post", &repost_verb, {kPlanned}},
                  {"retry", &confirm_step, kAnswers},
                  {"confirm", &confirm_step, kAnswers},
                  {"reverse", &reverse_verb, {kPartlyReversed}}}),
      person_row(kReversed, "all documents were reversed",
                 {{"post", &repost_verb, {kDownloaded, kPlanned}},
                  {"resolve", &resolve_reversed_verb, {kSuperseded}},
                  {"retry", &confirm_step, kAnswers},
                  {"confirm", &confirm_step, kAnswers}}),
  };
}

std::vector<StateRow> all_rows() {
  std::vector<StateRow> out = intake_rows();
  for (auto& row : posting_rows()) out.push_back(std::move(row));
  for (auto& row : posted_rows()) out.push_back(std::move(row));
  return out;
}

}  // namespace

const KindTable& settlement_table() {
  static const KindTable table{"settlement", kFound, all_rows()};
  return table;
}

}  // namespace mlc::flow
