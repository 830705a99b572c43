#include "cli/demo_morning.h"

#include <fstream>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/application.h"
#include "cli/errors.h"
#include "configuration/hub_configuration.h"
#include "operations/exceptions.h"
#include "operations/settlement_list.h"

namespace mlc::cli {
namespace {

// What the person has decided about fees that are new: an account of both sample rule sets.
constexpr std::string_view kDecision = "other_fees";

std::string decided(std::string rule) {
  constexpr std::string_view kOpen = "ACCOUNT";
  const auto at = rule.find(kOpen);
  if (at != std::string::npos) rule.replace(at, kOpen.size(), kDecision);
  return rule;
}

class Morning {
 public:
  explicit Morning(const Session& session)
      : session_(session), out_(session.line.json ? unheard_ : session.around.out) {}

  Status play() {
    MLC_TRY_STATUS(look());
    if (!rules_.empty()) MLC_TRY_STATUS(write_rules());
    if (!waiting_.empty()) MLC_TRY_STATUS(approve());
    return {};
  }

 private:
  void say(const std::string& text) { out_ << "\n" << text << "\n"; }

  // Shows a command and runs it; `expected` is the exit code a person is not surprised by.
  Status type(const std::string& command, ExitCode expected = ExitCode::kOk) {
    out_ << "\n$ " << Prompt(session_.line.state).line(command) << "\n" << std::flush;
    std::vector<std::string> words;
    std::istringstream in(command);
    for (std::string word; in >> word;) words.push_back(word);
    words.insert(words.end(), {"--state", session_.line.state.string()});
    Surroundings person{out_,        session_.around.err,   session_.around.err_is_terminal,
                        kDemoPerson, session_.around.clock, session_.around.watch_interrupts};
    const int code = run(words, person);
    if (code == static_cast<int>(expected)) return {};
    return failure(kMorningStopped,
                   {{"command", command}, {"reason", "it ended with " + std::to_string(code)}});
  }

  // What waits: rules that are missing, each once per file, and what may be approved.
  Status look() {
    MLC_TRY(const auto open, open_to_look(session_));
    MLC_TRY(const auto rows, operations::exceptions(open->hub()));
    for (const auto& row : rows) {
      if (row.rule.empty()) continue;
      for (const std::string& name : row.settlements) {
        MLC_TRY(const auto settlement, operations::settlement_row(open->hub(), name));
        MLC_TRY(auto file, rule_file_of(settlement.connection));
        rules_.emplace(std::move(file), decided(row.rule));
        held_.insert(name);
      }
    }
    MLC_TRY(const auto waiting,
            operations::list_settlements(open->hub(), {"awaiting_approval", "", ""}));
    for (const auto& row : waiting) waiting_.push_back(row.name);
    return {};
  }

  // The newest rule file of a connection.
  Result<std::string> rule_file_of(const ConnectionId& id) {
    MLC_TRY(const auto configuration, configuration::load_configuration(
                                          session_.line.state / configuration::kConfigurationFile));
    for (const auto& connection : configuration.connections) {
      if (connection.id == id) return connection.rules.back();
    }
    return failure(kMorningStopped,
                   {{"command", "exceptions"}, {"reason", "no connection " + id.str()}});
  }

  Status append(const std::string& file, const std::string& text) {
    const std::string path = (session_.line.state / file).string();
    const std::string command = "cat >> " + shell_word(path) + " <<'END'";
    out_ << "\n$ " << command << "\n\n" << text << "END\n";
    std::ofstream stream(path, std::ios::app);
    stream << "\n" << text << std::flush;
    if (stream) return {};
    return failure(kMorningStopped, {{"command", command}, {"reason", "it cannot be written"}});
  }

  Status write_rules() {
    say("Amazon charged what no rule knows, and the settlement waits whole. The rule is suggested; "
        "which account,\nthe accountant decides.");
    MLC_TRY_STATUS(type("exceptions", ExitCode::kAttention));
    for (const auto& [file, rule] : rules_) MLC_TRY_STATUS(append(file, rule));
    MLC_TRY_STATUS(type("rules check"));
    for (const std::string& name : held_) MLC_TRY_STATUS(type("retry " + name));
    return {};
  }

  Status approve() {
    say("Connections with post = \"approve\" wait for a person. SAP has checked the documents and "
        "holds nothing yet.");
    MLC_TRY_STATUS(type("settlements --status awaiting_approval"));
    MLC_TRY_STATUS(type("preview " + waiting_.front()));
    for (const std::string& name : waiting_) MLC_TRY_STATUS(type("approve " + name));
    return {};
  }

  const Session& session_;
  std::ostringstream unheard_;
  std::ostream& out_;
  std::set<std::pair<std::string, std::string>> rules_;  // file, rule
  std::set<std::string> held_;                           // settlements that wait for them
  std::vector<std::string> waiting_;                     // settlements that may be approved
};

}  // namespace

Status play_morning(const Session& session) { return Morning(session).play(); }

}  // namespace mlc::cli
