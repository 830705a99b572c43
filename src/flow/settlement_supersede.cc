#include "flow/settlement_supersede.h"

#include <algorithm>
#include <array>

#include "flow/errors.h"
#include "flow/settlement_difference.h"
#include "flow/settlement_documents.h"
#include "flow/settlement_steps.h"

namespace mlc::flow {
namespace {

using State = ledger::SettlementState;

// A file of the settlement with what is known of it.
struct Filed {
  ports::SettlementRecord settlement;
  ports::WorkRecord work;
  std::vector<ports::DocumentRecord> documents;
};

Result<Filed> load(ports::StoreTransaction& transaction, const TenantId& tenant,
                   const WorkId& work) {
  Filed out;
  MLC_TRY(out.settlement, transaction.settlement(tenant, work));
  MLC_TRY(out.work, transaction.work(tenant, work));
  MLC_TRY(out.documents, transaction.documents(tenant, work));
  return out;
}

// States in which nothing of a settlement may be on its way to SAP.
bool is_at_rest(const std::string& state) {
  const std::array<State, 8> kFree{State::kProved,   State::kNeedsRules,   State::kPlanned,
                                   State::kRejected, State::kDeferred,     State::kAwaitingApproval,
                                   State::kReversed, State::kBeforeCutover};
  return std::ranges::any_of(kFree, [&](State candidate) { return state == word(candidate); });
}

bool is_out_of_books(const Filed& file) {
  const bool rests = is_at_rest(file.work.state) ||
                     is_posted_without_lines(file.work, file.settlement, file.documents);
  return rests && live_of(file.documents).empty();
}

// Who stays beside the new file, and who gives his place to it.
struct Succession {
  std::vector<WorkId> stay;
  std::vector<Filed> go;
};

Result<Succession> succession_of(ports::StoreTransaction& transaction,
                                 const ports::SettlementRecord& mine, const WorkId& holder) {
  MLC_TRY(auto family, family_of(transaction, mine));
  std::erase_if(family, [&](const auto& work) { return work == mine.work || work == holder; });
  Succession out;
  for (const auto& work : family) {
    MLC_TRY(auto file, load(transaction, mine.tenant, work));
    if (!is_out_of_books(file)) out.stay = family;
    out.go.push_back(std::move(file));
  }
  if (!out.stay.empty()) out.go.clear();
  MLC_TRY(auto last, load(transaction, mine.tenant, holder));
  out.go.push_back(std::move(last));
  return out;
}

char letter_after(const std::vector<Filed>& files) {
  char out = 'A';
  for (const auto& file : files) {
    out = next_letter(file.documents, std::max(out, file.settlement.revision));
  }
  return out;
}

Status put_aside(ports::StoreTransaction& transaction, Filed file, const WorkId& by,
                 const std::string& actor, Instant now) {
  const ports::AuditEntry entry{
      now,
      actor,
      "state",
      file.work.kind + " " + file.work.subject,
      {{"from", file.work.state}, {"to", word(State::kSuperseded)}, {"by", by.str()}}};
  file.settlement.holds_id = false;
  file.work.state = word(State::kSuperseded);
  file.work.due_at = ports::kNever;
  file.work.error.reset();
  file.work.owner.clear();
  MLC_TRY_STATUS(transaction.save_work(file.work));
  MLC_TRY_STATUS(transaction.put_settlement(file.settlement));
  return transaction.append_audit(file.work.tenant, entry);
}

Writes take_over(const StepInput& input, ports::SettlementRecord mine, Succession succession) {
  mine.holds_id = true;
  mine.approved_hash.clear();
  return [mine = std::move(mine), succession = std::move(succession),
          actor = input.work.request->actor,
          now = input.now](ports::StoreTransaction& transaction) -> Status {
    for (const auto& file : succession.go) {
      MLC_TRY_STATUS(put_aside(transaction, file, mine.work, actor, now));
    }
    MLC_TRY_STATUS(transaction.put_settlement(mine));
    auto family = succession.stay;
    if (!family.empty()) family.push_back(mine.work);
    MLC_TRY(const auto before, family_of(transaction, mine));
    if (before == family) return {};
    return put_family(transaction, mine, family);
  };
}

Decision refuse_posted(const StepInput& input, const Filed& holder) {
  const auto live = live_of(holder.documents);
  return refuse_request(input.work,
                        Error(kStillPosted, {{"settlement", command_name(holder.settlement)},
                                             {"documents", numbers_text(live)}}));
}

}  // namespace

Error reissued_error(const ports::SettlementRecord& mine, const ports::SettlementRecord& first) {
  return Error(kReissued, {{"settlement", mine.header->id.str()},
                           {"first", first.object ? first.object->id.str().substr(0, 12) : ""},
                           {"now", mine.object->id.str().substr(0, 12)},
                           {"work", mine.work.str()}});
}

Result<Decision> supersede(StepInput& input) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto mine, load(*transaction, input.work.tenant, input.work.id));
  const auto& id = mine.settlement.header->id;
  MLC_TRY(const auto holder,
          transaction->settlement_holder(input.work.tenant, mine.settlement.selling_account, id));
  Succession succession;
  if (holder) {
    MLC_TRY(succession, succession_of(*transaction, mine.settlement, holder->work));
    if (!is_out_of_books(succession.go.back())) {
      return refuse_posted(input, succession.go.back());
    }
  }
  mine.settlement.revision = next_letter(mine.documents, letter_after(succession.go));
  if (mine.settlement.revision > 'Z') {
    return refuse_request(input.work, Error(kNoMoreRevisions, {{"settlement", id.str()}}));
  }
  Decision decision = go_on(word(State::kDownloaded), input.now);
  decision.memory = "";
  for (const auto& file : succession.go) {
    decision.facts.push_back({"replaces", file.work.id.str()});
  }
  decision.writes = take_over(input, std::move(mine.settlement), std::move(succession));
  return decision;
}

}  // namespace mlc::flow
