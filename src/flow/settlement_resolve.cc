// in_doubt: reads SAP until presence or absence is proved. Never writes.
#include <algorithm>

#include "base/expect.h"
#include "flow/errors.h"
#include "flow/holder.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"
#include "ledger/absence.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

struct Doubt {
  std::optional<ports::IntentRecord> intent;
  std::vector<ports::JournalEntry> journal;
  std::vector<ports::LookUpRecord> look_ups;
};

Result<Doubt> load_doubt(StepInput& input) {
  Doubt doubt;
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(doubt.intent, transaction->latest_intent(input.work.tenant, input.work.id));
  if (!doubt.intent) return doubt;
  MLC_TRY(doubt.journal, transaction->journal(input.work.tenant, doubt.intent->unit));
  MLC_TRY(doubt.look_ups, transaction->look_ups(input.work.tenant, doubt.intent->unit));
  return doubt;
}

bool was_sent(const Doubt& doubt) {
  return std::ranges::any_of(doubt.journal, [](const ports::JournalEntry& entry) {
    return entry.step == ports::JournalStep::kPostSent ||
           entry.step == ports::JournalStep::kCommitAboutToBeSent ||
           entry.step == ports::JournalStep::kCommitted ||
           entry.step == ports::JournalStep::kReadBack;
  });
}

// A journal speaks for its own epoch only: a restored one may have forgotten the send.
Result<bool> journal_counts(StepInput& input, const ports::IntentRecord& intent) {
  MLC_TRY(const auto began, restored_at(input.world.store));
  return !began || intent.at >= *began;
}

bool has_part(const ledger::Manifest& manifest, const std::string& part) {
  return std::ranges::any_of(manifest.documents,
                             [&](const auto& document) { return document.key.part == part; });
}

// Whether what was found tells of the unit in doubt. A repost or a completion was sent while
// documents of earlier sends stood in the books already: finding those again proves nothing.
bool tells_of_unit(const StepInput& input, const PostingSubject& subject,
                   const ledger::NumberedJudgement& found) {
  if (!found.lost.empty()) return true;
  const ledger::Judgement& judgement = found.judgement;
  switch (judgement.finding) {
    case ledger::Finding::kNothing:
    case ledger::Finding::kForeign: return false;
    case ledger::Finding::kAlreadyPosted:
    case ledger::Finding::kConflicts:
    case ledger::Finding::kDuplicate:
    case ledger::Finding::kParked: return true;
    case ledger::Finding::kIncomplete:
    case ledger::Finding::kReversed:
    case ledger::Finding::kPartlyReversed: break;
  }
  if (input.work.memory == kCompleteMemory) return false;
  return std::ranges::any_of(judgement.parts, [&](const auto& part) {
    return part.revision == subject.manifest.revision && has_part(subject.manifest, part.part);
  });
}

ports::LookUpRecord to_record(const StepInput& input, const ports::IntentRecord& intent,
                              const ports::LookUpResult& found, ledger::Finding finding) {
  return {input.work.tenant,
          input.work.id,
          intent.unit,
          input.now,
          found.identity == intent.identity,
          found.control,
          !found.update_records.empty(),
          std::string(ledger::to_word(finding))};
}

ledger::AbsenceLook to_look(const ports::LookUpRecord& record) {
  const auto nothing = ledger::to_word(ledger::Finding::kNothing);
  return {record.at,
          record.same_identity,
          record.finding == nothing,
          record.control == ports::ControlFinding::kFound,
          record.control == ports::ControlFinding::kMissing,
          record.update_records};
}

constexpr std::string_view kUnclearNumber = "unclear_number";

std::string words_of(std::string_view reason) {
  if (reason == "control_missing") {
    return "the last document we confirmed is no longer there, so SAP may have been restored.";
  }
  if (reason == "wrong_system") return "this is another system, client or logical system.";
  if (reason == "no_control") return "no document is known that must be found by the same reader.";
  if (reason == "update_pending") {
    return "SAP has update records of our user (SM13) that may still be repeated.";
  }
  if (reason == kUnclearNumber) {
    return "a document of our user stands under a number that SAP gave to ours, and cannot be told "
           "from it.";
  }
  return std::string(reason);
}

Decision unproved(const StepInput& input, const PostingSubject& subject, std::string_view reason) {
  const Error error = Error(kUnproved, {{"reason", words_of(reason)},
                                        {"stem", subject.manifest.stem},
                                        {"work", input.work.id.str()}})
                          .with_written(Written::kPerhaps);
  // Update records and rights change without us: it is read again every hour all the same.
  Decision decision = wait_until(word(State::kInDoubt), input.now + std::chrono::hours(1), error);
  if (reason == "control_missing") add_stop(decision, input, subject, error);
  return decision;
}

std::string numbers_text(const std::vector<ledger::DocumentNumber>& numbers) {
  std::string out;
  for (const auto& number : numbers) out += (out.empty() ? "" : ", ") + number.text();
  return out;
}

// Numbers that were given and now hold nothing, or another document, prove nothing by themselves:
// the trail keeps them for whoever explains a gap in the number range.
void tell_numbers(const StepInput& input, const ledger::NumberedJudgement& found,
                  Decision& decision) {
  const bool same_error =
      decision.error && input.work.error && input.work.error->id == decision.error->id();
  if (decision.next == input.work.state && same_error) return;
  if (!found.empty.empty()) {
    decision.facts.push_back({"numbers without a document", numbers_text(found.empty)});
  }
  if (!found.taken.empty()) {
    decision.facts.push_back({"numbers of other documents", numbers_text(found.taken)});
  }
}

Decision judge_absence(const StepInput& input, const PostingSubject& subject, const Doubt& doubt,
                       const ports::LookUpRecord& latest) {
  std::vector<ledger::AbsenceLook> looks;
  for (const auto& record : doubt.look_ups) looks.push_back(to_look(record));
  looks.push_back(to_look(latest));
  const auto& times = subject.settings().times;
  const auto verdict = ledger::prove_absence(
      looks, {doubt.intent->at + times.unit_deadline, times.longest_run, times.clock_skew});
  switch (verdict.absence) {
    case ledger::Absence::kProved: {
      Decision decision = wait_until(word(State::kDeferred), input.now);
      decision.facts = {{"absence", "proved"}, {"reads", std::to_string(looks.size())}};
      return decision;
    }
    case ledger::Absence::kNotYet:
      return wait_until(word(State::kInDoubt), verdict.again_at,
                        Error(kInDoubt).with_written(Written::kPerhaps));
    case ledger::Absence::kUnproved: return unproved(input, subject, verdict.reason);
  }
  return unproved(input, subject, verdict.reason);
}

Decision settle_presence(const StepInput& input, const PostingSubject& subject,
                         const ledger::NumberedJudgement& judged) {
  const auto answer = answer_from(subject, judged);
  MLC_EXPECT(answer.has_value());  // what tells of the unit always has an outcome
  Decision decision = settle(input, subject, *answer);
  const bool overwritten = answer->error && answer->error->is(kCarrierOverwritten);
  if (overwritten) add_stop(decision, input, subject, *answer->error);
  return decision;
}

Decision settle_absence(const StepInput& input, const PostingSubject& subject, const Doubt& doubt,
                        const ledger::NumberedJudgement& judged,
                        const ports::LookUpRecord& latest) {
  const bool unclear = latest.same_identity && !judged.unclear.empty();
  if (unclear) return unproved(input, subject, kUnclearNumber);
  return judge_absence(input, subject, doubt, latest);
}

Writes and_record(Writes before, ports::LookUpRecord record) {
  return [before = std::move(before),
          record = std::move(record)](ports::StoreTransaction& transaction) -> Status {
    if (before) MLC_TRY_STATUS(before(transaction));
    return transaction.add_look_up(record);
  };
}

}  // namespace

Result<Decision> resolve_step(StepInput& input) {
  MLC_TRY(const auto subject, load_posting_subject(input));
  MLC_TRY(const auto doubt, load_doubt(input));
  if (!doubt.intent) return go_on(word(State::kDeferred), input.now);
  MLC_TRY(const bool trusted, journal_counts(input, *doubt.intent));
  if (trusted && !was_sent(doubt)) {
    Decision decision = go_on(word(State::kDeferred), input.now);
    decision.facts = {{"journal", "nothing was sent"}};
    return decision;
  }
  auto found = subject.connection->sap->look_up(make_look_up(subject, true));
  if (!found) return try_later(input.work, input.now, std::move(found).error());
  const auto judged = judge_found(subject, *found);
  const auto finding = judged.judgement.finding;
  const bool same = found->identity == doubt.intent->identity;
  const bool present = same && tells_of_unit(input, subject, judged);
  const bool foreign = finding == ledger::Finding::kForeign;
  const auto record = to_record(input, *doubt.intent, *found,
                                present || foreign ? finding : ledger::Finding::kNothing);
  Decision decision = present ? settle_presence(input, subject, judged)
                              : settle_absence(input, subject, doubt, judged, record);
  tell_numbers(input, judged, decision);
  decision.writes = and_record(std::move(decision.writes), record);
  return decision;
}

// The person answers for what cannot be seen from here. What can be seen is looked at all the same:
// a document that is there after all, and updates that SAP would still carry out.
Result<Decision> declare_absent(StepInput& input) {
  const auto stay = [&input](Error error) {
    return wait_until(word(State::kInDoubt), input.work.due_at, std::move(error));
  };
  MLC_TRY(const auto subject, load_posting_subject(input));
  const auto found = subject.connection->sap->look_up(make_look_up(subject, true));
  if (!found) return stay(found.error());
  const bool same = found->identity == subject.settings().sap;
  if (same && tells_of_unit(input, subject, judge_found(subject, *found))) {
    return go_on(word(State::kInDoubt), input.now);
  }
  const auto pending = std::ranges::count_if(found->update_records, [](const auto& record) {
    return record.state != ports::kUnreadableUpdates;
  });
  if (pending == 0) return go_on(word(State::kDeferred), input.now);
  return stay(Error(kUpdatesPending, {{"count", std::to_string(pending)},
                                      {"user", found->user},
                                      {"work", input.work.id.str()}})
                  .with_written(Written::kPerhaps));
}

Result<Decision> retry_conflict(StepInput& input) {
  MLC_TRY(const auto subject, load_posting_subject(input));
  const auto found = subject.connection->sap->look_up(make_look_up(subject, false));
  if (!found) return wait_for_person(input.work.state, found.error());
  const auto judged = judge_found(subject, *found);
  if (!judged.lost.empty()) return settle(input, subject, *answer_from(subject, judged));
  const bool nothing = judged.judgement.finding == ledger::Finding::kNothing;
  // SAP numbered documents that are not there: whether they never were or are gone is to be proved.
  if (nothing && !subject.sent.empty()) return go_on(word(State::kInDoubt), input.now);
  return retry_from_plan(input);
}

}  // namespace mlc::flow
