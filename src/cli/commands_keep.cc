// audit, backup, restore, version.
#include <sstream>

#include "cli/commands.h"
#include "cli/input_file.h"
#include "daemon/store_place.h"
#include "daemon/version.h"
#include "operations/audit_verify.h"
#include "operations/backup.h"

namespace mlc::cli {
namespace {

Result<std::vector<store::EarlierCheckpoint>> read_checkpoints(
    const std::vector<std::string>& files) {
  std::vector<store::EarlierCheckpoint> out;
  for (const std::string& file : files) {
    MLC_TRY(const auto in, open_input(file));
    std::ostringstream text;
    text << in.rdbuf();
    out.push_back({file, text.str()});
  }
  return out;
}

}  // namespace

Result<ExitCode> run_audit_verify(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(auto earlier, read_checkpoints(session.line.files));
  MLC_TRY(const auto verification, operations::audit_verify(process->hub(), std::move(earlier)));
  session.say_from(process->hub(), verification);
  ExitCode code = verification.agrees() ? ExitCode::kOk : ExitCode::kAttention;
  for (const Error& error : verification.differences) code = worse(code, error.exit_code());
  return code;
}

Result<ExitCode> run_audit_checkpoint(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const std::string note, operations::audit_checkpoint(process->hub()));
  session.around.out << (session.line.json
                             ? with_warnings(json_of(std::vector<Fact>{{"checkpoint", note}}),
                                             process->hub().problems)
                             : note);
  return ExitCode::kOk;
}

Result<ExitCode> run_backup(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  MLC_TRY(const auto report, operations::backup(process->hub(), session.line.folder));
  session.say_from(process->hub(), report, session.line.folder.string());
  return ExitCode::kOk;
}

Result<ExitCode> run_restore(const Session& session) {
  MLC_TRY(const auto report, daemon::restore({session.line.folder, session.line.state,
                                              "cli:" + session.around.user, session.line.replace},
                                             session.around.clock.now()));
  session.say(report);
  return ExitCode::kOk;
}

Result<ExitCode> run_version(const Session& session) {
  const std::string version = daemon::kVersion;
  session.around.out << (session.line.json ? json_of(std::vector<Fact>{{"program", "ml-connector"},
                                                                       {"version", version}})
                                           : "ml-connector " + version + "\n");
  return ExitCode::kOk;
}

}  // namespace mlc::cli
