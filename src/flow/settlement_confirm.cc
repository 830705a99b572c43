// posted: re-reads what SAP holds, so that a reversal or a restored system is noticed.
#include <algorithm>

#include "flow/errors.h"
#include "flow/settlement_adopt.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

bool over(const StepInput& input, const PostingSubject& subject) {
  const auto first = parse_instant(input.work.memory);
  return first && input.now >= *first + subject.settings().times.confirm_for;
}

const ledger::PostedDocument* find_by_number(const ports::LookUpResult& found,
                                             const ledger::DocumentNumber& number) {
  for (const auto* list : {&found.documents, &found.by_number}) {
    const auto at = std::ranges::find(*list, number, &ledger::PostedDocument::number);
    if (at != list->end()) return &*at;
  }
  return nullptr;
}

// What a person accepted is known by its numbers.
enum class Accepted { kStands, kReversed, kVanished };

Accepted look_for_accepted(const PostingSubject& subject, const ports::LookUpResult& found) {
  const auto live = live_of(subject.documents);
  std::size_t reversed = 0;
  for (const auto& known : live) {
    const auto* document = find_by_number(found, *known.number);
    if (document == nullptr) return Accepted::kVanished;
    if (document->reversed_by) ++reversed;
  }
  return !live.empty() && reversed == live.size() ? Accepted::kReversed : Accepted::kStands;
}

Error accepted_reversed(const PostingSubject& subject) {
  return Error(kReversedInSap,
               {{"parts", "what was accepted"},
                {"settlement", command_name(subject.settlement)},
                {"numbers", numbers_text(live_of(subject.documents))},
                {"next", std::string(1, static_cast<char>(subject.settlement.revision + 1))}});
}

Decision vanished(const StepInput& input, const PostingSubject& subject) {
  const std::string document =
      subject.documents.empty() ? subject.manifest.stem : subject.documents.back().key;
  const Error error(kDocumentVanished,
                    {{"document", document}, {"company_code", subject.settings().company_code}});
  Decision decision = wait_for_person(word(State::kInDoubt), error);
  add_stop(decision, input, subject, error);
  return decision;
}

Decision keep_watching(const StepInput& input, const PostingSubject& subject, Decision decision) {
  const bool asked = input.work.request.has_value();
  if (decision.next == word(State::kPosted) && over(input, subject) && !asked) {
    decision.due = ports::kNever;
  }
  return decision;
}

// A person accepted what SAP holds, its reference too. That it stands twice, in part or not at all
// is still news.
Decision confirm_accepted(const StepInput& input, const PostingSubject& subject,
                          const ports::LookUpResult& found, ledger::NumberedJudgement judged) {
  judged.lost.clear();
  const bool doubled = judged.judgement.finding == ledger::Finding::kDuplicate;
  const auto answer = answer_from(subject, judged);
  const bool partly = answer && (answer->outcome == ports::Outcome::kIncomplete ||
                                 answer->outcome == ports::Outcome::kPartlyReversed);
  if (doubled || partly) return settle(input, subject, *answer);
  switch (look_for_accepted(subject, found)) {
    case Accepted::kVanished: return vanished(input, subject);
    case Accepted::kReversed:
      return settle(input, subject,
                    {ports::Outcome::kReversed, judged.judgement, {}, accepted_reversed(subject)});
    case Accepted::kStands: break;
  }
  return keep_watching(
      input, subject,
      wait_until(word(State::kPosted), input.now + subject.settings().times.confirm_every));
}

}  // namespace

Result<Decision> confirm_step(StepInput& input) {
  MLC_TRY(const auto subject, load_posting_subject(input));
  if (subject.manifest.documents.empty()) return wait_for_person(word(State::kPosted));
  ports::LookUpUnit unit = make_look_up(subject, false);
  auto found = subject.connection->sap->look_up(unit);
  if (!found) return try_later(input.work, input.now, std::move(found).error());
  auto judged = judge_found(subject, *found);
  if (subject.settlement.adoption == ledger::Adoption::kPerson) {
    return confirm_accepted(input, subject, *found, std::move(judged));
  }
  if (judged.lost.empty()) {
    // A life that a restore forgot may have reversed them and posted again.
    MLC_TRY(auto adopted, adopt(input, subject, judged.judgement));
    if (adopted) return keep_watching(input, subject, std::move(*adopted));
  }
  const auto answer = answer_from(subject, std::move(judged));
  if (!answer) return vanished(input, subject);
  return keep_watching(input, subject, settle(input, subject, *answer));
}

}  // namespace mlc::flow
