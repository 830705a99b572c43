// Any text as ml-connector.toml: a refusal names file, line and column and repeats no secret; what
// is accepted is the same settings when it is written and read again.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "configuration/errors.h"
#include "configuration/hub_configuration.h"

namespace mlc::configuration {
namespace {

// The corpus and the dictionary write it where only a reference may stand.
constexpr std::string_view kSecret = "hush-hush-secret";

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t out = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++out;
  return out;
}

void check(std::string_view text) {
  const std::string file(kConfigurationFile);
  const auto settings = read_configuration(text, file);
  if (!settings) {
    fuzzing::expect_named(settings.error(), text.size() * 8 + 4000);
    fuzzing::expect_place(settings.error(), text, file);
    if (settings.error().is(kInlineSecret) && count_of(text, kSecret) == 1) {
      MLC_EXPECT(settings.error().explain().find(kSecret) == std::string::npos);
    }
    return;
  }
  const std::string written = write_commented_configuration(*settings);
  const auto again = read_configuration(written, file);
  MLC_EXPECT(again.has_value() && *again == *settings);
  MLC_EXPECT(write_commented_configuration(*again) == written);
}

}  // namespace
}  // namespace mlc::configuration

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::configuration::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
