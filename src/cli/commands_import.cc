// import, with and without --dry-run.
#include <filesystem>

#include "cli/commands.h"
#include "cli/dry_run.h"
#include "cli/engine_turn.h"
#include "cli/input_file.h"
#include "operations/import_file.h"

namespace mlc::cli {
namespace {

Result<ExitCode> dry_run(const Session& session) {
  MLC_TRY(const auto rules, dry_run_rules(session.line.rules));
  std::vector<amazon::settlement_report::SettlementSummary> summaries;
  ExitCode code = ExitCode::kOk;
  ProgressLine progress(session.around);
  for (const std::string& file : session.line.files) {
    progress.show("reading " + file);
    summaries.push_back(look_at(file, rules));
    const auto& summary = summaries.back();
    if (summary.ties && summary.errors.empty()) continue;
    code = worse(code,
                 summary.errors.empty() ? ExitCode::kBadInput : summary.errors.front().exit_code());
  }
  session.around.out << (session.line.json ? dry_run_json(summaries) : dry_run_text(summaries));
  return code;
}

Result<operations::Imported> import_one(const Session& session, const operations::Hub& hub,
                                        const std::string& file, ProgressLine& progress) {
  MLC_TRY(auto content, open_input(file));
  return operations::import_file(
      hub, session.line.connection, std::filesystem::path(file).filename().string(), content,
      [&](std::uint64_t bytes) { progress.show(file + ": " + counted(bytes, "byte")); });
}

ExitCode exit_code_of_answer(const ImportAnswer& answer) {
  if (answer.error) return answer.error->exit_code();
  if (!answer.settlement) return ExitCode::kOk;
  const auto& error = answer.settlement->error;
  return exit_code_of(answer.settlement->state, error ? error->id : "");
}

}  // namespace

Result<ExitCode> run_import(const Session& session) {
  if (session.line.dry_run) return dry_run(session);
  MLC_TRY(const auto process, open_hub(session));
  std::vector<ImportAnswer> answers;
  ProgressLine progress(session.around);
  for (const std::string& file : session.line.files) {
    auto imported = import_one(session, process->hub(), file, progress);
    if (imported) {
      answers.push_back({file, std::move(*imported), {}, {}});
    } else {
      answers.push_back({file, {}, {}, imported.error()});
    }
  }
  std::vector<WorkId> works;
  for (const ImportAnswer& answer : answers) {
    if (!answer.error) works.push_back(answer.imported.work);
  }
  MLC_TRY(const bool done, carry_out(session, *process, works));
  ExitCode code = done ? ExitCode::kOk : ExitCode::kUnavailable;
  for (ImportAnswer& answer : answers) {
    if (!answer.error) {
      MLC_TRY(answer.settlement,
              operations::settlement_row(process->hub(), answer.imported.work.str()));
    }
    code = worse(code, exit_code_of_answer(answer));
  }
  session.say(answers);
  return code;
}

}  // namespace mlc::cli
