#include "flow/settlement_keep.h"

#include <algorithm>
#include <tuple>

#include "flow/settlement_planning.h"
#include "ports/document_told.h"

namespace mlc::flow {
namespace {

using ports::Outcome;

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

}  // namespace

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

void tell_documents(const std::vector<ports::DocumentRecord>& now, const PostingSubject& subject,
                    Decision& decision) {
  for (const auto& document : now) {
    const auto* before = find_document(subject, document.key);
    const std::string told = ports::told_of(document);
    if (before != nullptr && ports::told_of(*before) == told) continue;
    decision.facts.push_back({"document", document.key + " " + told});
  }
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

}  // namespace mlc::flow
