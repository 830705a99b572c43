#include "flow/settlement_difference.h"

#include <algorithm>
#include <array>

#include "flow/errors.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_steps.h"
#include "flow/settlement_suspense.h"
#include "ledger/document_key.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

std::string fact_of(const ports::SettlementRecord& settlement) {
  return "family " + settlement.selling_account + " " + settlement.header->id.str();
}

std::string joined(const std::vector<WorkId>& works) {
  std::string out;
  for (const auto& work : works) out += (out.empty() ? "" : ",") + work.str();
  return out;
}

std::vector<WorkId> split(std::string_view text) {
  std::vector<WorkId> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    out.emplace_back(std::string(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

void add_parts(const std::vector<ports::DocumentRecord>& documents, Base& out) {
  for (const auto& document : documents) {
    const auto ordinal = ledger::part_ordinal(document.part);
    if (!ordinal) continue;
    out.first_part = std::max(out.first_part, *ordinal + 1);
    if (std::ranges::find(out.other_parts, document.part) == out.other_parts.end()) {
      out.other_parts.push_back(document.part);
    }
  }
}

// A part number that an earlier difference gave up may have become this file's.
Status keep_own_parts(ports::StoreTransaction& transaction,
                      const ports::SettlementRecord& settlement, Base& out) {
  MLC_TRY(const auto text,
          transaction.manifest(settlement.tenant, settlement.work, settlement.revision));
  if (!text) return {};
  MLC_TRY(const auto manifest, ledger::read_manifest(*text));
  for (const auto& document : manifest.documents) std::erase(out.other_parts, document.key.part);
  return {};
}

Status add_manifest(ports::StoreTransaction& transaction, const TenantId& tenant,
                    const WorkId& work, Base& out) {
  MLC_TRY(const auto settlement, transaction.settlement(tenant, work));
  MLC_TRY(const auto text, transaction.manifest(tenant, work, settlement.revision));
  MLC_TRY(auto manifest, ledger::read_manifest(text.value_or("")));
  if (!manifest.documents.empty()) out.manifests.push_back(std::move(manifest));
  return {};
}

Error not_posted(const ports::SettlementRecord& file, const std::string& state) {
  return Error(
      kDifferenceNeedsBooks,
      {{"settlement", file.header->id.str()}, {"work", file.work.str()}, {"state", state}});
}

Error no_more_revisions(const ports::SettlementRecord& file) {
  return Error(kNoMoreRevisions, {{"settlement", command_name(file)}});
}

// Nothing, or why no difference can be posted to what is in the books of one file.
Status can_be_added_to(ports::StoreTransaction& transaction, const TenantId& tenant,
                       const WorkId& file) {
  MLC_TRY(const auto settlement, transaction.settlement(tenant, file));
  MLC_TRY(const auto work, transaction.work(tenant, file));
  MLC_TRY(const auto documents, transaction.documents(tenant, file));
  const bool stands = work.state == word(State::kPosted) && !live_of(documents).empty();
  if (!stands && !is_posted_without_lines(work, settlement, documents)) {
    return failure(not_posted(settlement, work.state));
  }
  // What a person accepted is known by its numbers only: nobody knows which lines are missing.
  if (settlement.adoption == ledger::Adoption::kPerson) {
    return failure(not_posted(settlement, work.state + ", as a person accepted it"));
  }
  return {};
}

// Posted, or SAP may have it by now.
bool may_be_in_books(const std::string& state) {
  const std::array<State, 6> kSome{State::kPosting,   State::kInDoubt,    State::kPosted,
                                   State::kConflicts, State::kIncomplete, State::kPartlyReversed};
  return std::ranges::any_of(kSome, [&](State candidate) { return state == word(candidate); });
}

struct Standing {
  ports::SettlementRecord holder;  // of the settlement-id
  std::vector<WorkId> files;       // it and those that stand with it, the first file first
};

// What stands for the settlement so far, when a difference to it can be posted.
Result<Standing> standing_files(StepInput& input, const ports::SettlementRecord& mine) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto holder,
          transaction->settlement_holder(mine.tenant, mine.selling_account, mine.header->id));
  if (!holder) return failure(not_posted(mine, input.work.state));
  MLC_TRY(auto files, family_of(*transaction, mine));
  if (files.empty()) files.push_back(holder->work);
  for (const auto& file : files) {
    MLC_TRY_STATUS(can_be_added_to(*transaction, mine.tenant, file));
  }
  MLC_TRY(const auto moved, suspense_moved(*transaction, mine, files));
  if (moved) return failure(*moved);
  return Standing{std::move(*holder), std::move(files)};
}

}  // namespace

Result<std::vector<WorkId>> family_of(ports::StoreTransaction& transaction,
                                      const ports::SettlementRecord& settlement) {
  if (!settlement.header) return std::vector<WorkId>{};
  MLC_TRY(const auto fact, transaction.fact(settlement.tenant, fact_of(settlement)));
  return split(fact.value_or(""));
}

Result<std::optional<WorkId>> continued_by(ports::StoreTransaction& transaction,
                                           const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto family, family_of(transaction, settlement));
  const auto mine = std::ranges::find(family, settlement.work);
  if (mine == family.end() || std::next(mine) == family.end()) return std::optional<WorkId>{};
  return std::optional(*std::next(mine));
}

Status put_family(ports::StoreTransaction& transaction, const ports::SettlementRecord& settlement,
                  const std::vector<WorkId>& works) {
  return transaction.put_fact(settlement.tenant, fact_of(settlement), joined(works));
}

Result<std::optional<WorkId>> standing_after(ports::StoreTransaction& transaction,
                                             const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto family, family_of(transaction, settlement));
  const auto mine = std::ranges::find(family, settlement.work);
  if (mine == family.end()) return std::optional<WorkId>{};
  for (auto later = std::next(mine); later != family.end(); ++later) {
    MLC_TRY(const auto work, transaction.work(settlement.tenant, *later));
    MLC_TRY(const auto documents, transaction.documents(settlement.tenant, *later));
    if (may_be_in_books(work.state) || !live_of(documents).empty()) return std::optional(*later);
  }
  return std::optional<WorkId>{};
}

Result<Base> base_of(ports::StoreTransaction& transaction,
                     const ports::SettlementRecord& settlement) {
  Base out;
  MLC_TRY(const auto family, family_of(transaction, settlement));
  const auto mine = std::ranges::find(family, settlement.work);
  if (mine == family.end()) return out;
  out.works.assign(family.begin(), mine);
  for (const auto& work : family) {
    if (work == settlement.work) continue;
    MLC_TRY(const auto documents, transaction.documents(settlement.tenant, work));
    add_parts(documents, out);
  }
  MLC_TRY_STATUS(keep_own_parts(transaction, settlement, out));
  for (const auto& work : out.works) {
    MLC_TRY_STATUS(add_manifest(transaction, settlement.tenant, work, out));
  }
  return out;
}

Result<char> unused_letter(ports::StoreTransaction& transaction,
                           const ports::SettlementRecord& settlement,
                           const std::vector<WorkId>& standing) {
  Base before;
  for (const auto& file : standing) {
    MLC_TRY(const auto documents, transaction.documents(settlement.tenant, file));
    add_parts(documents, before);
  }
  char out = 'A';
  MLC_TRY(const auto settlements, transaction.list_settlements(settlement.tenant));
  for (const auto& other : settlements) {
    const bool same = other.header && other.header->id == settlement.header->id &&
                      other.selling_account == settlement.selling_account;
    if (!same || std::ranges::find(standing, other.work) != standing.end()) continue;
    MLC_TRY(auto documents, transaction.documents(settlement.tenant, other.work));
    if (other.work == settlement.work) {
      out = next_letter(documents, out);  // its own manifests are kept, whatever their parts
      continue;
    }
    std::erase_if(documents, [&](const ports::DocumentRecord& document) {
      return ledger::part_ordinal(document.part).value_or(0) < before.first_part;
    });
    out = next_letter(documents, out);
  }
  return out;
}

Result<Decision> begin_difference(StepInput& input) {
  MLC_TRY(auto mine, [&]() -> Result<ports::SettlementRecord> {
    MLC_TRY(const auto transaction, input.world.store.begin());
    return transaction->settlement(input.work.tenant, input.work.id);
  }());
  auto standing = standing_files(input, mine);
  if (!standing) return refuse_request(input.work, standing.error());
  MLC_TRY(const char revision, [&]() -> Result<char> {
    MLC_TRY(const auto transaction, input.world.store.begin());
    return unused_letter(*transaction, mine, standing->files);
  }());
  standing->files.push_back(mine.work);
  if (revision > 'Z') return refuse_request(input.work, no_more_revisions(mine));
  Decision decision = go_on(word(State::kDownloaded), input.now);
  decision.memory = "";
  decision.facts = {{"continues", standing->holder.work.str()}};
  standing->holder.holds_id = false;
  mine.holds_id = true;
  mine.revision = revision;
  mine.approved_hash.clear();
  decision.writes = [mine = std::move(mine), standing = std::move(*standing)](
                        ports::StoreTransaction& transaction) -> Status {
    MLC_TRY_STATUS(transaction.put_settlement(standing.holder));
    MLC_TRY_STATUS(transaction.put_settlement(mine));
    return put_family(transaction, mine, standing.files);
  };
  return decision;
}

Status leave_family(ports::StoreTransaction& transaction,
                    const ports::SettlementRecord& settlement) {
  MLC_TRY(auto family, family_of(transaction, settlement));
  const auto mine = std::ranges::find(family, settlement.work);
  if (mine == family.end() || mine == family.begin()) return {};
  MLC_TRY(auto before, transaction.settlement(settlement.tenant, *std::prev(mine)));
  family.erase(mine);
  if (family.size() == 1) family.clear();
  before.holds_id = true;
  MLC_TRY_STATUS(transaction.put_settlement(before));
  return put_family(transaction, settlement, family);
}

}  // namespace mlc::flow
