// What happens, one line per event, for people or for machines that gather logs.
#pragma once

#include <memory>
#include <ostream>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "runtime/clock.h"

namespace mlc::runtime {

enum class Severity { kInfo, kWarning, kError };
[[nodiscard]] std::string_view to_word(Severity severity);  // "info", "warning", "error"

// One row of a table of events. `id` is stable for ever.
struct EventKind {
  std::string_view id;
  Severity severity = Severity::kInfo;
  std::string_view facts;  // the names of its facts, separated by blanks; for the documentation
};

// Thread-safe. Facts must hold nothing secret.
class EventLog {
 public:
  virtual ~EventLog() = default;
  virtual void write(const EventKind& kind, const std::vector<Fact>& facts) = 0;
};

// Lines of JSON: {"time", "severity", "event", ...facts}, every value a text; bytes that are no
// UTF-8 are written as U+FFFD. A line is written at once and flushed; `out` and `clock` must
// outlive the log.
[[nodiscard]] std::unique_ptr<EventLog> json_event_log(std::ostream& out, const Clock& clock);
// Writes nothing: what people are told, others say in sentences.
[[nodiscard]] std::unique_ptr<EventLog> silent_event_log();

// An error's id, text, cure and whether anything was written, as facts. Pure.
[[nodiscard]] std::vector<Fact> facts_of(const Error& error);

}  // namespace mlc::runtime
