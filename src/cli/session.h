// One run of one command: its words, its surroundings, and how it answers.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "cli/command_line.h"
#include "cli/print.h"
#include "cli/terminal.h"
#include "daemon/hub_process.h"
#include "runtime/clock.h"

namespace mlc::cli {

// What the program is given by its `main`, so that a test can give something else.
struct Surroundings {
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;  // then long work shows progress there
  std::string user;              // who asks, for the audit trail
  const runtime::Clock& clock;
  // From this call on, an interrupt asks the token to stop instead of ending the program. To be
  // called before other threads begin.
  std::function<std::stop_token()> watch_interrupts;
  ReadLine read_line = nullptr;  // null: nobody can be asked
};

struct Session {
  const CommandLine& line;
  Surroundings& around;

  // Answers in the form that was asked for.
  template <class... Answer>
  void say(const Answer&... answer) const {
    around.out << (line.json ? json_of(answer...) : text(answer...));
    around.out.flush();
  }
  // The same from a hub that only looks: a JSON object carries what is wrong with its
  // configuration.
  template <class... Answer>
  void say_from(const operations::Hub& hub, const Answer&... answer) const {
    around.out << (line.json ? with_warnings(json_of(answer...), hub.problems) : text(answer...));
    around.out.flush();
  }
  // For people; commands in it name the state directory.
  template <class... Answer>
  [[nodiscard]] std::string text(const Answer&... answer) const {
    if constexpr (requires { text_of(answer..., Prompt()); }) {
      return text_of(answer..., Prompt(line.state));
    } else {
      return text_of(answer...);
    }
  }
};

using Run = Result<ExitCode> (*)(const Session&);

// The hub of --state, for a command that moves work. `log` is where it writes lines of JSON if its
// configuration wants them. Errors: those of HubProcess::open.
[[nodiscard]] Result<std::unique_ptr<daemon::HubProcess>> open_hub(const Session& session,
                                                                   std::ostream* log = nullptr);
// For a command that only looks: what of configuration and rules cannot be used is named on the
// error output, a line each, and the command goes on. Errors: those of the store.
[[nodiscard]] Result<std::unique_ptr<daemon::HubProcess>> open_to_look(const Session& session);

// What a state at rest means for a script (docs/formats/exit-codes.md).
[[nodiscard]] ExitCode exit_code_of(const std::string& state, std::string_view error_id);
// What waits, at the end of `exceptions`, `status`, `run` and `demo`: in doubt, else attention when
// a person is needed (for a row, or for what no row says), else unavailable when something was put
// off and goes on by itself.
[[nodiscard]] ExitCode exit_code_of(const std::vector<operations::ExceptionRow>& rows,
                                    bool person_needed = false);
// The more urgent of two, in the order of docs/formats/exit-codes.md.
[[nodiscard]] ExitCode worse(ExitCode a, ExitCode b);

// One line on a terminal that is written over; nothing elsewhere. Cleared when it goes.
class ProgressLine {
 public:
  explicit ProgressLine(Surroundings& around) : around_(around) {}
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(const std::string& text);

 private:
  Surroundings& around_;
  std::size_t shown_ = 0;
};

}  // namespace mlc::cli
