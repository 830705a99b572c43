// Receives a report document: inflated where it comes as gzip, into the evidence vault.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "net/http_client.h"
#include "ports/evidence.h"

namespace mlc::amazon {

// One document. Whether it is gzip is seen from its first two bytes (1F 8B): Amazon's own field
// and the body are known to disagree. A document that begins with `<` is a page of somebody between
// here and Amazon: no report begins so. Not thread-safe.
class DocumentReceiver final : public net::BodySink {
 public:
  // `vault` must outlive it. `limit` is the largest content in bytes, after gunzip. `document`
  // names it in errors.
  DocumentReceiver(ports::EvidenceVault& vault, std::uint64_t limit, std::string document);
  ~DocumentReceiver() override;

  // Errors: amazon.document_damaged, amazon.document_too_large, amazon.web_page, those of the
  // vault.
  Status on_bytes(std::string_view bytes) override;

  struct Stored {
    ports::StoredObject content;
    std::string received;  // id of the gzip as received; empty when it came plain
  };
  // Call it once, after the last byte. Errors: amazon.document_damaged for an empty or cut
  // document, those of the vault.
  [[nodiscard]] Result<Stored> finish();

 private:
  class Inflater;
  [[nodiscard]] Status begin();
  [[nodiscard]] Status take(std::string_view bytes);
  [[nodiscard]] Status content(std::string_view bytes);
  [[nodiscard]] tl::unexpected<Error> damaged(const std::string& reason) const;

  ports::EvidenceVault& vault_;
  const std::uint64_t limit_;
  const std::string document_;
  std::string first_;  // bytes before the decision
  bool decided_ = false;
  std::uint64_t received_bytes_ = 0;
  std::uint64_t content_bytes_ = 0;
  std::unique_ptr<ports::EvidenceWriter> content_;
  std::unique_ptr<ports::EvidenceWriter> received_;
  std::unique_ptr<Inflater> inflater_;
};

}  // namespace mlc::amazon
