#include "cli/application.h"

#include <algorithm>
#include <array>
#include <exception>

#include "cli/commands.h"
#include "cli/errors.h"

namespace mlc::cli {
namespace {

struct Row {
  std::string_view command;
  Run run;
};

constexpr std::array<Row, 33> kCommands{Row{"init", &run_init},
                                        {"demo", &run_demo},
                                        {"run", &run_hub},
                                        {"import", &run_import},
                                        {"settlements", &run_settlements},
                                        {"streams", &run_streams},
                                        {"show", &run_show},
                                        {"status", &run_status},
                                        {"plan", &run_plan},
                                        {"doctor", &run_doctor},
                                        {"sync", &run_sync},
                                        {"pause", &run_pause},
                                        {"resume", &run_resume},
                                        {"preview", &run_preview},
                                        {"exceptions", &run_exceptions},
                                        {"explain", &run_explain},
                                        {"trace", &run_trace},
                                        {"rules check", &run_rules_check},
                                        {"rules coverage", &run_rules_coverage},
                                        {"rules diff", &run_rules_diff},
                                        {"rules replay", &run_rules_replay},
                                        {"approve", &run_approve},
                                        {"post", &run_post},
                                        {"reverse", &run_reverse},
                                        {"retry", &run_retry},
                                        {"resolve", &run_resolve},
                                        {"audit verify", &run_audit_verify},
                                        {"audit checkpoint", &run_audit_checkpoint},
                                        {"backup", &run_backup},
                                        {"restore", &run_restore},
                                        {"completion", &run_completion},
                                        {"man", &run_man},
                                        {"version", &run_version}};

int fail(const Error& error, bool json, Surroundings& around) {
  if (json) {
    around.out << json_of(error) << std::flush;
  } else {
    around.err << error.explain() << "\n" << std::flush;
  }
  return static_cast<int>(error.exit_code());
}

int answer(const std::vector<std::string>& arguments, Surroundings& around) {
  const auto parsed = parse_command_line(arguments);
  if (!parsed) {
    const bool json = std::ranges::find(arguments, "--json") != arguments.end();
    return fail(parsed.error(), json, around);
  }
  if (!parsed->command) {
    around.out << parsed->help << std::flush;
    return static_cast<int>(ExitCode::kOk);
  }
  const Session session{*parsed->command, around};
  const auto* row = std::ranges::find(kCommands, session.line.command, &Row::command);
  if (row == kCommands.end()) return static_cast<int>(ExitCode::kInternal);
  const auto code = row->run(session);
  if (!code) return fail(code.error(), session.line.json, around);
  return static_cast<int>(*code);
}

}  // namespace

int run(const std::vector<std::string>& arguments, Surroundings& around) {
  int code = 0;
  try {
    code = answer(arguments, around);
  } catch (const std::exception& caught) {
    // No module lets an exception out; should one, a person still gets a name for it.
    return fail(Error(kUnexpected, {{"detail", caught.what()}}), false, around);
  }
  around.out.flush();
  if (around.out) return code;
  const Error lost(kOutputLost, {});
  around.err << lost.explain() << "\n" << std::flush;
  return code == 0 ? static_cast<int>(lost.exit_code()) : code;
}

}  // namespace mlc::cli
