// Commands that only look.
#include "cli/commands.h"
#include "cli/operator_answers.h"
#include "operations/exceptions.h"
#include "operations/explain.h"
#include "operations/preview.h"
#include "operations/settlement_list.h"
#include "operations/settlement_view.h"
#include "operations/standing.h"
#include "operations/stream_list.h"

namespace mlc::cli {

Result<ExitCode> run_settlements(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  const operations::ListFilter filter{session.line.status, session.line.connection,
                                      session.line.text};
  MLC_TRY(const auto rows, operations::list_settlements(process->hub(), filter));
  MLC_TRY(const auto totals, operations::totals_of(rows));
  MLC_TRY(const auto pauses, operations::list_pauses(process->hub()));
  session.say_from(process->hub(), SettlementsAnswer{rows, totals, pauses});
  return ExitCode::kOk;
}

Result<ExitCode> run_streams(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const auto views, operations::list_streams(process->hub(), session.line.connection));
  session.say_from(process->hub(), views);
  return operations::breaks_in(views) == 0 ? ExitCode::kOk : ExitCode::kAttention;
}

Result<ExitCode> run_show(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const auto view, operations::show(process->hub(), session.line.name));
  session.say_from(process->hub(), view);
  return view.missing.empty() ? ExitCode::kOk : ExitCode::kAttention;
}

Result<ExitCode> run_preview(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const auto preview,
          operations::preview(process->hub(), session.line.name, !session.line.no_sap));
  session.say_from(process->hub(), preview);
  const bool unasked = !session.line.no_sap && !preview.check;
  return unasked ? ExitCode::kAttention : ExitCode::kOk;
}

Result<ExitCode> run_exceptions(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const auto rows, operations::exceptions(process->hub()));
  session.say_from(process->hub(), rows);
  return exit_code_of(rows);
}

Result<ExitCode> run_explain(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const auto explanation, operations::explain(process->hub(), session.line.name,
                                                      session.line.line, session.line.limit));
  session.say_from(process->hub(), explanation);
  return ExitCode::kOk;
}

Result<ExitCode> run_trace(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const auto trace, operations::trace(process->hub(), session.line.name, session.line.row));
  session.say_from(process->hub(), trace);
  return ExitCode::kOk;
}

}  // namespace mlc::cli
