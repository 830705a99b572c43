// posted: re-reads what SAP holds, so that a reversal or a restored system is noticed.
#include "flow/errors.h"
#include "flow/settlement_adopt.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

bool over(const StepInput& input, const PostingSubject& subject) {
  const auto first = parse_instant(input.work.memory);
  return first && input.now >= *first + subject.settings().times.confirm_for;
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

}  // namespace

Result<Decision> confirm_step(StepInput& input) {
  MLC_TRY(const auto subject, load_posting_subject(input));
  if (subject.manifest.documents.empty()) return wait_for_person(word(State::kPosted));
  ports::LookUpUnit unit = make_look_up(subject, false);
  auto found = subject.connection->sap->look_up(unit);
  if (!found) return try_later(input.work, input.now, std::move(found).error());
  auto judged = judge_found(subject, *found);
  const bool by_person = subject.settlement.adoption == ledger::Adoption::kPerson;
  // A person who accepted what SAP holds accepted its reference, too.
  if (by_person) judged.lost.clear();
  if (!by_person && judged.lost.empty()) {
    // A life that a restore forgot may have reversed them and posted again.
    MLC_TRY(auto adopted, adopt(input, subject, judged.judgement));
    if (adopted) return keep_watching(input, subject, std::move(*adopted));
  }
  const auto answer = answer_from(subject, std::move(judged));
  const bool differs = !answer || answer->outcome == ports::Outcome::kConflicts;
  if (by_person && differs) {
    // A person accepted what SAP holds; only reversal is still news.
    return keep_watching(
        input, subject,
        wait_until(word(State::kPosted), input.now + subject.settings().times.confirm_every));
  }
  if (!answer) return vanished(input, subject);
  return keep_watching(input, subject, settle(input, subject, *answer));
}

}  // namespace mlc::flow
