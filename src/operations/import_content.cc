#include "operations/import_content.h"

#include <memory>

#include "evidence/page_buffer.h"
#include "operations/errors.h"
#include "runtime/gunzip.h"

namespace mlc::operations {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

class Intake {
 public:
  Intake(ports::EvidenceVault& vault, const std::string& file, std::uint64_t limit)
      : vault_(vault), file_(file), limit_(limit) {}

  // The first piece holds two bytes at least, unless the file has only one.
  Status take(std::string_view piece) {
    if (received_bytes_ == 0) MLC_TRY_STATUS(begin(piece));
    if (received_bytes_ + piece.size() > limit_) return too_large();
    if (gunzip_ == nullptr) {
      received_bytes_ += piece.size();
      return content_->write(piece);
    }
    MLC_TRY_STATUS(received_->write(piece));
    MLC_TRY(const std::string reason,
            gunzip_->inflate(piece, [this](std::string_view part) { return inflated(part); }));
    if (!reason.empty()) return damaged(reason);
    received_bytes_ += piece.size();
    return {};
  }

  Result<ImportedContent> finish() {
    if (received_bytes_ == 0) return failure(kEmptyFile, {{"file", file_}});
    if (gunzip_ != nullptr && !gunzip_->complete()) return damaged("it is cut off");
    if (gunzip_ != nullptr && content_bytes_ == 0) return failure(kEmptyFile, {{"file", file_}});
    ImportedContent out;
    if (received_ != nullptr) {
      MLC_TRY(const auto gzip, received_->finish());
      out.received = gzip.id.str();
    }
    MLC_TRY(out.content, content_->finish());
    return out;
  }

  [[nodiscard]] std::uint64_t bytes() const { return received_bytes_; }

 private:
  Status begin(std::string_view piece) {
    MLC_TRY(content_, vault_.begin());
    if (!piece.starts_with(runtime::kGzipMagic)) return {};
    MLC_TRY(received_, vault_.begin());
    gunzip_ = std::make_unique<runtime::Gunzip>();
    return {};
  }

  Status inflated(std::string_view part) {
    content_bytes_ += part.size();
    if (content_bytes_ > limit_) return too_large();
    return content_->write(part);
  }

  [[nodiscard]] tl::unexpected<Error> too_large() const {
    return failure(kFileTooLarge, {{"file", file_}, {"limit", std::to_string(limit_)}});
  }
  [[nodiscard]] tl::unexpected<Error> damaged(const std::string& reason) const {
    return failure(
        kDamagedGzip,
        {{"file", file_}, {"reason", reason}, {"offset", std::to_string(received_bytes_)}});
  }

  ports::EvidenceVault& vault_;
  const std::string& file_;
  const std::uint64_t limit_;
  std::unique_ptr<ports::EvidenceWriter> content_;
  std::unique_ptr<ports::EvidenceWriter> received_;
  std::unique_ptr<runtime::Gunzip> gunzip_;
  std::uint64_t received_bytes_ = 0;
  std::uint64_t content_bytes_ = 0;  // of a gzip
};

}  // namespace

Result<ImportedContent> store_content(ports::EvidenceVault& vault, const std::string& file,
                                      std::istream& content, std::uint64_t limit,
                                      const std::function<void(std::uint64_t)>& progress) {
  Intake intake(vault, file, limit);
  evidence::PageBuffer piece(kPiece);
  while (content) {
    content.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(content.gcount());
    if (got == 0) break;
    MLC_TRY_STATUS(intake.take({piece.data(), got}));
    if (progress) progress(intake.bytes());
  }
  if (content.bad()) return failure(kFileFailed, {{"file", file}});
  return intake.finish();
}

}  // namespace mlc::operations
