#include "cli/session.h"

#include <algorithm>
#include <array>

#include "cli/table.h"

namespace mlc::cli {
namespace {

constexpr std::array<ExitCode, 9> kUrgency{
    ExitCode::kInternal, ExitCode::kTampered,    ExitCode::kInDoubt,
    ExitCode::kRefused,  ExitCode::kBadInput,    ExitCode::kNotFound,
    ExitCode::kUsage,    ExitCode::kUnavailable, ExitCode::kAttention};

Result<std::unique_ptr<daemon::HubProcess>> open(const Session& session, bool read_only,
                                                 std::ostream* log) {
  daemon::HubOptions options;
  options.state_directory = session.line.state;
  options.actor = "cli:" + session.around.user;
  options.read_only = read_only;
  options.log = log;
  return daemon::HubProcess::open(options);
}

}  // namespace

Result<std::unique_ptr<daemon::HubProcess>> open_hub(const Session& session, std::ostream* log) {
  return open(session, false, log);
}

Result<std::unique_ptr<daemon::HubProcess>> open_to_look(const Session& session) {
  MLC_TRY(auto process, open(session, true, nullptr));
  for (const Error& problem : process->hub().problems) {
    session.around.err << "warning: " << problem.id() << ": " << harmless(problem.text())
                       << " What is shown is as it was stored; nothing moves until this is "
                          "corrected.\n";
  }
  session.around.err.flush();
  return process;
}

ExitCode exit_code_of(const std::string& state, std::string_view error_id) {
  if (state == "in_doubt") return ExitCode::kInDoubt;
  if (state == "deferred") return ExitCode::kUnavailable;
  if (state == "rejected") {
    return error_id.starts_with("settlement_report.") ? ExitCode::kBadInput : ExitCode::kRefused;
  }
  for (const char* waits :
       {"needs_rules", "conflicts", "incomplete", "partly_reversed", "reissued"}) {
    if (state == waits) return ExitCode::kAttention;
  }
  return ExitCode::kOk;
}

ExitCode exit_code_of(const std::vector<operations::ExceptionRow>& rows, bool person_needed) {
  const auto any = [&](auto test) { return std::ranges::any_of(rows, test); };
  if (any([](const auto& row) { return row.cause == "in_doubt"; })) return ExitCode::kInDoubt;
  person_needed = person_needed || any([](const auto& row) { return !row.goes_on_by_itself; });
  if (person_needed) return ExitCode::kAttention;
  return rows.empty() ? ExitCode::kOk : ExitCode::kUnavailable;
}

ExitCode worse(ExitCode a, ExitCode b) {
  const auto* first = std::ranges::find(kUrgency, a);
  const auto* second = std::ranges::find(kUrgency, b);
  return first <= second ? a : b;
}

ProgressLine::~ProgressLine() {
  if (shown_ > 0) around_.err << "\r" << std::string(shown_, ' ') << "\r" << std::flush;
}

void ProgressLine::show(const std::string& text) {
  if (!around_.err_is_terminal) return;
  const std::size_t blanks = shown_ > text.size() ? shown_ - text.size() : 0;
  around_.err << "\r" << text << std::string(blanks, ' ') << std::flush;
  shown_ = text.size();
}

}  // namespace mlc::cli
