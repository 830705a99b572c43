// demo: a state on simulators, one night of it, and the morning after.
#include <filesystem>

#include "cli/commands.h"
#include "cli/demo_morning.h"
#include "cli/night.h"
#include "daemon/demo_state.h"

namespace mlc::cli {
namespace {

// A state keeps the simulators it was made with.
void say_what_is_left_out(const Session& session) {
  const auto& line = session.line;
  if (!line.seed && line.sap_socket.empty() && line.markets.empty() && !line.everything) return;
  session.around.err << line.state.string()
                     << " exists: --seed, --sap-socket, --markets and --everything count only "
                        "when a state is made and are left out now.\n"
                     << std::flush;
}

bool is_made(const std::filesystem::path& state) {
  std::error_code unknown;  // what cannot be looked at is refused with the reason when it is made
  return std::filesystem::exists(state / configuration::kConfigurationFile, unknown);
}

// Whether it was made now: a state that was there stays as it is.
Result<bool> make_state(const Session& session) {
  const auto& line = session.line;
  if (is_made(line.state)) {
    say_what_is_left_out(session);
    return false;
  }
  daemon::DemoSettings settings{line.seed.value_or(1), session.around.clock.now(), line.sap_socket};
  if (!line.markets.empty()) settings.markets = line.markets;
  settings.everything = line.everything;
  const Status made = daemon::make_demo_state(line.state, settings);
  if (!made && is_made(line.state)) return false;  // another demo was faster
  MLC_TRY_STATUS(made);
  if (!line.json) {
    session.around.out << "Made " << line.state.string()
                       << ": configuration, rules and keys, for a simulated Amazon and a simulated "
                          "SAP\n";
  }
  return true;
}

// A night that ends when nothing is due. The hub is closed afterwards: each command of the morning
// opens it for itself.
Status play_night(const Session& session) {
  MLC_TRY(const auto process, open_hub(session));
  return move_work(session, *process, true, {});
}

}  // namespace

Result<ExitCode> run_demo(const Session& session) {
  const std::stop_token stop = stop_token_of(session);
  MLC_TRY(const bool fresh, make_state(session));
  // Of a state that was there before, nobody knows who decides.
  if (fresh && !session.line.night_only) {
    MLC_TRY_STATUS(play_night(session));
    if (!stop.stop_requested()) MLC_TRY_STATUS(play_morning(session));
  }
  MLC_TRY(const auto process, open_hub(session, &session.around.err));
  MLC_TRY_STATUS(move_work(session, *process, session.line.once, stop));
  return say_summary(session, *process);
}

}  // namespace mlc::cli
