#include "flow/hold.h"

#include "flow/calendar.h"
#include "flow/errors.h"

namespace mlc::flow {
namespace {

constexpr auto kLookAgain = std::chrono::minutes(10);

Decision held(std::string_view state, Instant until, Error why) {
  Decision decision = wait_until(std::string(state), until, std::move(why));
  decision.attempts = Attempts::kKeep;
  return decision;
}

}  // namespace

Error paused_error(const ports::PauseRecord& pause) {
  return Error(kConnectionPaused, {{"connection", pause.connection.str()},
                                   {"actor", pause.actor},
                                   {"at", format_instant(pause.at)},
                                   {"reason", pause.reason}});
}

Result<std::optional<Decision>> hold_paused(const StepInput& input, const Connection& connection,
                                            std::string_view state) {
  MLC_TRY(const auto transaction, input.world.store.begin());
  MLC_TRY(const auto pause, transaction->pause(connection.tenant, connection.id));
  if (!pause) return std::optional<Decision>{};
  return held(state, input.now + kLookAgain, paused_error(*pause));
}

Result<std::optional<Decision>> hold_sending(const StepInput& input, const Connection& connection,
                                             std::string_view state) {
  MLC_TRY(auto paused, hold_paused(input, connection, state));
  if (paused) return paused;
  const auto until = quiet_until(connection, input.now);
  if (!until) return std::optional<Decision>{};
  return held(
      state, *until,
      Error(kQuietHours, {{"connection", connection.id.str()}, {"until", format_instant(*until)}}));
}

}  // namespace mlc::flow
