// completion, man.
#include "cli/commands.h"
#include "cli/manual_page.h"
#include "cli/shell_completion.h"
#include "daemon/version.h"

namespace mlc::cli {
namespace {

std::string completion_for(const std::string& shell) {
  const auto commands = command_docs();
  if (shell == "zsh") return zsh_completion(commands);
  return shell == "fish" ? fish_completion(commands) : bash_completion(commands);
}

}  // namespace

Result<ExitCode> run_completion(const Session& session) {
  const std::string script = completion_for(session.line.shell);
  session.around.out << (session.line.json ? json_of(std::vector<Fact>{
                                                 {"shell", session.line.shell}, {"script", script}})
                                           : script);
  return ExitCode::kOk;
}

Result<ExitCode> run_man(const Session& session) {
  const std::string page = manual_page(command_docs(), daemon::kVersion);
  session.around.out << (session.line.json ? json_of(std::vector<Fact>{{"man", page}}) : page);
  return ExitCode::kOk;
}

}  // namespace mlc::cli
