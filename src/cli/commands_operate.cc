// The commands of daily life: how it stands, what comes, asking Amazon, resting.
#include <algorithm>

#include "amazon/renewals.h"
#include "cli/commands.h"
#include "cli/engine_turn.h"
#include "cli/errors.h"
#include "cli/operator_answers.h"

namespace mlc::cli {
namespace {

const configuration::ConnectionSettings* settings_of(const daemon::HubProcess& process,
                                                     const std::string& connection) {
  if (process.configuration() == nullptr) return nullptr;
  for (const auto& settings : process.configuration()->connections) {
    if (settings.id.str() == connection) return &settings;
  }
  return nullptr;
}

Result<AmazonOutlook> outlook_of(daemon::HubProcess& process, const std::string& connection) {
  AmazonOutlook out;
  const auto* settings = settings_of(process, connection);
  if (settings == nullptr || !settings->amazon) return out;
  const auto& hub = process.hub();
  MLC_TRY(out.quotas, daemon::quotas_of(*settings, hub.store, hub.clock));
  out.renewals = amazon::renewals_due(
      {settings->amazon->secret_rotated_on, settings->amazon->authorised_on}, hub.clock.now());
  return out;
}

// What no exception says.
bool needs_person(const StatusAnswer& answer) {
  const auto paused = [](const auto& connection) { return connection.pause.has_value(); };
  const auto ends_soon = [](const auto& of) { return !of.second.renewals.empty(); };
  return answer.status.stream_breaks > 0 ||
         std::ranges::any_of(answer.status.connections, paused) ||
         std::ranges::any_of(answer.amazon, ends_soon);
}

ExitCode code_of(const StatusAnswer& answer) {
  return exit_code_of(answer.status.exceptions, needs_person(answer));
}

Result<Duration> span_of(const std::string& text) {
  const auto span = configuration::parse_duration(text);
  constexpr auto kLongest = std::chrono::days(31);
  if (span && *span <= kLongest) return *span;
  return failure(
      kUsage,
      {{"detail", "--for takes a length of time up to 31 d, such as \"24 h\", not '" + text + "'"},
       {"command", "plan "}});
}

ExitCode code_of(const SyncAnswer& answer) {
  for (const auto& result : answer.results) {
    if (!result.answered) return ExitCode::kUnavailable;
  }
  return ExitCode::kOk;
}

}  // namespace

Result<ExitCode> run_status(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  StatusAnswer answer;
  MLC_TRY(answer.status, operations::hub_status(process->hub()));
  MLC_TRY(answer.engine, process->engine_holder());
  for (const auto& connection : answer.status.connections) {
    MLC_TRY(answer.amazon[connection.id.str()], outlook_of(*process, connection.id.str()));
  }
  session.say_from(process->hub(), answer);
  return code_of(answer);
}

Result<ExitCode> run_plan(const Session& session) {
  MLC_TRY(const Duration span, span_of(session.line.span));
  MLC_TRY(const auto process, open_to_look(session));
  PlanAnswer answer;
  MLC_TRY(answer.plan, operations::night_plan(process->hub(), session.line.connection, span));
  for (const auto& connection : answer.plan.connections) {
    MLC_TRY(const auto outlook, outlook_of(*process, connection.id.str()));
    answer.calls[connection.id.str()] = call_plans(connection, outlook.quotas);
  }
  session.say_from(process->hub(), answer);
  return ExitCode::kOk;
}

Result<ExitCode> run_sync(const Session& session) {
  MLC_TRY(const auto process, open_hub(session));
  const Instant since = process->hub().clock.now();
  MLC_TRY(const auto asked, operations::ask_amazon(process->hub(), session.line.connection));
  std::vector<WorkId> works;
  for (const auto& one : asked) works.push_back(one.work);
  SyncAnswer answer;
  MLC_TRY(answer.carried_out, carry_out(session, *process, works));
  MLC_TRY(answer.results, operations::sync_results(process->hub(), asked, since));
  session.say(answer);
  return code_of(answer);
}

Result<ExitCode> run_pause(const Session& session) {
  MLC_TRY(const auto process, open_hub(session));
  PauseAnswer answer{"pause", {}};
  MLC_TRY(answer.changes,
          operations::pause(process->hub(), session.line.connection, session.line.because));
  session.say(answer);
  return ExitCode::kOk;
}

Result<ExitCode> run_resume(const Session& session) {
  MLC_TRY(const auto process, open_hub(session));
  PauseAnswer answer{"resume", {}};
  MLC_TRY(answer.changes,
          operations::resume(process->hub(), session.line.connection, session.line.because));
  MLC_TRY(const bool done, carry_out(session, *process, {}));
  static_cast<void>(done);  // whoever has the engine goes on with what had waited
  session.say(answer);
  return ExitCode::kOk;
}

}  // namespace mlc::cli
