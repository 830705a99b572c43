#include "operations/positive_control.h"

#include <algorithm>

#include "operations/errors.h"

namespace mlc::operations {
namespace {

const flow::ConnectionPorts* connection_of(const Hub& hub, const ports::SystemIdentity& identity,
                                           const std::string& company_code) {
  const auto& all = hub.world->connections;
  const auto at = std::ranges::find_if(all, [&](const flow::ConnectionPorts& candidate) {
    return candidate.settings.sap == identity && candidate.settings.company_code == company_code;
  });
  return at == all.end() ? nullptr : &*at;
}

Result<std::vector<ports::DocumentRecord>> youngest_first(const Hub& hub,
                                                          const std::string& company_code) {
  std::vector<ports::DocumentRecord> out;
  MLC_TRY(const auto transaction, hub.store.begin());
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  for (const auto& settlement : settlements) {
    MLC_TRY(const auto documents, transaction->documents(hub.tenant, settlement.work));
    std::ranges::copy_if(documents, std::back_inserter(out), [&](const auto& document) {
      return document.company_code == company_code && document.number && document.confirmed_at;
    });
  }
  std::ranges::sort(out, std::greater<>{}, &ports::DocumentRecord::confirmed_at);
  if (out.size() > kControlsAsked) out.resize(kControlsAsked);
  return out;
}

}  // namespace

Result<std::optional<ports::PositiveControl>> control_still_there(
    const Hub& hub, const ports::SystemIdentity& identity, const std::string& company_code) {
  if (hub.world == nullptr) return failure(kReadOnly, {{"verb", "resolve --lift-stop"}});
  const auto* connection = connection_of(hub, identity, company_code);
  if (connection == nullptr) return std::optional<ports::PositiveControl>{};
  MLC_TRY(const auto documents, youngest_first(hub, company_code));
  for (const auto& document : documents) {
    const ports::PositiveControl candidate{*document.number, document.key};
    const std::string stem = document.key.substr(0, document.key.find('-') + 1);
    MLC_TRY(const auto found,
            connection->sap->look_up(
                {identity, stem, connection->settings.company_codes, candidate, false}));
    if (found.control == ports::ControlFinding::kFound) return std::optional(candidate);
  }
  return connection->settings.first_control;
}

}  // namespace mlc::operations
