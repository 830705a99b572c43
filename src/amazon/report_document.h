// Receives a report document: inflated where it comes as gzip, into the evidence vault.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "net/http_client.h"
#include "ports/evidence.h"
#include "runtime/gunzip.h"

namespace mlc::amazon {

// One document. Whether it is gzip is seen from its first two bytes (1F 8B): Amazon's own field
// and the body are known to disagree. A document that begins with `<` is a page of somebody between
// here and Amazon: no report begins so. Not thread-safe.
class DocumentReceiver final : public net::BodySink {
 public:
  // For errors.
  struct Names {
    std::string document;
    std::string request_id;  // what Amazon's support wants to know
    std::string host;        // where it comes from
  };
  // `vault` must outlive it. `limit` is the largest document in bytes, as received and after
  // gunzip.
  DocumentReceiver(ports::EvidenceVault& vault, std::uint64_t limit, Names names);

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
  [[nodiscard]] Status begin();
  [[nodiscard]] Status take(std::string_view bytes);
  [[nodiscard]] Status content(std::string_view bytes);
  [[nodiscard]] tl::unexpected<Error> too_large() const;
  [[nodiscard]] tl::unexpected<Error> damaged(const std::string& reason) const;

  ports::EvidenceVault& vault_;
  const std::uint64_t limit_;
  const Names names_;
  std::string first_;  // bytes before the decision
  bool decided_ = false;
  std::uint64_t received_bytes_ = 0;
  std::uint64_t content_bytes_ = 0;
  std::unique_ptr<ports::EvidenceWriter> content_;
  std::unique_ptr<ports::EvidenceWriter> received_;
  std::unique_ptr<runtime::Gunzip> inflater_;
};

}  // namespace mlc::amazon
