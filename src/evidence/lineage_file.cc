#include "evidence/lineage_file.h"

#include "base/digest.h"
#include "base/expect.h"
#include "evidence/bytes.h"
#include "evidence/errors.h"
#include "evidence/lineage_footer.h"
#include "evidence/zstd_frame.h"

namespace mlc::evidence {
namespace {

constexpr std::string_view kMagic = "MLCLINE1";
constexpr std::size_t kTail = 16;  // stored and inflated size of the footer, magic
constexpr int kLevel = 3;
// More than any real footer (each class takes some hundred bytes); bounds what a file can claim.
constexpr std::uint64_t kLargestPart = std::uint64_t{1} << 28U;

tl::unexpected<Error> damaged(const ObjectId& id, std::string place, std::string found,
                              std::string expected) {
  return failure(kDamaged, {{"object", id.str()},
                            {"place", "lineage, " + std::move(place)},
                            {"found", std::move(found)},
                            {"expected", std::move(expected)}});
}

tl::unexpected<Error> differs(std::uint64_t number, std::uint64_t found, std::uint64_t expected) {
  return failure(kLineageDiffers, {{"class", std::to_string(number)},
                                   {"found", std::to_string(found)},
                                   {"expected", std::to_string(expected)}});
}

// 0 for lines of no class, else the class number + 1. zstd finds the runs and the patterns that
// orders repeat; runs counted before it would hide the patterns.
void encode(const ports::LineageFrame& frame, std::string& out) {
  constexpr std::uint64_t kOneByte = 0x80;  // numbers below it
  out.assign(frame.classes.size(), '\0');
  std::size_t at = 0;
  for (const ledger::ClassNumber number : frame.classes) {
    const std::uint64_t written = number == ports::kNoClass ? 0 : std::uint64_t{number} + 1;
    if (written >= kOneByte) break;
    out.data()[at++] = static_cast<char>(written);
  }
  out.resize(at);
  for (; at < frame.classes.size(); ++at) {
    const ledger::ClassNumber number = frame.classes[at];
    put_varint(out, number == ports::kNoClass ? 0 : std::uint64_t{number} + 1);
  }
}

std::optional<ports::LineageFrame> decode(std::string_view text, std::uint64_t lines,
                                          std::size_t classes) {
  ByteCursor cursor(text);
  ports::LineageFrame frame;
  for (std::uint64_t i = 0; i < lines && cursor.ok(); ++i) {
    const std::uint64_t number = cursor.varint();
    if (number > classes) return std::nullopt;
    frame.classes.push_back(number == 0 ? ports::kNoClass
                                        : static_cast<ledger::ClassNumber>(number - 1));
  }
  if (!cursor.at_end()) return std::nullopt;
  return frame;
}

class LineageFileWriter final : public ports::LineageWriter {
 public:
  LineageFileWriter(std::unique_ptr<TemporaryFile> file, FileSystem::Path folder)
      : file_(std::move(file)), folder_(std::move(folder)), compressor_(kLevel) {}

  Status add(const ports::LineageFrame& frame) override {
    MLC_EXPECT(file_ != nullptr);
    index(frame, static_cast<std::uint32_t>(blocks_.size()));
    encode(frame, text_);
    compressor_.compress(text_, stored_);
    blocks_.push_back({stored_.size(), text_.size(), frame.classes.size()});
    return write(stored_);
  }

  Result<ObjectId> finish(const std::vector<ports::LineageClass>& classes,
                          ports::LineageMark mark) override {
    MLC_EXPECT(file_ != nullptr);
    MLC_TRY_STATUS(check(classes));
    const std::string text = write_footer(blocks_, classes, frames_with_, mark);
    compressor_.compress(text, stored_);
    MLC_TRY_STATUS(write(stored_));
    std::string tail;
    put_u32(tail, static_cast<std::uint32_t>(stored_.size()));
    put_u32(tail, static_cast<std::uint32_t>(text.size()));
    tail += kMagic;
    MLC_TRY_STATUS(write(tail));
    ObjectId id(to_hex(hash_.finish()));
    const auto file = std::move(file_);
    MLC_TRY_STATUS(file->move_to(folder_ / id.str()));
    return id;
  }

 private:
  Status write(std::string_view bytes) {
    hash_.update(bytes);
    return file_->write(bytes);
  }

  // Counts the rows of every class and notes in which frames it occurs.
  void index(const ports::LineageFrame& frame, std::uint32_t number_of_frame) {
    for (const ledger::ClassNumber number : frame.classes) {
      if (number == ports::kNoClass) continue;
      if (number >= rows_.size()) {
        rows_.resize(std::size_t{number} + 1, 0);
        frames_with_.resize(std::size_t{number} + 1);
      }
      ++rows_[number];
      frames_with_[number].add(number_of_frame);
    }
  }

  [[nodiscard]] Status check(const std::vector<ports::LineageClass>& classes) const {
    for (std::size_t i = classes.size(); i < rows_.size(); ++i) {
      if (rows_[i] > 0) return differs(i, rows_[i], 0);
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const std::uint64_t rows = i < rows_.size() ? rows_[i] : 0;
      if (rows != classes[i].rows) return differs(i, rows, classes[i].rows);
    }
    return {};
  }

  std::unique_ptr<TemporaryFile> file_;
  FileSystem::Path folder_;
  FrameCompressor compressor_;
  Sha256Stream hash_;
  std::string text_;    // of one block
  std::string stored_;  // the same, compressed
  std::vector<LineageBlock> blocks_;
  std::vector<std::uint64_t> rows_;  // by class
  std::vector<FrameList> frames_with_;
};

class Lineage final : public ports::LineageReader {
 public:
  Lineage(ObjectId id, std::string bytes, LineageFooter footer)
      : id_(std::move(id)), bytes_(std::move(bytes)), footer_(std::move(footer)) {
    offsets_.push_back(0);
    for (const LineageBlock& block : footer_.blocks) {
      offsets_.push_back(offsets_.back() + block.stored);
    }
  }

  const std::vector<ports::LineageClass>& classes() const override { return footer_.classes; }
  ports::LineageMark mark() const override { return footer_.mark; }
  std::uint32_t frames() const override {
    return static_cast<std::uint32_t>(footer_.blocks.size());
  }

  Result<ports::LineageFrame> frame(std::uint32_t index) override {
    MLC_EXPECT(index < footer_.blocks.size());
    const LineageBlock& block = footer_.blocks[index];
    const auto stored = std::string_view(bytes_).substr(offsets_[index], block.stored);
    const auto text = inflate_frame(stored, block.encoded);
    auto decoded = text ? decode(*text, block.lines, footer_.classes.size()) : std::nullopt;
    if (decoded) return std::move(*decoded);
    return damaged(id_, "block " + std::to_string(index), "something else",
                   std::to_string(block.lines) + " class numbers");
  }

  std::vector<std::uint32_t> frames_with(ledger::ClassNumber number) const override {
    return number < footer_.frames_with.size() ? footer_.frames_with[number]
                                               : std::vector<std::uint32_t>{};
  }

 private:
  ObjectId id_;
  std::string bytes_;
  LineageFooter footer_;
  std::vector<std::uint64_t> offsets_;
};

bool blocks_fit(const LineageFooter& footer, std::uint64_t room) {
  std::uint64_t sum = 0;
  for (const LineageBlock& block : footer.blocks) {
    if (block.stored > room - sum || block.encoded > kLargestPart) return false;
    sum += block.stored;
  }
  return sum == room;
}

std::optional<LineageFooter> load_footer(std::string_view bytes) {
  if (bytes.size() < kTail || !bytes.ends_with(kMagic)) return std::nullopt;
  ByteCursor tail(bytes.substr(bytes.size() - kTail));
  const std::uint32_t stored = tail.u32();
  const std::uint32_t inflated = tail.u32();
  if (stored > bytes.size() - kTail || inflated > kLargestPart) return std::nullopt;
  const std::size_t start = bytes.size() - kTail - stored;
  const auto text = inflate_frame(bytes.substr(start, stored), inflated);
  auto footer = text ? read_footer(*text) : std::nullopt;
  if (!footer || !blocks_fit(*footer, start)) return std::nullopt;
  return footer;
}

}  // namespace

std::unique_ptr<ports::LineageWriter> write_lineage(std::unique_ptr<TemporaryFile> file,
                                                    FileSystem::Path folder) {
  return std::make_unique<LineageFileWriter>(std::move(file), std::move(folder));
}

Result<std::unique_ptr<ports::LineageReader>> read_lineage(std::string bytes, const ObjectId& id) {
  const std::string found = to_hex(sha256(bytes));
  if (found != id.str()) {
    return damaged(id, "its whole content",
                   "hash " + found + " of " + std::to_string(bytes.size()) + " bytes", "its name");
  }
  auto footer = load_footer(bytes);
  if (!footer) {
    return damaged(id, "its footer", "another format", "a lineage file of this version");
  }
  return std::make_unique<Lineage>(id, std::move(bytes), std::move(*footer));
}

}  // namespace mlc::evidence
