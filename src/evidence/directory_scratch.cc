#include "evidence/directory_scratch.h"

#include "evidence/errors.h"

namespace mlc::evidence {
namespace {

class DirectoryScratch final : public ports::ScratchFile {
 public:
  DirectoryScratch(FileSystem& files, FileSystem::Path path, std::unique_ptr<WritableFile> file)
      : files_(files), path_(std::move(path)), writer_(std::move(file)) {}
  ~DirectoryScratch() override {
    writer_.reset();
    reader_.reset();
    static_cast<void>(files_.remove(path_).has_value());  // best effort, as for leftovers
  }
  DirectoryScratch(const DirectoryScratch&) = delete;
  DirectoryScratch& operator=(const DirectoryScratch&) = delete;

  Status append(std::string_view bytes) override { return writer_->write(bytes); }

  Result<std::string> read(std::uint64_t offset, std::size_t count) override {
    if (reader_ == nullptr) {
      writer_.reset();
      MLC_TRY(reader_, files_.open(path_));
    }
    return reader_->read(offset, count);
  }

 private:
  FileSystem& files_;
  FileSystem::Path path_;
  std::unique_ptr<WritableFile> writer_;
  std::unique_ptr<ReadableFile> reader_{};
};

}  // namespace

Result<std::unique_ptr<ports::ScratchFile>> make_scratch(FileSystem& files,
                                                         const FileSystem::Path& incoming,
                                                         std::uint64_t number) {
  for (;; ++number) {
    const auto path = incoming / std::to_string(number);
    auto file = files.create(path);
    if (file) {
      return std::unique_ptr<ports::ScratchFile>(
          std::make_unique<DirectoryScratch>(files, path, std::move(*file)));
    }
    if (!file.error().is(kFileExists)) return failure(file.error());
  }
}

}  // namespace mlc::evidence
