// The storage behind presigned addresses. An address is its own permission, for five minutes.
#pragma once

#include <string>

#include "net/http_message.h"
#include "net/url.h"
#include "simulators/amazon/report_shelf.h"

namespace mlc::simulators::amazon {

inline constexpr std::string_view kStorageHost = "simulated-documents.s3.amazonaws.com";

class DocumentStorage {
 public:
  // `shelf` must outlive it. `seed` goes into the signatures.
  DocumentStorage(ReportShelf& shelf, std::uint64_t seed) : shelf_(shelf), seed_(seed) {}

  // An address that is good until `now` plus five minutes. A loopback origin keeps the storage on
  // the same server; any other gets the storage's own host.
  // `names_encoding`: the answer will carry Content-Encoding (enableContentEncodingUrlHeader).
  [[nodiscard]] std::string address(const ShelvedReport& report, const std::string& origin,
                                    Instant now, bool names_encoding) const;
  // `inflated`: something on the way has unpacked the gzip already.
  [[nodiscard]] net::HttpResponse get(const net::HttpRequest& request, const net::Url& url,
                                      Instant now, bool inflated);

 private:
  [[nodiscard]] std::string signature(const std::string& document_id, const std::string& expires,
                                      const std::string& encoding) const;
  ReportShelf& shelf_;
  const std::uint64_t seed_;
};

}  // namespace mlc::simulators::amazon
