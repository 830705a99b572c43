#include "evidence/temporary_file.h"

#include "evidence/errors.h"

namespace mlc::evidence {

Result<std::unique_ptr<TemporaryFile>> TemporaryFile::create(FileSystem& files,
                                                             const FileSystem::Path& incoming,
                                                             std::uint64_t number) {
  for (;; ++number) {
    const auto path = incoming / std::to_string(number);
    auto file = files.create(path);
    if (file) return std::make_unique<TemporaryFile>(files, path, std::move(*file));
    if (!file.error().is(kFileExists)) return failure(file.error());
  }
}

TemporaryFile::TemporaryFile(FileSystem& files, FileSystem::Path path,
                             std::unique_ptr<WritableFile> file)
    : files_(files), path_(std::move(path)), file_(std::move(file)) {}

TemporaryFile::~TemporaryFile() {
  if (moved_) return;
  file_.reset();
  // Best effort: what stays is removed by DirectoryVault::remove_leftovers.
  static_cast<void>(files_.remove(path_).has_value());
}

Status TemporaryFile::move_to(const FileSystem::Path& target) {
  MLC_TRY_STATUS(file_->sync());
  MLC_TRY_STATUS(files_.rename(path_, target));
  moved_ = true;
  return files_.sync_folder(target.parent_path());
}

}  // namespace mlc::evidence
