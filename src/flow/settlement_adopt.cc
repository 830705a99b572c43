#include "flow/settlement_adopt.h"

#include <algorithm>

#include "flow/settlement_classes.h"
#include "flow/settlement_planning.h"
#include "flow/settlement_suspense.h"
#include "ledger/adoption.h"
#include "ledger/header_text.h"
#include "ledger/rule_book_text.h"

namespace mlc::flow {
namespace {

// What one rule book makes of the settlement's rows.
struct Candidate {
  ledger::RuleBook rules;
  Classified classified;
  ledger::Derivation derivation;
};

struct Choice {
  Candidate candidate;
  ledger::Adopted adopted;
};

// Today's rules, then what is kept, newest first. Kept rules that cannot be read any more are no
// candidate: then a person decides.
Result<std::vector<ledger::RuleBook>> rule_books(StepInput& input, const PostingSubject& subject) {
  std::vector<ledger::RuleBook> out{subject.settings().rules};
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const auto kept,
          transaction->rule_books(subject.settlement.tenant, subject.settlement.connection));
  for (const auto& record : kept) {
    if (record.digest == out.front().digest()) continue;
    auto book = ledger::read_rule_book(record.content, record.digest);
    // Their mapping of SKUs is not kept, only its hash: today's takes its place.
    if (book) out.push_back(book->with_groups_of(out.front()));
  }
  return out;
}

// Nothing when these rules do not carry the settlement.
Result<std::optional<Candidate>> derive_with(StepInput& input, const PostingSubject& subject,
                                             ledger::RuleBook rules, char revision) {
  const auto& settlement = subject.settlement;
  MLC_TRY(auto classified,
          classify(input.world, settlement, subject.settings(), rules, Orders::kAdd));
  const ledger::DerivationInput derivation_input{
      *settlement.header, classified.totals,
      posting_settings(subject.settings(), *settlement.header), revision, classified.order_lines};
  auto derivation = ledger::derive(derivation_input, rules);
  if (!derivation) return std::optional<Candidate>{};
  return std::optional<Candidate>(
      Candidate{std::move(rules), std::move(classified), std::move(*derivation)});
}

Result<std::optional<Choice>> choose(StepInput& input, const PostingSubject& subject,
                                     const ledger::FoundManifest& found) {
  MLC_TRY(auto books, rule_books(input, subject));
  std::optional<Choice> by_totals;
  for (auto& book : books) {
    MLC_TRY(auto candidate, derive_with(input, subject, std::move(book), found.first_revision()));
    if (!candidate) continue;
    if (auto exact = ledger::adopt_by_rules(candidate->derivation, found)) {
      return std::optional<Choice>(Choice{std::move(*candidate), std::move(*exact)});
    }
    if (by_totals) continue;
    if (auto adopted = ledger::adopt_by_totals(candidate->derivation, found)) {
      by_totals = Choice{std::move(*candidate), std::move(*adopted)};
    }
  }
  return by_totals;
}

// What was known of documents under their keys stays known, also of one that is reversed by now.
ports::DocumentRecord with_number(ports::DocumentRecord planned,
                                  const std::vector<ports::DocumentRecord>& known) {
  const auto at = std::ranges::find(known, planned.key, &ports::DocumentRecord::key);
  if (at == known.end() || !at->number) return planned;
  planned.outcome = at->outcome;
  planned.number = at->number;
  planned.reversed_by = at->reversed_by;
  planned.confirmed_at = at->confirmed_at;
  return planned;
}

std::vector<ports::DocumentRecord> documents_of(const PostingSubject& subject,
                                                const ledger::Adopted& adopted) {
  std::vector<ports::DocumentRecord> out = subject.documents;
  for (const auto& manifest : adopted.manifests) {
    std::erase_if(out, [&](const auto& known) { return known.revision == manifest.revision; });
    for (const auto& document : manifest.documents) {
      out.push_back(with_number(planned_document(subject.settlement, document), subject.documents));
    }
  }
  return out;
}

// The subject as if the choice had been planned here.
Result<PostingSubject> with_choice(const PostingSubject& subject, const Choice& choice) {
  PostingSubject out = subject;
  const auto& [candidate, adopted] = choice;
  out.manifest = adopted.manifests.back();
  out.documents = documents_of(subject, adopted);
  const auto mark = adopted.how == ledger::Adoption::kTotals ? ports::LineageMark::kAdopted
                                                             : ports::LineageMark::kNone;
  MLC_TRY(out.settlement.lineage,
          candidate.classified.lineage->finish(
              with_destinations(candidate.classified.totals, adopted.destinations), mark));
  out.settlement.revision = out.manifest.revision;
  out.settlement.rules_digest = candidate.rules.digest();
  out.settlement.adoption = adopted.how;
  take_over(out.settlement, out.manifest.content_hash, candidate.derivation);
  return out;
}

// Whether the documents were planned here, under earlier letters than the plan's: then a repost or
// a completion is on its way, and there is nothing to take over.
Result<bool> is_known(StepInput& input, const ports::SettlementRecord& settlement,
                      const ledger::FoundManifest& found) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  for (const auto& [revision, hash] : found.hashes) {
    MLC_TRY(const auto text, transaction->manifest(settlement.tenant, settlement.work, revision));
    if (!text) return false;
    MLC_TRY(const auto manifest, ledger::read_manifest(*text));
    if (ledger::shown_hash(manifest.content_hash) != hash) return false;
  }
  return true;
}

// Before the documents found are written under the manifests that they belong to.
Writes replace_plan(const StepInput& input, const PostingSubject& subject, const Choice& choice,
                    Suspense suspense, Writes then) {
  return [settlement = subject.settlement, documents = subject.documents,
          manifests = choice.adopted.manifests, classes = choice.candidate.classified.totals,
          rules = to_record(subject.settlement, choice.candidate.rules, input.now),
          suspense = std::move(suspense),
          then = std::move(then)](ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_rule_book(rules));
    MLC_TRY_STATUS(transaction.put_classes(settlement.tenant, settlement.work, classes));
    MLC_TRY_STATUS(keep_suspense(transaction, settlement, suspense));
    for (const auto& manifest : manifests) {
      MLC_TRY_STATUS(transaction.replace_manifest(
          settlement.tenant, settlement.work, manifest.revision, ledger::write_manifest(manifest)));
      MLC_TRY_STATUS(keep_revision(transaction, settlement, manifest.revision));
    }
    for (const auto& document : documents) {
      if (document.number) MLC_TRY_STATUS(transaction.put_document(document));
    }
    return then(transaction);
  };
}

}  // namespace

Result<std::optional<Decision>> adopt(StepInput& input, const PostingSubject& subject,
                                      const ledger::Judgement& judgement) {
  const auto found = ledger::whole_manifest(subject.manifest.stem, judgement);
  if (!found || ledger::shows(*found, subject.manifest)) return std::optional<Decision>{};
  MLC_TRY(const bool known, is_known(input, subject.settlement, *found));
  if (known) return std::optional<Decision>{};
  MLC_TRY(const auto choice, choose(input, subject, *found));
  if (!choice) return std::optional<Decision>{};
  MLC_TRY(const auto adopted, with_choice(subject, *choice));
  auto answer = answer_from(adopted, ledger::judge(adopted.manifest, found->documents));
  if (!answer) return std::optional<Decision>{};
  Decision decision = settle(input, adopted, *answer);
  std::vector<Fact> facts{{"adopted", std::string(ledger::to_word(choice->adopted.how))}};
  for (const auto& manifest : choice->adopted.manifests) {
    facts.push_back({"manifest", manifest.content_hash});
  }
  facts.push_back({"rules", adopted.manifest.rules_version});
  facts.push_back({"rule_book", choice->candidate.rules.digest()});
  facts.push_back({"lineage", adopted.settlement.lineage.str()});
  MLC_TRY(auto suspense,
          suspense_of(choice->candidate.classified.totals, choice->adopted.destinations));
  tell_suspense(suspense, facts);
  decision.facts.insert(decision.facts.begin(), facts.begin(), facts.end());
  decision.writes =
      replace_plan(input, adopted, *choice, std::move(suspense), std::move(decision.writes));
  return std::optional<Decision>(std::move(decision));
}

}  // namespace mlc::flow
