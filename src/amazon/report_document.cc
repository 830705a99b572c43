#include "amazon/report_document.h"

#include <algorithm>
#include <array>
#include <limits>
#include <zlib.h>

#include "amazon/errors.h"
#include "base/expect.h"

namespace mlc::amazon {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";

}  // namespace

// zlib's inflate over one or more gzip members, as RFC 1952 allows.
class DocumentReceiver::Inflater {
 public:
  Inflater() { MLC_EXPECT(inflateInit2(&stream_, kGzipOnly) == Z_OK); }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  [[nodiscard]] bool complete() const { return at_end_; }

  // Hands inflated pieces to `take`. An empty reason in the answer means that all went well.
  template <class Take>
  Result<std::string> inflate(std::string_view bytes, const Take& take) {
    MLC_EXPECT(bytes.size() <= std::numeric_limits<uInt>::max());
    // zlib does not change the input; its type is older than const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    while (stream_.avail_in > 0 || more_) {
      if (at_end_ && !next_member()) return std::string("bytes after the end of the gzip");
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int code = ::inflate(&stream_, Z_NO_FLUSH);
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        return std::string("not a valid gzip");
      }
      MLC_TRY_STATUS(take(std::string_view(out_.data(), out_.size() - stream_.avail_out)));
      at_end_ = code == Z_STREAM_END;
      // A full buffer may mean that more output waits inside.
      more_ = stream_.avail_out == 0 && !at_end_;
      if (code == Z_BUF_ERROR) break;
    }
    return std::string();
  }

 private:
  static constexpr int kGzipOnly = 15 + 16;

  bool next_member() {
    if (*stream_.next_in != static_cast<Bytef>(kGzipMagic[0])) return false;
    at_end_ = false;
    return inflateReset(&stream_) == Z_OK;
  }

  z_stream stream_{};
  std::array<char, 64UL * 1024> out_{};
  bool at_end_ = false;
  bool more_ = false;
};

DocumentReceiver::DocumentReceiver(ports::EvidenceVault& vault, std::uint64_t limit,
                                   std::string document)
    : vault_(vault), limit_(limit), document_(std::move(document)) {}

DocumentReceiver::~DocumentReceiver() = default;

tl::unexpected<Error> DocumentReceiver::damaged(const std::string& reason) const {
  return failure(
      kDocumentDamaged,
      {{"document", document_}, {"reason", reason}, {"offset", std::to_string(received_bytes_)}});
}

Status DocumentReceiver::on_bytes(std::string_view bytes) {
  if (decided_) return take(bytes);
  first_ += bytes;
  if (first_.size() < kGzipMagic.size()) return {};
  return begin();
}

Status DocumentReceiver::begin() {
  decided_ = true;
  if (first_.front() == '<') {
    return failure(kWebPage, {{"operation", "The download of " + document_},
                              {"status", "200"},
                              {"host", "the storage's address"}});
  }
  MLC_TRY(content_, vault_.begin());
  if (first_.starts_with(kGzipMagic)) {
    MLC_TRY(received_, vault_.begin());
    inflater_ = std::make_unique<Inflater>();
  }
  return take(std::exchange(first_, {}));
}

Status DocumentReceiver::take(std::string_view bytes) {
  if (!inflater_) {
    received_bytes_ += bytes.size();
    return content(bytes);
  }
  MLC_TRY_STATUS(received_->write(bytes));
  MLC_TRY(const std::string reason,
          inflater_->inflate(bytes, [this](std::string_view piece) { return content(piece); }));
  received_bytes_ += bytes.size();
  if (!reason.empty()) return damaged(reason);
  return {};
}

Status DocumentReceiver::content(std::string_view bytes) {
  content_bytes_ += bytes.size();
  if (content_bytes_ > limit_) {
    return failure(kDocumentTooLarge, {{"document", document_}, {"limit", std::to_string(limit_)}});
  }
  return content_->write(bytes);
}

Result<DocumentReceiver::Stored> DocumentReceiver::finish() {
  if (!decided_) {
    if (first_.empty()) return damaged("it is empty");
    MLC_TRY_STATUS(begin());
  }
  if (inflater_ && !inflater_->complete()) return damaged("the gzip is cut off");
  Stored stored;
  if (received_) {
    MLC_TRY(const auto gzip, received_->finish());
    stored.received = gzip.id.str();
  }
  MLC_TRY(stored.content, content_->finish());
  return stored;
}

}  // namespace mlc::amazon
