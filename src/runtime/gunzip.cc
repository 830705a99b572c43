#include "runtime/gunzip.h"

#include <array>
#include <limits>
#include <zlib.h>

#include "base/expect.h"

namespace mlc::runtime {
namespace {

constexpr int kGzipOnly = 15 + 16;
constexpr std::size_t kPiece = 64UL * 1024;

}  // namespace

struct Gunzip::State {
  State() { MLC_EXPECT(inflateInit2(&stream, kGzipOnly) == Z_OK); }
  ~State() { inflateEnd(&stream); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  bool next_member() {
    if (*stream.next_in != static_cast<Bytef>(kGzipMagic[0])) return false;
    at_end = false;
    return inflateReset(&stream) == Z_OK;
  }

  z_stream stream{};
  std::array<char, kPiece> out{};
  bool at_end = false;
  bool more = false;
};

Gunzip::Gunzip() : state_(std::make_unique<State>()) {}
Gunzip::~Gunzip() = default;

bool Gunzip::complete() const { return state_->at_end; }

Result<std::string> Gunzip::inflate(std::string_view bytes, const Take& take) {
  MLC_EXPECT(bytes.size() <= std::numeric_limits<uInt>::max());
  State& state = *state_;
  z_stream& stream = state.stream;
  // zlib does not change the input; its type is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  while (stream.avail_in > 0 || state.more) {
    if (state.at_end && !state.next_member()) return std::string("bytes after the end of the gzip");
    stream.next_out = reinterpret_cast<Bytef*>(state.out.data());
    stream.avail_out = static_cast<uInt>(state.out.size());
    const int code = ::inflate(&stream, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
      return std::string("not a valid gzip");
    }
    MLC_TRY_STATUS(take(std::string_view(state.out.data(), state.out.size() - stream.avail_out)));
    state.at_end = code == Z_STREAM_END;
    // A full buffer may mean that more output waits inside.
    state.more = stream.avail_out == 0 && !state.at_end;
    if (code == Z_BUF_ERROR) break;
  }
  return std::string();
}

}  // namespace mlc::runtime
