#include "operations/settlement_rows.h"

#include "operations/errors.h"
#include "operations/names.h"
#include "operations/settlement_list.h"

namespace mlc::operations {
namespace {

Result<SettlementRows> to_read(const Hub& hub, const Named& named) {
  const ports::SettlementRecord& settlement = *named.settlement;
  if (!settlement.object) {
    return failure(kNotRead, {{"name", name_of(named)},
                              {"state", named.work.state},
                              {"words", words_of(named.work)},
                              {"possible", possible_text(named)}});
  }
  if (hub.world == nullptr) {
    return failure(kReadOnly, {{"verb", "Looking at rows under rules"}});
  }
  MLC_TRY(const auto* connection,
          flow::find_connection(*hub.world, settlement.tenant, settlement.connection));
  return SettlementRows{name_of(named), settlement.connection, settlement.object->id,
                        connection->settings.home_zone, &connection->settings.rules};
}

// Of the list of settlements, those that hold rows of their own.
Result<std::vector<std::string>> all_names(const Hub& hub) {
  MLC_TRY(const auto rows, list_settlements(hub, {}));
  std::vector<std::string> out;
  for (const SettlementRow& row : rows) {
    if (!row.settlement_id.empty() && row.state != "superseded") out.push_back(row.name);
  }
  return out;
}

}  // namespace

Result<std::vector<SettlementRows>> settlements_to_read(const Hub& hub,
                                                        const std::vector<std::string>& names) {
  std::vector<std::string> wanted = names;
  if (names.size() == 1 && names.front() == kAllSettlements) {
    MLC_TRY(wanted, all_names(hub));
  }
  std::vector<SettlementRows> out;
  for (const std::string& name : wanted) {
    MLC_TRY(const Named named, find_settlement(hub, name));
    MLC_TRY(auto one, to_read(hub, named));
    out.push_back(std::move(one));
  }
  return out;
}

Result<ports::ReadReport> read_rows(const Hub& hub, const SettlementRows& settlement,
                                    ports::RowSink& sink) {
  MLC_TRY(const auto evidence, hub.vault.open(settlement.object));
  return hub.reader.read(*evidence, settlement.name, sink);
}

}  // namespace mlc::operations
