// Looks whether everything between Amazon and SAP is as it must be, one line per question.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "daemon/hub_process.h"

namespace mlc::daemon {

enum class CheckResult { kPassed, kFailed, kSkipped };
[[nodiscard]] std::string_view to_word(CheckResult result);  // "passed", ...

struct Check {
  std::string connection;  // empty: of the whole hub
  std::string name;        // "login", "reports", ...
  CheckResult result = CheckResult::kPassed;
  std::string text;            // what was found, or why it was not asked
  std::optional<Error> error;  // of a failed one: what is wrong, and the cure
  std::string who;             // of a failed one: who can apply the cure
};

struct DoctorQuestion {
  std::string connection;  // only this one; empty: all
  // Told the name of what is asked next; may be empty.
  std::function<void(const std::string& what)> progress;
};

// Reads only: calls of amazon/repeatable_calls.h, each at most once per connection and only where
// its quota leaves it (getReportDocument only when half of it is left), and one look-up in SAP.
// `process` may be a hub that only looks, and another program may run its engine. What a failed
// check makes impossible is skipped, with the reason. Errors: operations.no_such_connection.
[[nodiscard]] Result<std::vector<Check>> examine(HubProcess& process,
                                                 const DoctorQuestion& question);

// Who can apply the cure of an error, from its id. Pure.
[[nodiscard]] std::string_view who_can_cure(std::string_view error_id);

}  // namespace mlc::daemon
