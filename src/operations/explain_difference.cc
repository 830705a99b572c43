#include "operations/explain_difference.h"

#include "flow/settlement_difference.h"
#include "ledger/line_order.h"

namespace mlc::operations {
namespace {

std::string number_of(const std::vector<ports::DocumentRecord>& documents, const std::string& key) {
  for (const auto& document : documents) {
    if (document.key == key && document.number) return document.number->text();
  }
  return {};
}

struct Earlier {
  ports::SettlementRecord settlement;
  ledger::Manifest manifest;
  std::vector<ports::DocumentRecord> documents;
};

void add_lines(const Earlier& earlier, const ledger::DocumentLine& line,
               std::vector<ContinuedLine>& out) {
  for (const auto& document : earlier.manifest.documents) {
    for (const auto& before : document.lines) {
      if (!ledger::same_attributes(before, line)) continue;
      const std::string key = document.key.text();
      out.push_back({key, number_of(earlier.documents, key), before.item, before.amount.decimal(),
                     earlier.settlement.work.str(),
                     earlier.settlement.object ? earlier.settlement.object->id.str() : ""});
    }
  }
}

}  // namespace

Result<std::vector<ContinuedLine>> continued_lines(const Hub& hub,
                                                   const ports::SettlementRecord& settlement,
                                                   const std::vector<ledger::DocumentLine>& lines) {
  std::vector<ContinuedLine> out;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto base, flow::base_of(*transaction, settlement));
  std::vector<Earlier> files;
  for (const auto& work : base.works) {
    Earlier one;
    MLC_TRY(one.settlement, transaction->settlement(hub.tenant, work));
    MLC_TRY(const auto text, transaction->manifest(hub.tenant, work, one.settlement.revision));
    MLC_TRY(one.manifest, ledger::read_manifest(text.value_or("")));
    MLC_TRY(one.documents, transaction->documents(hub.tenant, work));
    files.push_back(std::move(one));
  }
  for (const auto& line : lines) {
    for (const auto& one : files) add_lines(one, line, out);
  }
  return out;
}

}  // namespace mlc::operations
