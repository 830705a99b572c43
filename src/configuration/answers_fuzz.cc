// Any text as the answers of `init`, and the small texts of settings: a refusal names file, line
// and column; what is accepted is the same when it is written and read again.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "configuration/answers.h"
#include "configuration/hub_configuration.h"
#include "configuration/toml_value.h"

namespace mlc::configuration {
namespace {

void check_answers(std::string_view text) {
  const std::string file = "answers.toml";
  const auto answers = read_answers(text, file);
  if (!answers) {
    fuzzing::expect_named(answers.error(), text.size() * 8 + 4000);
    fuzzing::expect_place(answers.error(), text, file);
    return;
  }
  std::string written;
  for (const auto& [key, value] : *answers) {
    written += quoted_toml(key) + " = " + quoted_toml(value) + "\n";
  }
  const auto again = read_answers(written, file);
  MLC_EXPECT(again.has_value() && *again == *answers);
}

void check_words(std::string_view text) {
  if (const auto duration = parse_duration(text)) {
    MLC_EXPECT(*duration >= Duration::zero());
    MLC_EXPECT(parse_duration(format_duration(*duration)) == duration);
  }
  if (const auto size = parse_byte_count(text)) {
    MLC_EXPECT(parse_byte_count(format_byte_count(*size)) == size);
  }
  if (const auto address = parse_listen_address(text)) {
    MLC_EXPECT(address->host == "127.0.0.1" || address->host == "::1");
  }
  MLC_EXPECT(nearest(text, {"schedule", "quiet_hours"}).size() <= 11);
}

}  // namespace
}  // namespace mlc::configuration

// A first byte `w` means that the rest is one small text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.starts_with('w')) {
    mlc::configuration::check_words(text.substr(1));
  } else {
    mlc::configuration::check_answers(text);
  }
  return 0;
}
