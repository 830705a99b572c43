// doctor: what is as it must be between Amazon and SAP, and who cures what is not.
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/json_parts.h"
#include "cli/print.h"
#include "cli/table.h"
#include "daemon/doctor.h"

namespace mlc::cli {
namespace {

std::uint64_t count_of(const std::vector<daemon::Check>& checks, daemon::CheckResult result) {
  std::uint64_t out = 0;
  for (const auto& check : checks) out += check.result == result ? 1 : 0;
  return out;
}

Json check_json(const daemon::Check& check) {
  return {{"connection", text_or_null(check.connection)},
          {"name", check.name},
          {"result", to_word(check.result)},
          {"text", check.text},
          {"error", error_or_null(check.error)},
          {"who", text_or_null(check.who)}};
}

std::string json_of(const std::vector<daemon::Check>& checks) {
  const Json out{{"passed", count_of(checks, daemon::CheckResult::kPassed)},
                 {"failed", count_of(checks, daemon::CheckResult::kFailed)},
                 {"skipped", count_of(checks, daemon::CheckResult::kSkipped)},
                 {"checks", list_json(checks, check_json)}};
  return dump(out);
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width > text.size() ? width - text.size() : 0, ' ');
}

std::string check_text(const daemon::Check& check) {
  constexpr std::size_t kWord = 9;
  constexpr std::size_t kName = 39;
  std::string out = "  " + padded(std::string(to_word(check.result)), kWord) +
                    padded(check.name, kName) + " " + harmless(check.text) + "\n";
  if (!check.error) return out;
  const std::string blanks(2 + kWord, ' ');
  out += blanks + "do next: " + harmless(check.error->cure()) + "\n";
  out += blanks + "who:     " + check.who + " (" + std::string(check.error->id()) + ")\n";
  return out;
}

std::string text_of(const std::vector<daemon::Check>& checks) {
  std::string out;
  std::string connection;
  for (const auto& check : checks) {
    if (check.connection != connection) out += "\n" + check.connection + "\n";
    connection = check.connection;
    out += check_text(check);
  }
  return out + "\n" + std::to_string(count_of(checks, daemon::CheckResult::kPassed)) + " passed, " +
         std::to_string(count_of(checks, daemon::CheckResult::kFailed)) + " failed, " +
         std::to_string(count_of(checks, daemon::CheckResult::kSkipped)) + " skipped\n";
}

}  // namespace

Result<ExitCode> run_doctor(const Session& session) {
  MLC_TRY(const auto process, open_to_look(session));
  std::vector<daemon::Check> checks;
  {
    ProgressLine progress(session.around);
    MLC_TRY(checks, daemon::examine(*process, {session.line.connection, [&](const auto& what) {
                                                 progress.show("asking: " + what);
                                               }}));
  }
  session.around.out << (session.line.json ? json_of(checks) : text_of(checks)) << std::flush;
  ExitCode code = ExitCode::kOk;
  for (const auto& check : checks) {
    if (check.error) code = worse(code, check.error->exit_code());
  }
  return code;
}

}  // namespace mlc::cli
