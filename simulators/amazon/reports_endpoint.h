// The Reports API 2021-06-30 as its model says it, as far as settlement reports are read, and
// stricter where in doubt: unknown, doubled and empty query parameters are refused.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "net/http_message.h"
#include "net/url.h"
#include "simulators/amazon/document_storage.h"
#include "simulators/amazon/report_shelf.h"
#include "simulators/fault_plan.h"

namespace mlc::simulators::amazon {

// A call that is allowed and within its quota.
struct ReportsCall {
  std::string account;         // selling partner id
  net::Parameters parameters;  // of the query, decoded
  std::string id;              // last part of the path, decoded
  std::string origin;          // of the request, for addresses of documents
  Instant now;
  std::vector<FaultOrder> orders;  // that change the answer
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
  // Only what is IN_QUEUE can be cancelled, and nothing ever is.
  [[nodiscard]] net::HttpResponse cancel_report(const ReportsCall& call);

 private:
  // What a page token stands for. It is good for ten minutes.
  struct Listing {
    std::string account;
    Instant since;
    Instant until;
    std::vector<std::string> statuses;  // empty: all
    std::size_t page_size = 10;
    std::size_t offset = 0;
    Instant expires;
  };
  [[nodiscard]] const ShelvedReport* report_of(const ReportsCall& call);
  [[nodiscard]] std::vector<const ShelvedReport*> reports_of(const Listing& listing, Instant now);
  [[nodiscard]] net::HttpResponse page(Listing listing, const ReportsCall& call);
  [[nodiscard]] net::HttpResponse next_page(const ReportsCall& call);

  ReportShelf& shelf_;
  DocumentStorage& storage_;
  std::map<std::string, Listing> page_tokens_;
};

}  // namespace mlc::simulators::amazon
