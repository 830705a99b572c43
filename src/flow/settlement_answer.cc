// What SAP said becomes an outcome, a state and the words for a person.
#include <algorithm>

#include "flow/errors.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_keep.h"
#include "flow/settlement_posting.h"
#include "flow/settlement_steps.h"
#include "ledger/difference_text.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;
using ports::Outcome;

std::string numbers_of(const ledger::Judgement& judgement, ledger::PartState state) {
  std::string out;
  for (const auto& part : judgement.parts) {
    if (part.state != state || !part.document) continue;
    if (!out.empty()) out += ", ";
    out += part.document->number.text();
  }
  return out;
}

std::string parts_of(const ledger::Judgement& judgement, ledger::PartState state) {
  std::string out;
  for (const auto& part : judgement.parts) {
    if (part.state != state) continue;
    if (!out.empty()) out += ", ";
    out += part.part;
  }
  return out;
}

std::size_t count_of(const ledger::Judgement& judgement, ledger::PartState state) {
  return static_cast<std::size_t>(std::ranges::count_if(
      judgement.parts, [state](const auto& part) { return part.state == state; }));
}

// All documents of the parts in one state, "1000/0100000001/2026, ...".
std::string all_numbers_of(const ledger::Judgement& judgement, ledger::PartState state) {
  std::string out;
  for (const auto& part : judgement.parts) {
    if (part.state != state) continue;
    for (const auto& number : part.all) out += (out.empty() ? "" : ", ") + number.text();
  }
  return out;
}

Error named_conflict(const ErrorKind& kind, const PostingSubject& subject, std::string documents) {
  return Error(kind, {{"settlement", command_name(subject.settlement)},
                      {"documents", std::move(documents)}});
}

Error conflict_error(const PostingSubject& subject, const ledger::Judgement& judgement) {
  if (judgement.finding == ledger::Finding::kDuplicate) {
    return named_conflict(kDuplicateFound, subject,
                          all_numbers_of(judgement, ledger::PartState::kDuplicate));
  }
  if (judgement.finding == ledger::Finding::kParked) {
    return named_conflict(kParkedInSap, subject,
                          all_numbers_of(judgement, ledger::PartState::kParked));
  }
  std::string document = numbers_of(judgement, ledger::PartState::kLive);
  if (document.empty()) document = subject.manifest.stem;
  std::string difference = ledger::hard_differences_text(judgement.differences);
  if (difference.empty()) difference = ledger::to_word(judgement.finding);
  return Error(kConflict, {{"document", document},
                           {"difference", difference},
                           {"settlement", command_name(subject.settlement)}});
}

Error incomplete_error(const PostingSubject& subject, const ledger::Judgement& judgement) {
  return Error(kIncomplete,
               {{"found", std::to_string(count_of(judgement, ledger::PartState::kLive))},
                {"wanted", std::to_string(subject.manifest.documents.size())},
                {"settlement", command_name(subject.settlement)}});
}

Error reversed_error(const PostingSubject& subject, const ledger::Judgement& judgement) {
  char last = subject.settlement.revision;
  for (const auto& part : judgement.parts) last = std::max(last, part.revision);
  const char next = static_cast<char>(last + 1);
  return Error(kReversedInSap, {{"parts", parts_of(judgement, ledger::PartState::kReversed)},
                                {"settlement", command_name(subject.settlement)},
                                {"numbers", numbers_of(judgement, ledger::PartState::kReversed)},
                                {"next", std::string(1, next)}});
}

Decision posted(const StepInput& input, const PostingSubject& subject, const SapAnswer& answer) {
  Decision decision =
      wait_until(word(State::kPosted), input.now + subject.settings().times.confirm_every);
  decision.memory = format_instant(input.now);  // confirming ends some time after the first post
  if (input.work.state == word(State::kPosted))
    decision.memory.reset();
  else
    decision.facts = {{"documents", numbers_of(answer.judgement, ledger::PartState::kLive)}};
  return decision;
}

bool is_our_reversal(const StepInput& input) {
  return input.work.request && input.work.request->argument == kOurReversal;
}

Decision next_state(const StepInput& input, const PostingSubject& subject,
                    const SapAnswer& answer) {
  const auto person = [&](State state, const Error& otherwise) {
    return wait_for_person(word(state), answer.error.value_or(otherwise));
  };
  switch (answer.outcome) {
    case Outcome::kPosted:
    case Outcome::kAlreadyPosted: return posted(input, subject, answer);
    case Outcome::kConflicts:
      return person(State::kConflicts, conflict_error(subject, answer.judgement));
    case Outcome::kIncomplete:
      return person(State::kIncomplete, incomplete_error(subject, answer.judgement));
    case Outcome::kReversed:
      if (is_our_reversal(input)) return wait_for_person(word(State::kReversed));
      return person(State::kReversed, reversed_error(subject, answer.judgement));
    case Outcome::kPartlyReversed:
      return person(State::kPartlyReversed, reversed_error(subject, answer.judgement));
    case Outcome::kRejected: return wait_for_person(word(State::kRejected), answer.error);
    case Outcome::kDeferred:
      return try_later_in(word(State::kDeferred), input.work, input.now,
                          answer.error.value_or(Error(kInDoubt)));
    case Outcome::kInDoubt:
      return wait_until(word(State::kInDoubt), input.now + std::chrono::minutes(1),
                        answer.error.value_or(Error(kInDoubt).with_written(Written::kPerhaps)));
  }
  return wait_for_person(word(State::kInDoubt), answer.error);
}

std::optional<Outcome> outcome_of(ledger::Finding finding) {
  switch (finding) {
    case ledger::Finding::kNothing: return std::nullopt;
    case ledger::Finding::kAlreadyPosted: return Outcome::kAlreadyPosted;
    case ledger::Finding::kIncomplete: return Outcome::kIncomplete;
    case ledger::Finding::kReversed: return Outcome::kReversed;
    case ledger::Finding::kPartlyReversed: return Outcome::kPartlyReversed;
    case ledger::Finding::kConflicts:
    case ledger::Finding::kDuplicate:
    case ledger::Finding::kParked: return Outcome::kConflicts;
    case ledger::Finding::kForeign: return std::nullopt;
  }
  return Outcome::kConflicts;
}

Error carrier_error(const PostingSubject& subject, const std::vector<ledger::LostReference>& lost) {
  std::string documents;
  for (const auto& one : lost) {
    documents += (documents.empty() ? "" : ", ") + one.number.text() + " ('" + one.found +
                 "' instead of '" + one.key + "')";
  }
  return named_conflict(kCarrierOverwritten, subject, std::move(documents))
      .with_written(Written::kYes);
}

}  // namespace

std::optional<SapAnswer> answer_from(const PostingSubject& subject, ledger::Judgement judgement) {
  const auto outcome = outcome_of(judgement.finding);
  if (!outcome) return std::nullopt;
  SapAnswer answer{*outcome, std::move(judgement), {}, {}};
  if (*outcome == Outcome::kConflicts) answer.error = conflict_error(subject, answer.judgement);
  return answer;
}

std::optional<SapAnswer> answer_from(const PostingSubject& subject,
                                     ledger::NumberedJudgement found) {
  // A doubled document must not be taken for one that can be accepted.
  const bool doubled = found.judgement.finding == ledger::Finding::kDuplicate;
  if (found.lost.empty() || doubled) return answer_from(subject, std::move(found.judgement));
  Error error = carrier_error(subject, found.lost);
  return SapAnswer{Outcome::kConflicts, std::move(found.judgement), {}, std::move(error)};
}

Decision settle(const StepInput& input, const PostingSubject& subject, const SapAnswer& answer) {
  Decision decision = next_state(input, subject, answer);
  for (const auto& message : answer.messages) {
    if (!message.is_error()) continue;
    decision.facts.push_back({"sap", message.id + " " + message.number + " " + message.text});
  }
  tell_documents(updated_documents(input, subject, answer.judgement), subject, decision);
  decision.writes = keep(input, subject, answer);
  return decision;
}

}  // namespace mlc::flow
