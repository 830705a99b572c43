#include "amazon/report_document.h"

#include "amazon/errors.h"

namespace mlc::amazon {

DocumentReceiver::DocumentReceiver(ports::EvidenceVault& vault, std::uint64_t limit, Names names)
    : vault_(vault), limit_(limit), names_(std::move(names)) {}

tl::unexpected<Error> DocumentReceiver::damaged(const std::string& reason) const {
  return failure(kDocumentDamaged, {{"document", names_.document},
                                    {"reason", reason},
                                    {"offset", std::to_string(received_bytes_)}});
}

Status DocumentReceiver::on_bytes(std::string_view bytes) {
  if (decided_) return take(bytes);
  first_ += bytes;
  if (first_.size() < runtime::kGzipMagic.size()) return {};
  return begin();
}

Status DocumentReceiver::begin() {
  decided_ = true;
  if (first_.front() == '<') {
    return failure(kWebPage, {{"operation", "The download of " + names_.document},
                              {"status", "200"},
                              {"host", names_.host}});
  }
  MLC_TRY(content_, vault_.begin());
  if (first_.starts_with(runtime::kGzipMagic)) {
    MLC_TRY(received_, vault_.begin());
    inflater_ = std::make_unique<runtime::Gunzip>();
  }
  return take(std::exchange(first_, {}));
}

Status DocumentReceiver::take(std::string_view bytes) {
  if (!inflater_) {
    received_bytes_ += bytes.size();
    return content(bytes);
  }
  // A gzip may also hold nothing, for ever.
  if (received_bytes_ + bytes.size() > limit_) return too_large();
  MLC_TRY_STATUS(received_->write(bytes));
  MLC_TRY(const std::string reason,
          inflater_->inflate(bytes, [this](std::string_view piece) { return content(piece); }));
  received_bytes_ += bytes.size();
  if (!reason.empty()) return damaged(reason);
  return {};
}

tl::unexpected<Error> DocumentReceiver::too_large() const {
  return failure(kDocumentTooLarge, {{"document", names_.document},
                                     {"limit", std::to_string(limit_)},
                                     {"request_id", names_.request_id}});
}

Status DocumentReceiver::content(std::string_view bytes) {
  content_bytes_ += bytes.size();
  if (content_bytes_ > limit_) return too_large();
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
