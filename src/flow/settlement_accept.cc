// conflicts -> posted by a person's word: what SAP holds counts, and is known by its numbers.
#include <algorithm>

#include "flow/errors.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"

namespace mlc::flow {
namespace {

bool holds_something(const ledger::NumberedJudgement& judged) {
  if (!judged.lost.empty()) return true;
  const auto& judgement = judged.judgement;
  return judgement.finding != ledger::Finding::kNothing ||
         std::ranges::any_of(judgement.foreign, &ledger::PostedDocument::is_live);
}

// Why what SAP holds now cannot be left as it is.
std::optional<Error> not_acceptable(const PostingSubject& subject, const ports::LookUpResult& found,
                                    const ledger::NumberedJudgement& judged) {
  const std::string settlement = command_name(subject.settlement);
  if (found.identity != subject.settings().sap) {
    return Error(kOtherSystem, {{"found", found.identity.system_id + "/" + found.identity.client},
                                {"settlement", settlement}});
  }
  if (judged.judgement.finding == ledger::Finding::kDuplicate) {
    return Error(kDoubledStays, {{"settlement", settlement}});
  }
  if (judged.judgement.finding == ledger::Finding::kParked) {
    const auto answer = answer_from(subject, judged);
    return answer->error;
  }
  if (!holds_something(judged)) return Error(kNothingToAccept, {{"settlement", settlement}});
  return std::nullopt;
}

}  // namespace

Result<Decision> resolve_conflict_verb(StepInput& input) {
  if (input.work.request->argument != "accept") {
    return refuse_request(input.work,
                          Error(kWrongArgument, {{"state", input.work.state},
                                                 {"argument", input.work.request->argument},
                                                 {"possible", "accept"}}));
  }
  MLC_TRY(auto subject, load_posting_subject(input));
  // Read anew: the books may have changed since the conflict was seen.
  const auto found = subject.connection->sap->look_up(make_look_up(subject, false));
  if (!found) return refuse_request(input.work, found.error());
  const auto judged = judge_found(subject, *found);
  if (auto why = not_acceptable(subject, *found, judged)) {
    return refuse_request(input.work, std::move(*why));
  }
  subject.settlement.adoption = ledger::Adoption::kPerson;
  return settle(input, subject,
                {ports::Outcome::kAlreadyPosted, judged.judgement, {}, std::nullopt});
}

}  // namespace mlc::flow
