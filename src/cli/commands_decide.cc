// Verbs: ask, let the work run until it rests, say where it rests.
#include "cli/commands.h"
#include "cli/engine_turn.h"
#include "operations/verbs.h"

namespace mlc::cli {
namespace {

// Of a reversal that is not done.
ExitCode exit_code_of_reversal(const std::string& state) {
  const ExitCode code = exit_code_of(state, "");
  return code == ExitCode::kOk ? ExitCode::kUnavailable : code;
}

Result<ExitCode> finish(const Session& session, daemon::HubProcess& process,
                        const operations::Asked& asked) {
  const WorkId& work = asked.named.work.id;
  VerbAnswer answer;
  answer.verb = asked.verb;
  answer.name = operations::name_of(asked.named);
  answer.state_before = asked.named.work.state;
  MLC_TRY(answer.carried_out, carry_out(session, process, {work}));
  MLC_TRY(const auto now, operations::find_named(process.hub(), work.str()));
  answer.state = now.work.state;
  answer.words = operations::words_of(now.work);
  answer.error = now.work.error;
  if (answer.carried_out) answer.refusal = now.work.refusal;
  if (now.settlement) {
    MLC_TRY(answer.settlement, operations::settlement_row(process.hub(), work.str()));
  }
  if (asked.verb == "reverse" && !answer.refusal) {
    MLC_TRY(answer.reversal, operations::open_reversal(process.hub(), work));
    if (answer.reversal) answer.error = answer.reversal->error;
  }
  session.say(answer);
  if (!answer.carried_out) return ExitCode::kUnavailable;
  if (answer.refusal) return ExitCode::kRefused;
  if (answer.reversal) return exit_code_of_reversal(answer.reversal->state);
  return exit_code_of(answer.state, answer.error ? answer.error->id : "");
}

template <class Ask>
Result<ExitCode> ask_and_finish(const Session& session, Ask ask) {
  MLC_TRY(const auto process, open_hub(session));
  MLC_TRY(const operations::Asked asked, ask(process->hub()));
  return finish(session, *process, asked);
}

Result<ExitCode> lift_stop(const Session& session) {
  MLC_TRY(const auto process, open_hub(session));
  MLC_TRY(const std::size_t retried,
          operations::lift_stop(process->hub(), session.line.company_code));
  MLC_TRY(const bool done, carry_out(session, *process, {}));
  static_cast<void>(done);  // whoever has the engine goes on with what may be posted again
  if (session.line.json) {
    session.around.out << json_of(std::vector<Fact>{{"company_code", session.line.company_code},
                                                    {"retried", std::to_string(retried)}});
  } else {
    session.around.out << "Company code " << session.line.company_code
                       << " may be posted into again; " << counted(retried, "settlement")
                       << " tried again.\n";
  }
  return ExitCode::kOk;
}

}  // namespace

Result<ExitCode> run_approve(const Session& session) {
  return ask_and_finish(session, [&](const operations::Hub& hub) {
    return operations::approve(hub, session.line.name, session.line.manifest);
  });
}

Result<ExitCode> run_post(const Session& session) {
  return ask_and_finish(session, [&](const operations::Hub& hub) {
    return operations::post(hub, session.line.name, session.line.revision);
  });
}

Result<ExitCode> run_reverse(const Session& session) {
  return ask_and_finish(session, [&](const operations::Hub& hub) {
    return operations::reverse(hub, session.line.name, session.line.reason);
  });
}

Result<ExitCode> run_retry(const Session& session) {
  return ask_and_finish(session, [&](const operations::Hub& hub) {
    return operations::retry(hub, session.line.name);
  });
}

Result<ExitCode> run_resolve(const Session& session) {
  if (!session.line.company_code.empty()) return lift_stop(session);
  return ask_and_finish(session, [&](const operations::Hub& hub) {
    return operations::resolve(hub, session.line.name, session.line.decision);
  });
}

}  // namespace mlc::cli
