#include "evidence/zstd_frame.h"

#include <memory>
#include <zstd.h>

#include "base/expect.h"

namespace mlc::evidence {
namespace {

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

std::string compress_frame(std::string_view content, int level) {
  const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  MLC_EXPECT(context != nullptr);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(content.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context.get(), out.data(), out.size(), content.data(), content.size());
  MLC_EXPECT(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

std::optional<std::string> inflate_frame(std::string_view frame, std::size_t size) {
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != size) return std::nullopt;
  if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return std::nullopt;
  std::string out(size, '\0');
  if (ZSTD_decompress(out.data(), out.size(), frame.data(), frame.size()) != size) {
    return std::nullopt;
  }
  return out;
}

std::size_t largest_frame(std::size_t content_size) { return ZSTD_compressBound(content_size); }

}  // namespace mlc::evidence
