#include "sap/posting_verdict.h"

#include <algorithm>
#include <set>

#include "ledger/difference_text.h"
#include "sap/errors.h"

namespace mlc::sap {
namespace {

using ledger::Finding;
using ledger::LedgerDocument;
using ledger::PartFinding;
using ledger::PartState;
using ports::Outcome;

std::string numbers_of(const std::vector<ledger::DocumentNumber>& numbers) {
  std::string out;
  for (const auto& number : numbers) out += (out.empty() ? "" : ", ") + number.text();
  return out;
}

const PartFinding* find_part(const ledger::Judgement& judgement, const std::string& part) {
  const auto at = std::ranges::find(judgement.parts, part, &PartFinding::part);
  return at == judgement.parts.end() ? nullptr : &*at;
}

const PartFinding* first_in(const ledger::Judgement& judgement, PartState state) {
  const auto at = std::ranges::find(judgement.parts, state, &PartFinding::state);
  return at == judgement.parts.end() ? nullptr : &*at;
}

// A key is used once: a reversed part may be posted again under a later letter only.
bool may_be_posted(const LedgerDocument& document, const ledger::Judgement& judgement) {
  const auto* found = find_part(judgement, document.key.part);
  if (found == nullptr || found->state == PartState::kAbsent) return true;
  return found->state == PartState::kReversed && found->revision < document.key.revision;
}

bool is_live(const LedgerDocument& document, const ledger::Judgement& judgement) {
  const auto* found = find_part(judgement, document.key.part);
  return found != nullptr && found->state == PartState::kLive;
}

Error difference_error(const ledger::Judgement& judgement) {
  const auto at = std::ranges::find(judgement.differences, true, &ledger::Difference::hard);
  if (at == judgement.differences.end()) {
    return Error(kDiffersInSap, {{"document", "a part"}, {"differences", "it was not planned"}});
  }
  return Error(kDiffersInSap,
               {{"document", at->document},
                {"differences", ledger::hard_differences_text(judgement.differences)},
                {"field", at->field},
                {"found", at->found},
                {"wanted", at->wanted}});
}

// Every part is named, so that whoever reads it can put all of them right at once.
Error duplicate_error(const ledger::Manifest& manifest, const ledger::Judgement& judgement) {
  std::string parts;
  std::string documents;
  for (const PartFinding& part : judgement.parts) {
    if (part.state != PartState::kDuplicate) continue;
    parts += (parts.empty() ? "" : ", ") + part.part;
    documents += (documents.empty() ? "" : ", ") + numbers_of(part.all);
  }
  return Error(
      kDuplicateFound,
      {{"part", std::move(parts)}, {"stem", manifest.stem}, {"documents", std::move(documents)}});
}

Error parked_error(const ledger::Judgement& judgement) {
  const auto* part = first_in(judgement, PartState::kParked);
  const bool known = part != nullptr && part->document.has_value();
  return Error(kParkedByHand, {{"document", known ? part->document->reference : ""},
                               {"number", known ? part->document->number.text() : ""}});
}

// Somebody keyed the settlement under a reference of his own. That holds a repost as well.
bool held_by_foreign(const ledger::Judgement& judgement) {
  return std::ranges::any_of(judgement.foreign, [](const ledger::PostedDocument& document) {
    return document.is_live() || document.is_parked();
  });
}

Error foreign_error(const ledger::Manifest& manifest, const ledger::Judgement& judgement) {
  std::string documents;
  for (const auto& one : judgement.foreign) {
    documents += (documents.empty() ? "" : ", ") + one.number.text() + " ('" + one.reference + "')";
  }
  return Error(kForeignReference, {{"documents", documents}, {"stem", manifest.stem}});
}

std::optional<Ending> overwritten(
    const std::vector<const LedgerDocument*>& sent,
    const std::vector<std::optional<ledger::PostedDocument>>& by_key) {
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const std::string key = sent[i]->key.text();
    if (!by_key[i] || by_key[i]->reference == key) continue;
    return Ending{Outcome::kConflicts,
                  Error(kCarrierOverwritten, {{"document", by_key[i]->number.text()},
                                              {"expected", key},
                                              {"found", by_key[i]->reference}})
                      .with_written(Written::kYes)};
  }
  return std::nullopt;
}

std::string invisible(const std::vector<const LedgerDocument*>& sent,
                      const std::vector<std::optional<ledger::PostedDocument>>& by_key) {
  std::string out;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (!by_key[i]) out += (out.empty() ? "" : ", ") + sent[i]->key.text();
  }
  return out;
}

Ending not_visible(const std::string& documents) {
  return {Outcome::kInDoubt,
          Error(kNotVisibleYet, {{"documents", documents}}).with_written(Written::kPerhaps)};
}

}  // namespace

Ending ending_of(const ledger::Manifest& manifest, const ledger::Judgement& judgement) {
  switch (judgement.finding) {
    case Finding::kAlreadyPosted: return {Outcome::kAlreadyPosted, std::nullopt};
    case Finding::kIncomplete: return {Outcome::kIncomplete, std::nullopt};
    case Finding::kReversed: return {Outcome::kReversed, std::nullopt};
    case Finding::kPartlyReversed: return {Outcome::kPartlyReversed, std::nullopt};
    case Finding::kDuplicate: return {Outcome::kConflicts, duplicate_error(manifest, judgement)};
    case Finding::kParked: return {Outcome::kConflicts, parked_error(judgement)};
    case Finding::kForeign: return {Outcome::kConflicts, foreign_error(manifest, judgement)};
    case Finding::kConflicts:
    case Finding::kNothing: break;
  }
  return {Outcome::kConflicts, difference_error(judgement)};
}

PostPlan plan_post(const ledger::Manifest& manifest, const ledger::Judgement& judgement,
                   bool complete) {
  const bool open = judgement.finding == Finding::kNothing ||
                    judgement.finding == Finding::kReversed ||
                    (complete && (judgement.finding == Finding::kIncomplete ||
                                  judgement.finding == Finding::kPartlyReversed));
  if (!open) return {ending_of(manifest, judgement), {}};
  if (held_by_foreign(judgement)) {
    return {Ending{Outcome::kConflicts, foreign_error(manifest, judgement)}, {}};
  }
  PostPlan plan;
  for (const LedgerDocument& document : manifest.documents) {
    if (may_be_posted(document, judgement))
      plan.documents.push_back(&document);
    else if (!complete || !is_live(document, judgement))
      return {ending_of(manifest, judgement), {}};
  }
  return plan;
}

Ending verdict_after_post(const ledger::Manifest& manifest,
                          const std::vector<const LedgerDocument*>& sent,
                          const std::vector<std::optional<ledger::PostedDocument>>& by_key,
                          const ledger::Judgement& judgement) {
  if (auto end = overwritten(sent, by_key)) return *end;
  if (const auto missing = invisible(sent, by_key); !missing.empty()) return not_visible(missing);
  switch (judgement.finding) {
    case Finding::kAlreadyPosted: return {Outcome::kPosted, std::nullopt};
    case Finding::kNothing:
    case Finding::kIncomplete: return not_visible(manifest.stem);
    default: break;
  }
  Ending end = ending_of(manifest, judgement);
  if (end.error) end.error = end.error->with_written(Written::kYes);
  return end;
}

std::vector<ports::PostedPart> live_parts(const ledger::Judgement& judgement) {
  std::vector<ports::PostedPart> out;
  for (const PartFinding& part : judgement.parts) {
    if (part.state != PartState::kLive || !part.document) continue;
    out.push_back({part.part, part.document->number});
  }
  return out;
}

std::vector<std::string> company_codes_of(const ports::PostUnit& unit) {
  std::set<std::string> out(unit.company_codes.begin(), unit.company_codes.end());
  for (const LedgerDocument& document : unit.manifest.documents) out.insert(document.company_code);
  return {out.begin(), out.end()};
}

}  // namespace mlc::sap
