#include "evidence/object_file.h"

#include <algorithm>

#include "base/digest.h"
#include "base/expect.h"
#include "evidence/errors.h"
#include "evidence/object_index.h"
#include "evidence/zstd_frame.h"

namespace mlc::evidence {
namespace {

constexpr int kLevel = 6;  // a good half of what the best level saves, at ten times its speed

tl::unexpected<Error> damaged(const ObjectId& id, std::string place, std::string found,
                              std::string expected) {
  return failure(kDamaged, {{"object", id.str()},
                            {"place", std::move(place)},
                            {"found", std::move(found)},
                            {"expected", std::move(expected)}});
}

class ObjectWriter final : public ports::EvidenceWriter {
 public:
  ObjectWriter(std::unique_ptr<TemporaryFile> file, FileSystem::Path objects)
      : file_(std::move(file)), objects_(std::move(objects)) {}

  Status write(std::string_view bytes) override {
    MLC_EXPECT(file_ != nullptr);
    hash_.update(bytes);
    while (!bytes.empty()) {
      // One byte more than a frame holds shows that there is something after the cut.
      const auto taken = bytes.substr(0, kFrameContent + 1 - pending_.size());
      pending_ += taken;
      bytes.remove_prefix(taken.size());
      if (pending_.size() > kFrameContent) MLC_TRY_STATUS(write_frame(cut()));
    }
    return {};
  }

  Result<ports::StoredObject> finish() override {
    MLC_EXPECT(file_ != nullptr);
    if (!pending_.empty()) MLC_TRY_STATUS(write_frame(pending_.size()));
    MLC_TRY_STATUS(file_->write(write_index(entries_)));
    const ObjectId id(to_hex(hash_.finish()));
    MLC_TRY_STATUS(file_->move_to(objects_ / id.str()));
    file_.reset();
    return ports::StoredObject{id, size_, static_cast<std::uint32_t>(entries_.size())};
  }

 private:
  // Where the next frame ends: after the last line end that fits, else where it is full.
  [[nodiscard]] std::size_t cut() const {
    const auto line_end = std::string_view(pending_).substr(0, kFrameContent).rfind('\n');
    return line_end == std::string_view::npos ? kFrameContent : line_end + 1;
  }

  Status write_frame(std::size_t length) {
    const auto content = std::string_view(pending_).substr(0, length);
    const std::string frame = compress_frame(content, kLevel);
    MLC_TRY_STATUS(file_->write(frame));
    entries_.push_back(
        {static_cast<std::uint32_t>(frame.size()), static_cast<std::uint32_t>(length),
         static_cast<std::uint32_t>(std::ranges::count(content, '\n')), sha256(frame)});
    size_ += length;
    pending_.erase(0, length);
    return {};
  }

  std::unique_ptr<TemporaryFile> file_;
  FileSystem::Path objects_;
  Sha256Stream hash_;
  std::string pending_;
  std::vector<FrameEntry> entries_;
  std::uint64_t size_ = 0;
};

class ObjectReader final : public ports::EvidenceReader {
 public:
  ObjectReader(ObjectId id, std::unique_ptr<ReadableFile> file, ObjectIndex index)
      : object_{std::move(id), index.content_offset.back(),
                static_cast<std::uint32_t>(index.entries.size())},
        file_(std::move(file)),
        index_(std::move(index)) {}

  const ports::StoredObject& object() const override { return object_; }

  Result<std::string> frame(std::uint32_t index) override {
    MLC_EXPECT(index < index_.entries.size());
    const FrameEntry& entry = index_.entries[index];
    MLC_TRY(const auto stored, file_->read(index_.file_offset[index], entry.stored));
    // The stored bytes carry the hash: some bits of a zstd frame mean nothing when inflated.
    if (const Sha256 found = sha256(stored); found != entry.digest) {
      return damaged(object_.id, "frame " + std::to_string(index), "hash " + to_hex(found),
                     to_hex(entry.digest));
    }
    auto content = inflate_frame(stored, entry.size);
    if (content) return std::move(*content);
    return damaged(object_.id, "frame " + std::to_string(index), "bytes that do not inflate",
                   std::to_string(entry.size) + " bytes of content");
  }

  std::uint64_t frame_offset(std::uint32_t index) const override {
    return index_.content_offset.at(index);
  }
  std::uint64_t lines_before(std::uint32_t index) const override {
    return index_.lines_before.at(index);
  }

 private:
  ports::StoredObject object_;
  std::unique_ptr<ReadableFile> file_;
  ObjectIndex index_;
};

Result<ObjectIndex> load_index(ReadableFile& file, const ObjectId& id) {
  const std::uint64_t size = file.size();
  const auto wrong = [&](std::string expected) {
    return damaged(id, "the index at its end", "a file of " + std::to_string(size) + " bytes",
                   std::move(expected));
  };
  constexpr std::size_t kSmallest = kIndexHeader + kIndexTail;
  if (size < kSmallest) return wrong("at least " + std::to_string(kSmallest));
  MLC_TRY(const auto tail, file.read(size - kIndexTail, kIndexTail));
  const auto frames = read_tail(tail);
  if (!frames) return wrong("the mark of an object in the last 8");
  const std::uint64_t length = kSmallest + std::uint64_t{*frames} * kIndexEntry;
  if (length > size) return wrong("an index of " + std::to_string(*frames) + " frames");
  MLC_TRY(const auto frame, file.read(size - length, static_cast<std::size_t>(length)));
  auto index = read_index(frame, size);
  if (!index) return wrong("an index with its own hash that adds up to the file");
  return std::move(*index);
}

}  // namespace

std::unique_ptr<ports::EvidenceWriter> write_object(std::unique_ptr<TemporaryFile> file,
                                                    FileSystem::Path objects) {
  return std::make_unique<ObjectWriter>(std::move(file), std::move(objects));
}

Result<std::unique_ptr<ports::EvidenceReader>> read_object(FileSystem& files,
                                                           const FileSystem::Path& objects,
                                                           const ObjectId& id) {
  auto file = files.open(objects / id.str());
  if (!file && file.error().is(kFileMissing)) {
    return failure(Error(kNotFound, {{"object", id.str()}}).caused_by(file.error()));
  }
  if (!file) return failure(file.error());
  MLC_TRY(auto index, load_index(**file, id));
  return std::make_unique<ObjectReader>(id, std::move(*file), std::move(index));
}

Status verify_object(FileSystem& files, const FileSystem::Path& objects, const ObjectId& id) {
  MLC_TRY(const auto reader, read_object(files, objects, id));
  Sha256Stream hash;
  for (std::uint32_t i = 0; i < reader->object().frames; ++i) {
    MLC_TRY(const auto content, reader->frame(i));
    hash.update(content);
  }
  const std::string found = to_hex(hash.finish());
  if (found == id.str()) return {};
  return damaged(id, "its whole content", "hash " + found, "its name");
}

}  // namespace mlc::evidence
