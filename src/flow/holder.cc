#include "flow/holder.h"

#include <algorithm>
#include <array>

#include "flow/errors.h"

namespace mlc::flow {

Result<ports::HolderRecord> take_holder(StepInput& input, const Connection& settings) {
  ports::HolderRecord wanted;
  wanted.identity = settings.sap;
  wanted.company_code = settings.company_code;
  wanted.owner = input.world.worker;
  wanted.lease_until = input.now + settings.times.holder_lease;
  wanted.fence.epoch = input.world.store.epoch();
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(auto holder, transaction->acquire_holder(wanted, input.now, settings.times.longest_call));
  MLC_TRY_STATUS(transaction->commit());
  return holder;
}

Decision wait_for_holder(const StepInput& input, const Connection& settings,
                         const ports::HolderRecord& other) {
  const Instant until = other.lease_until + settings.times.longest_call;
  // The other ends its lease when it has nothing to do, and may take this work itself.
  const Instant look = std::min(until, input.now + settings.times.longest_call);
  Decision decision =
      wait_until(input.work.state, std::max(look, input.now + std::chrono::seconds(1)),
                 Error(kHolderBusy, {{"owner", other.owner},
                                     {"company_code", settings.company_code},
                                     {"until", format_instant(until)}}));
  decision.attempts = Attempts::kKeep;
  return decision;
}

Result<std::optional<ports::StopRecord>> stop_of(ports::Store& store, const TenantId& tenant,
                                                 const Connection& settings) {
  MLC_TRY(const auto transaction, store.begin());
  MLC_TRY(const auto stops, transaction->stops(tenant));
  const auto at = std::ranges::find_if(stops, [&](const ports::StopRecord& stop) {
    return stop.identity == settings.sap && stop.company_code == settings.company_code;
  });
  if (at == stops.end()) return std::optional<ports::StopRecord>{};
  return std::optional<ports::StopRecord>{*at};
}

bool stops_company_code(const Error& error) {
  // Named here because flow sees ports only; the executor's table is sap/errors.h.
  constexpr std::array<std::string_view, 3> kStopping{
      "sap.control_missing", "sap.carrier_overwritten", "flow.document_vanished"};
  return std::ranges::find(kStopping, error.id()) != kStopping.end();
}

Result<std::optional<Instant>> restored_at(ports::Store& store) {
  MLC_TRY(const auto transaction, store.begin());
  MLC_TRY(const auto text, transaction->fact(TenantId(), ports::kRestoredAtFact));
  if (!text) return std::optional<Instant>{};
  return parse_instant(*text);
}

}  // namespace mlc::flow
