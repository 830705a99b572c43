// run: the daemon in the foreground.
#include "cli/commands.h"
#include "cli/engine_turn.h"
#include "cli/narrator.h"
#include "cli/night.h"
#include "cli/operator_answers.h"
#include "operations/exceptions.h"
#include "operations/summary.h"

namespace mlc::cli {

Status move_work(const Session& session, daemon::HubProcess& process, bool once,
                 const std::stop_token& stop) {
  Narrator narrator(process.hub(), session.around.out);
  MLC_TRY_STATUS(narrator.begin());
  Status told;
  const auto progress = [&](std::uint64_t) {
    if (!session.line.json && process.tells_people() && told) told = narrator.look();
  };
  MLC_TRY(const bool here, wait_for_engine(session, process));
  static_cast<void>(here);  // without it, running is refused by name
  const auto trouble = [&](const Error& error) {
    if (!process.tells_people()) return;
    session.around.err << error.explain() << "\nGoing on in half a minute.\n" << std::flush;
  };
  MLC_TRY(const auto pauses, operations::list_pauses(process.hub()));
  if (!session.line.json) session.around.out << session.text(pauses) << std::flush;
  MLC_TRY_STATUS(process.poll_now());
  if (once) {
    MLC_TRY_STATUS(process.run_until_idle(progress));
    return told;
  }
  MLC_TRY(const auto address, process.start_observer());
  if (address && process.tells_people()) {
    session.around.err << "Answers " << *address << "/healthz, /readyz and /metrics\n"
                       << std::flush;
  }
  MLC_TRY_STATUS(process.run_until_stopped(stop, progress, trouble));
  return told;
}

Result<ExitCode> say_summary(const Session& session, daemon::HubProcess& process) {
  MLC_TRY(const auto summary, operations::summarize(process.hub()));
  MLC_TRY(const auto pauses, operations::list_pauses(process.hub()));
  session.around.out << (session.line.json ? with_pauses(json_of(summary), pauses)
                                           : "\n" + session.text(summary) + session.text(pauses))
                     << std::flush;
  MLC_TRY(const auto rows, operations::exceptions(process.hub()));
  return exit_code_of(rows);
}

std::stop_token stop_token_of(const Session& session) {
  if (session.line.once) return {};
  return session.around.watch_interrupts();
}

Result<ExitCode> run_hub(const Session& session) {
  const std::stop_token stop = stop_token_of(session);
  MLC_TRY(const auto process, open_hub(session, &session.around.err));
  MLC_TRY_STATUS(move_work(session, *process, session.line.once, stop));
  return say_summary(session, *process);
}

}  // namespace mlc::cli
