#include "runtime/event_log.h"

#include <array>
#include <mutex>

#include "base/utf8.h"

namespace mlc::runtime {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// RFC 8259, section 7. The names of files and the words of others may be any bytes; JSON is UTF-8.
std::string quoted_json(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : with_characters(text, kReplacement)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xfU];
    } else {
      out += c;
    }
  }
  return out + '"';
}

class JsonLines final : public EventLog {
 public:
  JsonLines(std::ostream& out, const Clock& clock) : out_(out), clock_(clock) {}

  void write(const EventKind& kind, const std::vector<Fact>& facts) override {
    std::string line = "{" + field("time", format_instant(clock_.now())) + "," +
                       field("severity", to_word(kind.severity)) + "," + field("event", kind.id);
    for (const Fact& fact : facts) line += "," + field(fact.name, fact.value);
    line += "}\n";
    const std::lock_guard lock(mutex_);
    out_ << line << std::flush;
  }

 private:
  static std::string field(std::string_view name, std::string_view value) {
    return quoted_json(name) + ":" + quoted_json(value);
  }

  std::ostream& out_;
  const Clock& clock_;
  std::mutex mutex_;
};

class Silent final : public EventLog {
 public:
  void write(const EventKind& /*kind*/, const std::vector<Fact>& /*facts*/) override {}
};

}  // namespace

std::string_view to_word(Severity severity) {
  constexpr std::array<std::string_view, 3> kWords{"info", "warning", "error"};
  return kWords.at(static_cast<std::size_t>(severity));
}

std::unique_ptr<EventLog> json_event_log(std::ostream& out, const Clock& clock) {
  return std::make_unique<JsonLines>(out, clock);
}

std::unique_ptr<EventLog> silent_event_log() { return std::make_unique<Silent>(); }

std::vector<Fact> facts_of(const Error& error) {
  return {{"error", std::string(error.id())},
          {"text", error.text()},
          {"cure", error.cure()},
          {"written", std::string(to_word(error.written()))}};
}

}  // namespace mlc::runtime
