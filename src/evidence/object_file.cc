#include "evidence/object_file.h"

#include <cstring>
#include <deque>
#include <vector>

#include "base/digest.h"
#include "base/expect.h"
#include "evidence/errors.h"
#include "evidence/frame_press.h"
#include "evidence/helper_thread.h"
#include "evidence/object_index.h"
#include "evidence/page_buffer.h"
#include "evidence/zstd_frame.h"

namespace mlc::evidence {
namespace {

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
      : file_(std::move(file)), objects_(std::move(objects)), press_(kObjectLevel) {}

  Status write(std::string_view bytes) override {
    MLC_EXPECT(file_ != nullptr);
    hash_.update(bytes);
    while (!bytes.empty()) {
      if (!filling_) filling_ = press_.blank();
      // One byte more than a frame holds shows that there is something after the cut.
      const auto taken = bytes.substr(0, kFrameContent + 1 - filling_->filled);
      std::memcpy(filling_->content.data() + filling_->filled, taken.data(), taken.size());
      filling_->filled += taken.size();
      bytes.remove_prefix(taken.size());
      if (filling_->filled > kFrameContent) MLC_TRY_STATUS(put_frame());
    }
    return {};
  }

  Result<ports::StoredObject> finish() override {
    MLC_EXPECT(file_ != nullptr);
    while (press_.is_full()) {
      MLC_TRY_STATUS(write_oldest());
    }
    if (filling_) press_.put(std::move(filling_));
    while (!press_.is_empty()) {
      MLC_TRY_STATUS(write_oldest());
    }
    MLC_TRY_STATUS(file_->write(write_index(entries_)));
    const ObjectId id(to_hex(hash_.finish()));
    MLC_TRY_STATUS(file_->move_to(objects_ / id.str()));
    file_.reset();
    return ports::StoredObject{id, size_, static_cast<std::uint32_t>(entries_.size())};
  }

 private:
  // The frame ends after the last line end that fits, else where it is full; the rest begins the
  // next one.
  Status put_frame() {
    while (press_.is_full()) {
      MLC_TRY_STATUS(write_oldest());
    }
    auto rest = press_.blank();
    const std::string_view content(filling_->content.data(), filling_->filled);
    const auto line_end = content.substr(0, kFrameContent).rfind('\n');
    const std::size_t cut = line_end == std::string_view::npos ? kFrameContent : line_end + 1;
    rest->filled = content.size() - cut;
    std::memcpy(rest->content.data(), content.data() + cut, rest->filled);
    filling_->filled = cut;
    press_.put(std::move(filling_));
    filling_ = std::move(rest);
    return {};
  }

  // Which frame is written when depends on the content alone, not on how fast the threads are.
  Status write_oldest() {
    const PressedFrame& frame = press_.oldest();
    MLC_TRY_STATUS(file_->write(frame.stored));
    entries_.push_back(frame.entry);
    size_ += frame.entry.size;
    press_.drop_oldest();
    return {};
  }

  std::unique_ptr<TemporaryFile> file_;
  FileSystem::Path objects_;
  Sha256Stream hash_;
  std::unique_ptr<PressedFrame> filling_;
  std::vector<FrameEntry> entries_;
  std::uint64_t size_ = 0;
  FramePress press_;
};

// Reads frames, and the ones after them ahead while its caller works on one.
class ObjectReader final : public ports::EvidenceReader {
 public:
  ObjectReader(ObjectId id, std::unique_ptr<ReadableFile> file, ObjectIndex index)
      : object_{std::move(id), index.content_offset.back(),
                static_cast<std::uint32_t>(index.entries.size())},
        file_(std::move(file)),
        index_(std::move(index)) {}

  const ports::StoredObject& object() const override { return object_; }

  Result<std::string_view> frame(std::uint32_t index) override {
    MLC_EXPECT(index < index_.entries.size());
    drop_others(index);
    if (loading_.empty()) begin(index);
    const bool in_order = index == next_;
    next_ = index + 1;
    while (in_order && loading_.size() <= kAhead && index + loading_.size() < object_.frames) {
      begin(index + static_cast<std::uint32_t>(loading_.size()));
      helper_.give(loading_.back()->chore);
    }
    Loading& wanted = *loading_.front();
    helper_.finish(wanted.chore);
    return wanted.answer(object_.id, index_.entries[index]);
  }

  std::uint64_t frame_offset(std::uint32_t index) const override {
    return index_.content_offset.at(index);
  }
  std::uint64_t lines_before(std::uint32_t index) const override {
    return index_.lines_before.at(index);
  }

 private:
  static constexpr std::size_t kAhead = 2;

  struct Loading {
    std::uint32_t index = 0;
    PageBuffer content{kFrameContent};
    Result<std::string> stored;  // as read from the file
    Sha256 digest{};
    bool inflates = false;
    std::shared_ptr<Chore> chore;

    void inflate(const FrameEntry& entry) {
      if (!stored) return;
      digest = sha256(*stored);
      inflates = digest == entry.digest && inflate_frame_into(*stored, content.data(), entry.size);
    }
    [[nodiscard]] Result<std::string_view> answer(const ObjectId& id,
                                                  const FrameEntry& entry) const {
      if (!stored) return failure(stored.error());
      const std::string place = "frame " + std::to_string(index);
      // The stored bytes carry the hash: some bits of a zstd frame mean nothing when inflated.
      if (digest != entry.digest) {
        return damaged(id, place, "hash " + to_hex(digest), to_hex(entry.digest));
      }
      if (inflates) return std::string_view(content.data(), entry.size);
      return damaged(id, place, "bytes that do not inflate",
                     std::to_string(entry.size) + " bytes of content");
    }
  };

  // Keeps what is loaded or being loaded from `index` on, when it begins there.
  void drop_others(std::uint32_t index) {
    while (!loading_.empty() && loading_.front()->index != index) {
      helper_.finish(loading_.front()->chore);
      free_.push_back(std::move(loading_.front()));
      loading_.pop_front();
    }
  }

  // Reads the stored bytes here and leaves the rest to be done.
  void begin(std::uint32_t index) {
    if (free_.empty()) free_.push_back(std::make_unique<Loading>());
    auto one = std::move(free_.back());
    free_.pop_back();
    const FrameEntry& entry = index_.entries[index];
    one->index = index;
    one->inflates = false;
    one->stored = file_->read(index_.file_offset[index], entry.stored);
    Loading& loading = *one;
    one->chore = std::make_shared<Chore>([&loading, &entry] { loading.inflate(entry); });
    loading_.push_back(std::move(one));
  }

  ports::StoredObject object_;
  std::unique_ptr<ReadableFile> file_;
  ObjectIndex index_;
  std::uint32_t next_ = 0;                        // when frames are asked for in their order
  std::deque<std::unique_ptr<Loading>> loading_;  // consecutive frames
  std::vector<std::unique_ptr<Loading>> free_;
  HelperThread helper_;  // last: it ends before what its chores use
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
