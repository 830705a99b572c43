#include "simulators/amazon/gzip.h"

#include <zlib.h>

#include "base/expect.h"

namespace mlc::simulators::amazon {

std::string gzip(std::string_view text) {
  constexpr int kGzipFormat = 15 + 16;
  constexpr int kMemory = 8;
  z_stream stream{};
  MLC_EXPECT(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipFormat, kMemory,
                          Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  // zlib does not change the input; its type is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  MLC_EXPECT(text.size() == stream.avail_in && deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace mlc::simulators::amazon
