// demo and run: the daemon in the foreground.
#include <filesystem>
#include <unistd.h>

#include "base/digest.h"
#include "cli/commands.h"
#include "cli/engine_turn.h"
#include "cli/errors.h"
#include "cli/narrator.h"
#include "daemon/demo_state.h"
#include "operations/exceptions.h"
#include "operations/summary.h"

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
  if (!line.seed && line.sap_socket.empty()) return;
  session.around.err << line.state.string()
                     << " exists: --seed and --sap-socket count only when a state is made and are "
                        "left out now.\n"
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

Status make_state(const Session& session) {
  const auto& line = session.line;
  std::error_code error;
  if (fs::exists(line.state / "ml-connector.toml", error)) {
    say_what_is_left_out(session);
    return {};
  }
  const daemon::DemoSettings settings{line.seed.value_or(1), session.around.clock.now(),
                                      line.sap_socket};
  // An inhabited folder is refused there, with the reason.
  MLC_TRY_STATUS(is_made_in_place(line.state) ? daemon::make_demo_state(line.state, settings)
                                              : make_aside(line.state, settings));
  if (!line.json) {
    session.around.out << "Made " << line.state.string()
                       << ": configuration, rules and keys, for a simulated Amazon and a simulated "
                          "SAP\n";
  }
  return {};
}

// Runs until idle, or until the token stops; tells what happens unless JSON was asked for.
Status work(const Session& session, daemon::HubProcess& process, const std::stop_token& stop) {
  Narrator narrator(process.hub(), session.around.out);
  MLC_TRY_STATUS(narrator.begin());
  Status told;
  const auto progress = [&](std::uint64_t) {
    if (!session.line.json && told) told = narrator.look();
  };
  MLC_TRY(const bool here, wait_for_engine(session, process));
  static_cast<void>(here);  // without it, running is refused by name
  const auto trouble = [&](const Error& error) {
    session.around.err << error.explain() << "\nGoing on in half a minute.\n" << std::flush;
  };
  MLC_TRY_STATUS(process.poll_now());
  MLC_TRY_STATUS(session.line.once ? process.run_until_idle(progress)
                                   : process.run_until_stopped(stop, progress, trouble));
  return told;
}

Result<ExitCode> work_and_summarize(const Session& session, const std::stop_token& stop) {
  MLC_TRY(const auto process, open_hub(session));
  MLC_TRY_STATUS(work(session, *process, stop));
  MLC_TRY(const auto summary, operations::summarize(process->hub()));
  if (!session.line.json) session.around.out << "\n";
  session.say(summary);
  MLC_TRY(const auto rows, operations::exceptions(process->hub()));
  return exit_code_of(rows);
}

std::stop_token token_of(const Session& session) {
  if (session.line.once) return {};
  return session.around.watch_interrupts();
}

}  // namespace

Result<ExitCode> run_demo(const Session& session) {
  const std::stop_token stop = token_of(session);
  MLC_TRY_STATUS(make_state(session));
  return work_and_summarize(session, stop);
}

Result<ExitCode> run_hub(const Session& session) {
  return work_and_summarize(session, token_of(session));
}

}  // namespace mlc::cli
