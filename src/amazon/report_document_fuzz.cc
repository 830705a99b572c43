// Any bytes as a report document: the same outcome however they are cut; what is stored is what
// came, unpacked; a refusal is named, leaves nothing in the vault, and nothing passes the limit.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <zlib.h>

#include "amazon/errors.h"
#include "amazon/report_document.h"
#include "amazon/testing/memory_vault.h"
#include "base/digest.h"
#include "base/expect.h"
#include "base/testing/fuzzing.h"

namespace mlc::amazon {
namespace {

struct Outcome {
  std::string error;  // its id
  std::string content;
  std::string received;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome(std::string_view bytes, std::size_t piece, std::uint64_t limit) {
  testing::MemoryVault vault;
  DocumentReceiver receiver(vault, limit, {"document-1", "request-1", "storage.example"});
  const auto refused = [&](const Error& error) {
    fuzzing::expect_named(error, 4000);
    MLC_EXPECT(fuzzing::is_shown(error.explain()));
    MLC_EXPECT(vault.objects.empty());
    const bool known =
        error.is(kDocumentDamaged) || error.is(kDocumentTooLarge) || error.is(kWebPage);
    MLC_EXPECT(known);
    return Outcome{std::string(error.id()), "", ""};
  };
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::string part(bytes.substr(at, piece));
    const auto status = receiver.on_bytes(part);
    if (!status) return refused(status.error());
  }
  const auto stored = receiver.finish();
  if (!stored) return refused(stored.error());
  Outcome out{"", vault.objects.at(stored->content.id.str()), ""};
  MLC_EXPECT(out.content.size() == stored->content.size && out.content.size() <= limit);
  if (!stored->received.empty()) out.received = vault.objects.at(stored->received);
  return out;
}

std::string gzip(std::string_view content) {
  z_stream stream{};
  MLC_EXPECT(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(content.size())) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  MLC_EXPECT(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

void check(std::string_view bytes, std::size_t piece, std::uint64_t limit) {
  const Outcome whole = outcome(bytes, std::max<std::size_t>(bytes.size(), 1), limit);
  const Outcome pieces = outcome(bytes, piece, limit);
  // Damage behind what passes the limit is seen or not, by the pieces.
  if (whole.error.empty() || pieces.error.empty()) MLC_EXPECT(pieces == whole);
  if (!whole.error.empty()) return;
  const bool packed = bytes.starts_with(runtime::kGzipMagic);
  MLC_EXPECT(whole.received == (packed ? bytes : std::string_view()));
  if (!packed) MLC_EXPECT(whole.content == bytes);
}

void check_packed(std::string_view content, std::size_t piece, std::uint64_t limit) {
  const std::string bytes = gzip(content);
  const Outcome found = outcome(bytes, piece, limit);
  if (content.size() <= limit && bytes.size() <= limit) {
    MLC_EXPECT(found.error.empty() && found.content == content && found.received == bytes);
  } else {
    MLC_EXPECT(found.error == kDocumentTooLarge.id);
  }
  const auto cut = std::string_view(bytes).substr(0, bytes.size() - 1);
  MLC_EXPECT(!outcome(cut, piece, limit).error.empty());
}

}  // namespace
}  // namespace mlc::amazon

// Size of the pieces, what the rest is, the limit, the rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  const std::size_t piece = std::size_t{input.byte()} + 1;
  const bool packed = (input.byte() & 1U) != 0;
  const std::uint64_t limit = std::uint64_t{input.byte()} * 64 + 1;
  if (packed) {
    mlc::amazon::check_packed(input.rest(), piece, limit);
  } else {
    mlc::amazon::check(input.rest(), piece, limit);
  }
  return 0;
}
