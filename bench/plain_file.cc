#include "bench/plain_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/expect.h"
#include "evidence/frame_press.h"
#include "evidence/page_buffer.h"

namespace mlc::bench {
namespace {

constexpr std::size_t kFrame = std::size_t{1} << 20U;

class Descriptor {
 public:
  explicit Descriptor(const std::filesystem::path& file)
      : number_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    MLC_EXPECT(number_ >= 0);
  }
  ~Descriptor() { ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  // What the buffer holds afterwards of the file from `offset` on.
  [[nodiscard]] std::string_view read(evidence::PageBuffer& buffer, std::size_t size,
                                      std::uint64_t offset) const {
    const auto got = ::pread(number_, buffer.data(), size, static_cast<off_t>(offset));
    MLC_EXPECT(got >= 0);
    return {buffer.data(), static_cast<std::size_t>(got)};
  }

 private:
  int number_;
};

class PlainFile final : public ports::EvidenceReader {
 public:
  explicit PlainFile(const PlainIndex& index) : index_(index), descriptor_(index.file) {
    object_.size = index.offsets.back();
    object_.frames = static_cast<std::uint32_t>(index.offsets.size() - 1);
  }

  const ports::StoredObject& object() const override { return object_; }
  Result<std::string_view> frame(std::uint32_t index) override {
    const std::uint64_t offset = index_.offsets[index];
    return descriptor_.read(buffer_, index_.offsets[index + 1] - offset, offset);
  }
  std::uint64_t frame_offset(std::uint32_t index) const override {
    return index_.offsets.at(index);
  }
  std::uint64_t lines_before(std::uint32_t index) const override { return index_.lines.at(index); }

 private:
  const PlainIndex& index_;
  Descriptor descriptor_;
  evidence::PageBuffer buffer_{kFrame};
  ports::StoredObject object_;
};

}  // namespace

PlainIndex index_plain_file(const std::filesystem::path& file) {
  PlainIndex out;
  out.file = file;
  const Descriptor descriptor(file);
  evidence::PageBuffer buffer(kFrame);
  while (true) {
    const auto piece = descriptor.read(buffer, kFrame, out.offsets.back());
    const auto frame = piece.substr(0, piece.rfind('\n') + 1);
    if (frame.empty()) return out;
    out.offsets.push_back(out.offsets.back() + frame.size());
    out.lines.push_back(out.lines.back() + evidence::count_lines(frame));
  }
}

std::unique_ptr<ports::EvidenceReader> read_plain_file(const PlainIndex& index) {
  return std::make_unique<PlainFile>(index);
}

}  // namespace mlc::bench
