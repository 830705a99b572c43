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

struct FrameCompressor::Context {
  std::unique_ptr<ZSTD_CCtx, FreeContext> zstd{ZSTD_createCCtx()};
};

FrameCompressor::FrameCompressor(int level) : context_(std::make_unique<Context>()) {
  ZSTD_CCtx* const zstd = context_->zstd.get();
  MLC_EXPECT(zstd != nullptr);
  ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
}

FrameCompressor::~FrameCompressor() = default;

void FrameCompressor::compress(std::string_view content, std::string& out) {
  out.resize(ZSTD_compressBound(content.size()));
  const std::size_t size =
      ZSTD_compress2(context_->zstd.get(), out.data(), out.size(), content.data(), content.size());
  MLC_EXPECT(ZSTD_isError(size) == 0);
  out.resize(size);
}

std::string compress_frame(std::string_view content, int level) {
  std::string out;
  FrameCompressor(level).compress(content, out);
  return out;
}

bool inflate_frame_into(std::string_view frame, char* out, std::size_t size) {
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != size) return false;
  if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return false;
  return ZSTD_decompress(out, size, frame.data(), frame.size()) == size;
}

std::optional<std::string> inflate_frame(std::string_view frame, std::size_t size) {
  // Nothing is made before the frame itself says the same size.
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != size) return std::nullopt;
  std::string out(size, '\0');
  if (!inflate_frame_into(frame, out.data(), size)) return std::nullopt;
  return out;
}

std::size_t largest_frame(std::size_t content_size) { return ZSTD_compressBound(content_size); }

}  // namespace mlc::evidence
