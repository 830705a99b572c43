// Any text as a manifest of the store: a refusal names the line; what is read is written as the
// same bytes again, and is checked without a fault whatever it holds.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "ledger/document_key.h"
#include "ledger/errors.h"
#include "ledger/header_text.h"
#include "ledger/manifest.h"

namespace mlc::ledger {
namespace {

void expect_line(const Error& error, std::string_view text) {
  const std::string_view line = error.fact("line");
  MLC_EXPECT(line.starts_with("line "));
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  MLC_EXPECT(std::stoul(std::string(line.substr(5))) <= lines);
}

void check_again(const Manifest& manifest, std::string_view text) {
  MLC_EXPECT(write_manifest(manifest) == text);
  const auto again = read_manifest(write_manifest(manifest));
  MLC_EXPECT(again.has_value() && *again == manifest);
}

void check(std::string_view text) {
  auto manifest = read_manifest(text);
  if (!manifest) {
    MLC_EXPECT(manifest.error().is(kBadManifest));
    fuzzing::expect_named(manifest.error(), 2000);
    expect_line(manifest.error(), text);
    return;
  }
  check_again(*manifest, text);
  if (const auto status = validate(*manifest); !status) fuzzing::expect_named(status.error());
  // With the right hash and stem all further checks are reached.
  const std::string hash = content_hash(*manifest);
  manifest->content_hash = hash;
  MLC_EXPECT(content_hash(*manifest) == hash);
  if (const auto stem = key_stem(manifest->settlement)) {
    manifest->stem = *stem;
    for (auto& document : manifest->documents) document.key.stem = *stem;
    manifest->content_hash = content_hash(*manifest);
  }
  const auto status = validate(*manifest);
  if (!status) fuzzing::expect_named(status.error());
  check_again(*manifest, write_manifest(*manifest));
  for (const auto& document : manifest->documents) {
    const auto key = parse_key(document.key.text(), manifest->stem);
    if (status) MLC_EXPECT(key == document.key);
    const auto header = read_header_text(document.header_text);
    if (header) MLC_EXPECT(write_header_text(*header) == document.header_text);
  }
}

}  // namespace
}  // namespace mlc::ledger

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::ledger::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
