// The Reports API 2021-06-30 as its model says it, as far as settlement reports need it, and
// stricter where in doubt: unknown query parameters are refused.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "net/http_message.h"
#include "net/url.h"
#include "simulators/amazon/document_storage.h"
#include "simulators/amazon/report_shelf.h"

namespace mlc::simulators::amazon {

// A call that is allowed and within its quota.
struct ReportsCall {
  std::string account;         // selling partner id
  net::Parameters parameters;  // of the query, decoded
  std::string id;              // last part of the path, decoded
  std::string body;
  std::string origin;  // of the request, for addresses of documents
  Instant now;
};

// Not thread-safe.
class ReportsEndpoint {
 public:
  // Both must outlive it.
  ReportsEndpoint(ReportShelf& shelf, DocumentStorage& storage)
      : shelf_(shelf), storage_(storage) {}

  [[nodiscard]] net::HttpResponse get_reports(const ReportsCall& call);
  [[nodiscard]] net::HttpResponse get_report(const ReportsCall& call);
  [[nodiscard]] net::HttpResponse get_report_document(const ReportsCall& call);
  // Settlement reports cannot be asked for; nothing else is simulated.
  [[nodiscard]] static net::HttpResponse create_report(const ReportsCall& call);

 private:
  // What a page token stands for. It is good for ten minutes.
  struct Listing {
    std::string account;
    Instant since;
    Instant until;
    std::size_t page_size = 10;
    std::size_t offset = 0;
    Instant expires;
  };
  [[nodiscard]] net::HttpResponse page(Listing listing, Instant now);
  [[nodiscard]] net::HttpResponse next_page(const ReportsCall& call);

  ReportShelf& shelf_;
  DocumentStorage& storage_;
  std::map<std::string, Listing> page_tokens_;
};

}  // namespace mlc::simulators::amazon
