// init: asks what a connection needs, or takes the answers from a file, and makes a state
// directory.
#include <algorithm>
#include <iterator>

#include "cli/commands.h"
#include "cli/errors.h"
#include "cli/input_file.h"
#include "cli/json_text.h"
#include "cli/table.h"
#include "configuration/answers.h"
#include "daemon/init_state.h"
#include "operations/names.h"

namespace mlc::cli {
namespace {

using Questions = std::vector<daemon::InitQuestion>;

bool is_reference(const std::string& answer) {
  return answer.starts_with("file:") || answer.starts_with("env:");
}

Status check_given(const Questions& questions, const std::string& key, const std::string& answer) {
  const auto at = std::ranges::find(questions, key, &daemon::InitQuestion::key);
  if (at == questions.end()) {
    std::vector<std::string> known;
    for (const auto& question : questions) known.push_back(question.key);
    return failure(kUnknownAnswer, {{"key", key}, {"near", operations::near_text(key, known)}});
  }
  if (at->secret && !answer.empty() && !is_reference(answer)) {
    return failure(kSecretGiven, {{"key", key}});
  }
  return {};
}

Result<daemon::InitAnswers> answers_of_file(const std::string& file) {
  daemon::InitAnswers out;
  if (file.empty()) return out;
  MLC_TRY(auto in, open_input(file));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return configuration::read_answers(text, file);
}

// The file's, and over them those of --set.
Result<daemon::InitAnswers> given_answers(const CommandLine& line, const Questions& questions) {
  MLC_TRY(auto out, answers_of_file(line.answers));
  for (const std::string& one : line.set) {
    const auto equals = one.find('=');
    if (equals == std::string::npos) {
      return failure(
          kUsage, {{"detail", "--set takes KEY=VALUE, not '" + one + "'"}, {"command", "init "}});
    }
    out[one.substr(0, equals)] = one.substr(equals + 1);
  }
  for (const auto& [key, answer] : out) MLC_TRY_STATUS(check_given(questions, key, answer));
  return out;
}

class Asking {
 public:
  Asking(const Session& session, daemon::InitState& state) : session_(session), state_(state) {}

  Status ask(const daemon::InitQuestion& question) {
    const auto given = state_.answers.find(question.key);
    if (given != state_.answers.end()) return check_filled(question, given->second);
    std::string answer = question.proposal(state_.answers);
    if (question.asked && session_.around.read_line) {
      const auto typed = type(question, answer);
      if (typed && !typed->empty()) answer = *typed;
    }
    MLC_TRY_STATUS(check_filled(question, answer));
    keep(question, std::move(answer));
    return {};
  }

 private:
  static Status check_filled(const daemon::InitQuestion& question, const std::string& answer) {
    if (!answer.empty() || !question.required || !question.asked) return {};
    return failure(kAnswerMissing, {{"key", question.key}, {"words", question.words}});
  }

  std::optional<std::string> type(const daemon::InitQuestion& question,
                                  const std::string& proposal) {
    auto& err = session_.around.err;
    err << question.words << " (" << question.key << ")";
    if (!proposal.empty() && !question.secret) err << " [" << proposal << "]";
    err << ": " << std::flush;
    auto typed = session_.around.read_line(question.secret);
    if (question.secret) err << "\n" << std::flush;
    return typed;
  }

  void keep(const daemon::InitQuestion& question, std::string answer) {
    if (question.secret && !answer.empty() && !is_reference(answer)) {
      state_.secrets.emplace(question.key, Secret(std::move(answer)));
      return;
    }
    state_.answers[question.key] = std::move(answer);
  }

  const Session& session_;
  daemon::InitState& state_;
};

void say(const Session& session) {
  const auto& state = session.line.state;
  if (session.line.json) {
    session.around.out << json_of(std::vector<Fact>{{"state", state.string()}}) << std::flush;
    return;
  }
  const Prompt prompt(state);
  session.around.out << "Made " << harmless(state.string())
                     << ": ml-connector.toml (every key with a comment), rules, keys and store, "
                        "readable for this user only.\nKeep keys/ apart: no backup contains it. "
                        "Next:\n  "
                     << prompt.line("doctor") << "\n  " << prompt.line("run --once") << "\n"
                     << std::flush;
}

}  // namespace

Result<ExitCode> run_init(const Session& session) {
  const Instant now = session.around.clock.now();
  const Questions questions = daemon::init_questions(now);
  daemon::InitState state;
  state.now = now;
  MLC_TRY(state.answers, given_answers(session.line, questions));
  Asking asking(session, state);
  for (const auto& question : questions) MLC_TRY_STATUS(asking.ask(question));
  MLC_TRY_STATUS(daemon::make_first_state(session.line.state, std::move(state)));
  say(session);
  return ExitCode::kOk;
}

}  // namespace mlc::cli
