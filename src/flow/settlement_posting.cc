#include "flow/settlement_posting.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "flow/errors.h"
#include "flow/settlement_planning.h"
#include "flow/settlement_steps.h"
#include "ledger/difference_text.h"
#include "ports/document_told.h"

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
  return Error(kind, {{"settlement", subject.settlement.header->id.str()},
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
                           {"settlement", subject.settlement.header->id.str()}});
}

Error incomplete_error(const PostingSubject& subject, const ledger::Judgement& judgement) {
  return Error(kIncomplete,
               {{"found", std::to_string(count_of(judgement, ledger::PartState::kLive))},
                {"wanted", std::to_string(subject.manifest.documents.size())},
                {"settlement", subject.settlement.header->id.str()}});
}

Error reversed_error(const PostingSubject& subject, const ledger::Judgement& judgement) {
  char last = subject.settlement.revision;
  for (const auto& part : judgement.parts) last = std::max(last, part.revision);
  const char next = static_cast<char>(last + 1);
  return Error(kReversedInSap, {{"parts", parts_of(judgement, ledger::PartState::kReversed)},
                                {"settlement", subject.settlement.header->id.str()},
                                {"numbers", numbers_of(judgement, ledger::PartState::kReversed)},
                                {"next", std::string(1, next)}});
}

const ports::DocumentRecord* find_document(const PostingSubject& subject, const std::string& key) {
  const auto at = std::ranges::find(subject.documents, key, &ports::DocumentRecord::key);
  return at == subject.documents.end() ? nullptr : &*at;
}

std::string word_of(ledger::PartState state) {
  switch (state) {
    case ledger::PartState::kAbsent: return "absent";
    case ledger::PartState::kReversed: return "reversed";
    case ledger::PartState::kParked: return "parked";
    case ledger::PartState::kLive: return "posted";
    case ledger::PartState::kDuplicate: return "duplicate";
  }
  return "absent";
}

std::string receivable_of(const ledger::PostedDocument& document, const std::string& account) {
  for (const auto& line : document.lines) {
    if (line.account == account) return line.amount.decimal();
  }
  return {};
}

// A document of another revision, or one known to SAP only (after a restore): described from SAP.
ports::DocumentRecord described_by_sap(const PostingSubject& subject,
                                       const ledger::PartFinding& part, const std::string& key) {
  ports::DocumentRecord record;
  record.tenant = subject.settlement.tenant;
  record.work = subject.settlement.work;
  record.key = key;
  record.part = part.part;
  record.revision = part.revision;
  record.company_code = part.document->number.company_code;
  record.currency = std::string(part.document->currency.code());
  record.items = static_cast<std::uint32_t>(part.document->lines.size());
  record.receivable = receivable_of(*part.document, subject.settings().receivable_account);
  return record;
}

// A part is live once: where a later letter lives, what was posted under earlier ones is reversed,
// also when a restore forgot that.
void note_gone(const PostingSubject& subject, const ledger::PartFinding& part,
               std::vector<ports::DocumentRecord>& out) {
  if (part.state != ledger::PartState::kLive) return;
  for (const auto& known : subject.documents) {
    const bool earlier = known.part == part.part && known.revision < part.revision;
    if (!earlier || known.outcome != "posted") continue;
    out.push_back(known);
    out.back().outcome = "reversed";
  }
}

// What somebody keyed by hand, and a person accepted as the settlement's posting.
void add_foreign(const StepInput& input, const PostingSubject& subject,
                 const ledger::Judgement& judgement, std::vector<ports::DocumentRecord>& out) {
  for (const auto& document : judgement.foreign) {
    if (document.reverses || document.is_parked()) continue;
    ledger::PartFinding finding;
    finding.revision = subject.settlement.revision;
    finding.document = document;
    auto record = described_by_sap(subject, finding, document.reference);
    record.outcome = document.is_live() ? "posted" : "reversed";
    record.number = document.number;
    record.reversed_by = document.reversed_by;
    if (document.is_live()) record.confirmed_at = input.now;
    out.push_back(std::move(record));
  }
}

std::vector<ports::DocumentRecord> updated_documents(const StepInput& input,
                                                     const PostingSubject& subject,
                                                     const ledger::Judgement& judgement) {
  std::vector<ports::DocumentRecord> out;
  for (const auto& part : judgement.parts) {
    if (!part.document || part.revision == ' ') continue;
    const std::string key = subject.manifest.stem + part.part + part.revision;
    const auto* known = find_document(subject, key);
    ports::DocumentRecord record = known ? *known : described_by_sap(subject, part, key);
    record.outcome = word_of(part.state);
    record.number = part.document->number;
    record.reversed_by = part.document->reversed_by;
    if (part.state == ledger::PartState::kLive) record.confirmed_at = input.now;
    out.push_back(std::move(record));
    note_gone(subject, part, out);
  }
  if (subject.settlement.adoption == ledger::Adoption::kPerson) {
    add_foreign(input, subject, judgement, out);
  }
  return out;
}

// The trail holds what the records of documents come to, so that one cannot be changed beside it.
void tell_documents(const std::vector<ports::DocumentRecord>& now, const PostingSubject& subject,
                    Decision& decision) {
  for (const auto& document : now) {
    const auto* before = find_document(subject, document.key);
    const std::string told = ports::told_of(document);
    if (before != nullptr && ports::told_of(*before) == told) continue;
    decision.facts.push_back({"document", document.key + " " + told});
  }
}

// A plan that later letters were found of has their manifests too, with the same lines.
Status keep_letters(ports::StoreTransaction& transaction, const PostingSubject& subject,
                    char last) {
  const auto& settlement = subject.settlement;
  ledger::Manifest manifest = subject.manifest;
  while (manifest.revision < last) {
    MLC_TRY(manifest, ledger::next_revision(manifest, manifest.documents.front().posting_date));
    MLC_TRY(const auto kept,
            transaction.manifest(settlement.tenant, settlement.work, manifest.revision));
    if (kept) continue;
    MLC_TRY_STATUS(keep_revision(transaction, settlement, manifest.revision));
    MLC_TRY_STATUS(transaction.put_manifest(settlement.tenant, settlement.work, manifest.revision,
                                            ledger::write_manifest(manifest)));
  }
  return {};
}

std::optional<ports::PositiveControl> newest_of(const ledger::Judgement& judgement) {
  std::optional<ports::PositiveControl> out;
  for (const auto& part : judgement.parts) {
    if (part.state != ledger::PartState::kLive || !part.document) continue;
    out = ports::PositiveControl{part.document->number, part.document->reference};
  }
  return out;
}

char highest_revision(const ledger::Judgement& judgement, char otherwise) {
  char out = ' ';
  for (const auto& part : judgement.parts) out = std::max(out, part.revision);
  return out == ' ' ? otherwise : out;
}

// The letter that the settlement stands at: that of its live documents, or the last one used.
char revision_after(const SapAnswer& answer, char before, bool live) {
  const char found = highest_revision(answer.judgement, before);
  return live ? found : std::max(before, found);
}

// The control is the newest document: a daily look at an older one must not put it back, or a SAP
// that was restored would still show the control. Numbers rise within a year.
bool is_newer(const ports::PositiveControl& found, const PostingSubject& subject) {
  if (!subject.control) return true;
  const auto& known = subject.control->number;
  return std::tie(found.number.fiscal_year, found.number.number) >
         std::tie(known.fiscal_year, known.number);
}

std::optional<ports::PositiveControl> control_after(const PostingSubject& subject,
                                                    const SapAnswer& answer) {
  auto control = newest_of(answer.judgement);
  if (!control || answer.outcome == Outcome::kPosted) return control;
  return is_newer(*control, subject) ? control : std::nullopt;
}

Writes keep(const StepInput& input, const PostingSubject& subject, const SapAnswer& answer) {
  ports::SettlementRecord settlement = subject.settlement;
  const bool live = answer.outcome == Outcome::kPosted || answer.outcome == Outcome::kAlreadyPosted;
  settlement.revision = revision_after(answer, settlement.revision, live);
  return [settlement = std::move(settlement), live, subject,
          documents = updated_documents(input, subject, answer.judgement),
          control = control_after(subject, answer), identity = subject.settings().sap,
          now = input.now](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_settlement(settlement));
    MLC_TRY_STATUS(keep_letters(transaction, subject, settlement.revision));
    for (const auto& document : documents) MLC_TRY_STATUS(transaction.put_document(document));
    if (!live || !control) return {};
    return transaction.put_control(settlement.tenant, identity, control->number.company_code,
                                   *control, now);
  };
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

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    out.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

// The keys of what was posted and the numbers that SAP answered stand in the same order.
std::vector<ledger::SentDocument> sent_in(const std::vector<ports::JournalEntry>& journal) {
  std::vector<std::string> keys;
  std::vector<std::string> numbers;
  for (const auto& entry : journal) {
    if (entry.step == ports::JournalStep::kPostSent) keys = split(entry.detail);
    if (entry.step == ports::JournalStep::kCommitAboutToBeSent) numbers = split(entry.detail);
  }
  std::vector<ledger::SentDocument> out;
  for (std::size_t i = 0; i < std::min(keys.size(), numbers.size()); ++i) {
    const auto number = ledger::parse_object_key(numbers[i]);
    if (number) out.push_back({keys[i], *number});
  }
  return out;
}

bool has_key(const ledger::Manifest& manifest, const std::string& key) {
  return std::ranges::any_of(manifest.documents,
                             [&](const auto& document) { return document.key.text() == key; });
}

// Of the manifest's documents only: earlier revisions have numbers of their own.
Result<std::vector<ledger::SentDocument>> load_sent(
    ports::StoreTransaction& transaction, const ports::WorkRecord& work,
    const ledger::Manifest& manifest, const std::vector<ports::DocumentRecord>& documents) {
  std::vector<ledger::SentDocument> out;
  MLC_TRY(const auto intent, transaction.latest_intent(work.tenant, work.id));
  if (intent) {
    MLC_TRY(const auto journal, transaction.journal(work.tenant, intent->unit));
    out = sent_in(journal);
  }
  for (const auto& document : documents) {
    if (!document.number) continue;
    ledger::SentDocument known{document.key, *document.number};
    if (std::ranges::find(out, known) == out.end()) out.push_back(std::move(known));
  }
  std::erase_if(out, [&](const auto& sent) { return !has_key(manifest, sent.key); });
  return out;
}

std::string unit_content(const PostingSubject& subject, const ports::HolderRecord& holder,
                         const ports::WorkRecord& work) {
  const auto& sap = subject.settings().sap;
  return subject.manifest.content_hash + "|" + subject.manifest.revision + "|" + sap.system_id +
         "|" + sap.client + "|" + sap.logical_system + "|" + std::to_string(holder.fence.epoch) +
         "." + std::to_string(holder.fence.counter) + "|" + work.id.str() + "|" +
         std::to_string(work.fence.epoch) + "." + std::to_string(work.fence.counter);
}

}  // namespace

Result<PostingSubject> load_posting_subject(StepInput& input) {
  PostingSubject subject;
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(subject.settlement, transaction->settlement(input.work.tenant, input.work.id));
  MLC_TRY(subject.connection,
          find_connection(input.world, subject.settlement.tenant, subject.settlement.connection));
  MLC_TRY(const auto text,
          transaction->manifest(input.work.tenant, input.work.id, subject.settlement.revision));
  MLC_TRY(subject.manifest, ledger::read_manifest(text.value_or("")));
  MLC_TRY(subject.documents, transaction->documents(input.work.tenant, input.work.id));
  MLC_TRY(subject.sent, load_sent(*transaction, input.work, subject.manifest, subject.documents));
  MLC_TRY(subject.control, transaction->newest_confirmed(input.work.tenant, subject.settings().sap,
                                                         subject.settings().company_code));
  if (!subject.control) subject.control = subject.settings().first_control;
  return subject;
}

ports::PostUnit make_unit(const StepInput& input, const PostingSubject& subject,
                          const ports::HolderRecord& holder) {
  ports::PostUnit unit;
  unit.id = UnitId(to_hex(sha256(unit_content(subject, holder, input.work))));
  unit.expected = subject.settings().sap;
  unit.manifest = subject.manifest;
  unit.company_codes = subject.settings().company_codes;
  unit.deadline = std::min(input.now + subject.settings().times.unit_deadline, holder.lease_until);
  unit.fence = holder.fence;
  unit.complete = input.work.memory == kCompleteMemory;
  unit.control = subject.control;
  return unit;
}

ports::LookUpUnit make_look_up(const PostingSubject& subject, bool read_update_records) {
  ports::LookUpUnit unit{subject.settings().sap, subject.manifest.stem,
                         subject.settings().company_codes, subject.control, read_update_records};
  for (const auto& sent : subject.sent) unit.numbers.push_back(sent.number);
  return unit;
}

ledger::NumberedJudgement judge_found(const PostingSubject& subject,
                                      const ports::LookUpResult& found) {
  return ledger::judge(subject.manifest, found.documents, found.by_number, subject.sent,
                       found.user);
}

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

Decision defer_under_stop(const StepInput& input, const std::string& company_code,
                          const std::string& reason) {
  return wait_until(
      word(State::kDeferred), input.now + std::chrono::hours(1),
      Error(kCompanyCodeStopped, {{"company_code", company_code}, {"reason", reason}}));
}

void add_stop(Decision& decision, const StepInput& input, const PostingSubject& subject,
              const Error& error) {
  ports::StopRecord stop{input.work.tenant, subject.settings().sap, subject.settings().company_code,
                         ports::to_stored(error), input.now};
  decision.facts.push_back({"stopped", subject.settings().company_code});
  decision.writes = [stop = std::move(stop), before = std::move(decision.writes)](
                        ports::StoreTransaction& transaction) -> Status {
    if (before) MLC_TRY_STATUS(before(transaction));
    return transaction.put_stop(stop);
  };
}

}  // namespace mlc::flow
