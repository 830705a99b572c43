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
constexpr int kLevel = 12;         // blocks are a few kilobytes: a high level costs little
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
std::string encode(const ports::LineageFrame& frame) {
  std::string out;
  for (const ledger::ClassNumber number : frame.classes) {
    put_varint(out, number == ports::kNoClass ? 0 : std::uint64_t{number} + 1);
  }
  return out;
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

// Counts the rows of every class and notes in which frames it occurs.
Status index_classes(const std::vector<ports::LineageFrame>& frames, LineageFooter& footer) {
  std::vector<std::uint64_t> rows(footer.classes.size());
  footer.frames_with.resize(footer.classes.size());
  for (std::uint32_t f = 0; f < frames.size(); ++f) {
    for (const ledger::ClassNumber number : frames[f].classes) {
      if (number == ports::kNoClass) continue;
      if (number >= rows.size()) return differs(number, 1, 0);
      ++rows[number];
      auto& with = footer.frames_with[number];
      if (with.empty() || with.back() != f) with.push_back(f);
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] != footer.classes[i].rows) return differs(i, rows[i], footer.classes[i].rows);
  }
  return {};
}

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

Result<std::string> write_lineage(const std::vector<ports::LineageFrame>& frames,
                                  const std::vector<ports::LineageClass>& classes,
                                  ports::LineageMark mark) {
  LineageFooter footer{{}, classes, {}, mark};
  MLC_TRY_STATUS(index_classes(frames, footer));
  std::string out;
  for (const ports::LineageFrame& frame : frames) {
    const std::string text = encode(frame);
    const std::string stored = compress_frame(text, kLevel);
    footer.blocks.push_back({stored.size(), text.size(), frame.classes.size()});
    out += stored;
  }
  const std::string text = write_footer(footer);
  const std::string stored = compress_frame(text, kLevel);
  out += stored;
  put_u32(out, static_cast<std::uint32_t>(stored.size()));
  put_u32(out, static_cast<std::uint32_t>(text.size()));
  out += kMagic;
  return out;
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
