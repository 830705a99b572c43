#include "flow/step.h"

#include <algorithm>

#include "flow/errors.h"

namespace mlc::flow {

Result<const ConnectionPorts*> find_connection(const World& world, const TenantId& tenant,
                                               const ConnectionId& id) {
  const auto at = std::ranges::find_if(world.connections, [&](const ConnectionPorts& candidate) {
    return candidate.settings.tenant == tenant && candidate.settings.id == id;
  });
  if (at == world.connections.end()) {
    return failure(kUnknownConnection, {{"connection", id.str()}});
  }
  return &*at;
}

Result<const ConnectionPorts*> find_by_currency(const World& world, const Connection& finder,
                                                std::string_view currency) {
  const auto at = std::ranges::find_if(world.connections, [&](const ConnectionPorts& candidate) {
    return candidate.settings.tenant == finder.tenant &&
           candidate.settings.selling_account == finder.selling_account &&
           candidate.settings.takes(currency);
  });
  if (at == world.connections.end()) {
    return failure(kOtherCurrency,
                   {{"currency", std::string(currency)}, {"account", finder.selling_account}});
  }
  return &*at;
}

Decision go_on(std::string next, Instant now) {
  Decision decision;
  decision.next = std::move(next);
  decision.due = now;
  return decision;
}

Decision wait_until(std::string next, Instant due, std::optional<Error> error) {
  Decision decision;
  decision.next = std::move(next);
  decision.due = due;
  decision.error = std::move(error);
  return decision;
}

Decision wait_for_person(std::string next, std::optional<Error> error) {
  return wait_until(std::move(next), ports::kNever, std::move(error));
}

bool is_put_off(const Error& error) { return error.tried() == Tried::kPutOff && error.wait(); }

Decision try_later(const ports::WorkRecord& work, Instant now, Error error) {
  return try_later_in(work.state, work, now, std::move(error));
}

Decision try_later_in(std::string next, const ports::WorkRecord& work, Instant now, Error error) {
  if (is_put_off(error)) {
    const Instant due = now + *error.wait();
    Decision decision = wait_until(std::move(next), due, std::move(error));
    decision.attempts = Attempts::kKeep;
    return decision;
  }
  constexpr std::uint32_t kDoublings = 7;
  const Duration pause =
      std::min<Duration>(std::chrono::seconds(30) * (1U << std::min(work.attempts, kDoublings)),
                         std::chrono::hours(1));
  // The other side's own wait counts, unless it keeps asking in vain.
  constexpr std::uint32_t kPatience = 3;
  const Duration asked = error.wait().value_or(pause);
  const Instant due = now + (work.attempts < kPatience ? asked : std::max(asked, pause));
  Decision decision = wait_until(std::move(next), due, std::move(error));
  decision.attempts = Attempts::kCount;
  return decision;
}

Decision refuse_request(const ports::WorkRecord& work, Error why) {
  Decision decision = wait_until(work.state, work.due_at);
  decision.attempts = Attempts::kKeep;
  decision.refusal = std::move(why);
  return decision;
}

}  // namespace mlc::flow
