#include "flow/settlement_documents.h"

#include <algorithm>

#include "ledger/settlement_state.h"

namespace mlc::flow {

Result<std::vector<ports::DocumentRecord>> documents_of(StepInput& input,
                                                        const ports::SettlementRecord& settlement) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  return transaction->documents(settlement.tenant, settlement.work);
}

bool is_live(const ports::DocumentRecord& document) {
  return document.outcome == "posted" && document.number && !document.reversed_by;
}

std::vector<ports::DocumentRecord> live_of(const std::vector<ports::DocumentRecord>& documents) {
  std::vector<ports::DocumentRecord> out;
  std::ranges::copy_if(documents, std::back_inserter(out), is_live);
  return out;
}

bool is_posted_without_lines(const ports::WorkRecord& work,
                             const ports::SettlementRecord& settlement,
                             const std::vector<ports::DocumentRecord>& documents) {
  return work.state == ledger::to_word(ledger::SettlementState::kPosted) &&
         std::ranges::find(documents, settlement.revision, &ports::DocumentRecord::revision) ==
             documents.end();
}

char next_letter(const std::vector<ports::DocumentRecord>& documents, char planned) {
  char out = planned;
  for (const auto& document : documents) {
    if (document.number) out = std::max(out, static_cast<char>(document.revision + 1));
  }
  return out;
}

std::string command_name(const ports::SettlementRecord& settlement) {
  const bool stands = settlement.holds_id && settlement.header;
  return stands ? settlement.header->id.str() : settlement.work.str();
}

std::string numbers_text(const std::vector<ports::DocumentRecord>& documents) {
  std::string out;
  for (const auto& document : documents) {
    if (!document.number) continue;
    out += (out.empty() ? "" : ", ") + document.number->text();
  }
  return out;
}

}  // namespace mlc::flow
