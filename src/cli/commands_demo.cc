// demo: a state on simulators, one night of it, and the morning after.
#include <filesystem>
#include <unistd.h>

#include "base/digest.h"
#include "cli/commands.h"
#include "cli/demo_morning.h"
#include "cli/errors.h"
#include "cli/night.h"
#include "daemon/demo_state.h"

namespace mlc::cli {
namespace {

namespace fs = std::filesystem;

// The folder's name without a slash at its end.
fs::path named(const fs::path& folder) {
  std::error_code unknown;  // without a present folder the name stays as it was given
  const fs::path absolute = fs::absolute(folder, unknown);
  const fs::path whole = (unknown ? folder : absolute).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

// Made aside and put in place at once: whoever is killed on the way may simply begin again, and of
// two that begin at the same time one makes it and the other finds it made.
Status make_aside(const fs::path& state, const daemon::DemoSettings& settings) {
  std::error_code error;
  fs::path aside = named(state);
  aside += ".making-" + to_hex(random_bytes(4));
  MLC_TRY_STATUS(daemon::make_demo_state(aside, settings));
  fs::rename(aside, named(state), error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove_all(aside, ignored);
  if (fs::exists(state / "ml-connector.toml", ignored)) return {};
  return failure(kCannotMakeState, {{"directory", state.string()}, {"detail", error.message()}});
}

// A state keeps the simulators it was made with.
void say_what_is_left_out(const Session& session) {
  const auto& line = session.line;
  if (!line.seed && line.sap_socket.empty() && line.markets.empty() && !line.everything) return;
  session.around.err << line.state.string()
                     << " exists: --seed, --sap-socket, --markets and --everything count only "
                        "when a state is made and are left out now.\n"
                     << std::flush;
}

// A folder with something in it, and an empty one that was given to us where nothing may be made
// beside it (a service's state directory).
bool is_made_in_place(const fs::path& state) {
  std::error_code error;
  if (!fs::exists(state, error)) return false;
  const bool empty = fs::is_empty(state, error);
  return !empty || access(named(state).parent_path().c_str(), W_OK) != 0;
}

// Whether it was made now: a state that was there stays as it is.
Result<bool> make_state(const Session& session) {
  const auto& line = session.line;
  std::error_code error;
  if (fs::exists(line.state / "ml-connector.toml", error)) {
    say_what_is_left_out(session);
    return false;
  }
  daemon::DemoSettings settings{line.seed.value_or(1), session.around.clock.now(), line.sap_socket};
  if (!line.markets.empty()) settings.markets = line.markets;
  settings.everything = line.everything;
  // An inhabited folder is refused there, with the reason.
  MLC_TRY_STATUS(is_made_in_place(line.state) ? daemon::make_demo_state(line.state, settings)
                                              : make_aside(line.state, settings));
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
