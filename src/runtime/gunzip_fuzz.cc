// Any bytes as a gzip, and gzips of any content, whole, cut, doubled and followed by others: the
// same answer however the bytes are cut into pieces, no piece larger than promised, and no content
// taken for whole without its last byte.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <zlib.h>

#include "base/expect.h"
#include "base/testing/fuzzing.h"
#include "runtime/gunzip.h"

namespace mlc::runtime {
namespace {

constexpr std::size_t kLargestPiece = 64UL * 1024;
constexpr std::size_t kLimit = 4UL * 1024 * 1024;
constexpr ErrorKind kEnough{"testing.enough", "More than the limit.", "Ask for less."};

struct Outcome {
  std::string content;
  std::string reason;
  bool complete = false;
  bool enough = false;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome outcome(std::string_view bytes, std::size_t piece, std::size_t limit = kLimit) {
  Outcome out;
  Gunzip gunzip;
  for (std::size_t at = 0; at < bytes.size() && out.reason.empty() && !out.enough; at += piece) {
    // A copy of its own, so that reading beyond it is seen.
    const std::string part(bytes.substr(at, piece));
    const auto reason = gunzip.inflate(part, [&](std::string_view content) -> Status {
      MLC_EXPECT(content.size() <= kLargestPiece);
      out.content += content.substr(0, limit - out.content.size());
      if (out.content.size() >= limit) return failure(kEnough);
      return {};
    });
    out.enough = !reason;
    if (!reason) MLC_EXPECT(reason.error().is(kEnough));
    if (reason) out.reason = *reason;
  }
  out.complete = out.reason.empty() && !out.enough && gunzip.complete();
  return out;
}

std::string gzip(std::string_view content, int level) {
  z_stream stream{};
  MLC_EXPECT(deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
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

void check_any(std::string_view bytes, std::size_t piece) {
  const Outcome whole = outcome(bytes, std::max<std::size_t>(bytes.size(), 1));
  const Outcome pieces = outcome(bytes, piece);
  // What came before the damage is handed over or not, by the pieces.
  if (whole.reason.empty()) MLC_EXPECT(pieces == whole);
  MLC_EXPECT(pieces.reason == whole.reason || whole.enough || pieces.enough);
  MLC_EXPECT(whole.content.size() <= kLimit);
  if (whole.complete) MLC_EXPECT(bytes.starts_with(kGzipMagic));
}

void check_gzip(std::string_view content, std::size_t piece, int level) {
  const std::string one = gzip(content, level);
  const std::string twice = std::string(content) + std::string(content);
  const auto is_whole = [&](std::string_view bytes, std::string_view expected) {
    const Outcome found = outcome(bytes, piece);
    MLC_EXPECT(found.complete && found.content == expected);
  };
  is_whole(one, content);
  is_whole(one + one, twice);
  const std::size_t cut = piece % one.size();
  const Outcome short_one = outcome(std::string_view(one).substr(0, cut), piece);
  MLC_EXPECT(!short_one.complete && short_one.reason.empty());
  MLC_EXPECT(content.starts_with(short_one.content));
  const Outcome short_second = outcome(one + one.substr(0, std::max<std::size_t>(cut, 1)), piece);
  MLC_EXPECT(!short_second.complete && short_second.reason.empty());
  for (const std::string_view behind : {std::string_view("\0", 1), std::string_view("x")}) {
    const Outcome trailed = outcome(one + std::string(behind), piece);
    MLC_EXPECT(!trailed.complete && !trailed.reason.empty() && trailed.content == content);
  }
  if (!content.empty()) {
    const Outcome limited = outcome(one, piece, content.size() / 2 + 1);
    MLC_EXPECT(limited.enough && content.starts_with(limited.content));
  }
}

}  // namespace
}  // namespace mlc::runtime

// The first byte is the size of the pieces, the second what the rest is: a gzip, or content to be
// packed so often that it inflates to far more.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  const std::size_t piece = std::size_t{input.byte()} + 1;
  const unsigned kind = input.byte();
  if ((kind & 1U) == 0) {
    mlc::runtime::check_any(input.rest(), piece);
    return 0;
  }
  std::string content;
  const unsigned times = (kind & 2U) == 0 ? 1 : 40;
  for (unsigned i = 0; i < times; ++i) content += input.rest();
  mlc::runtime::check_gzip(content, piece * times, (kind & 4U) == 0 ? 6 : 0);
  return 0;
}
