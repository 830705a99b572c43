// Where settlement reports come from (Amazon's Reports API 2021-06-30).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ports/evidence.h"

namespace mlc::ports {

struct ReportListing {
  std::string report_id;  // unique only within a selling account
  std::string report_document_id;
  std::string processing_status;
  Instant created;
  std::optional<Instant> data_start;
  std::optional<Instant> data_end;
  std::vector<std::string> marketplace_ids;
};

struct ReportPage {
  std::vector<ReportListing> reports;
  std::string next_token;  // empty: the last page
};

// What was received, besides the bytes.
struct ReceivedDocument {
  StoredObject object;          // after gunzip, before charset decoding
  std::string received_object;  // id of the gzip as received; empty when it came plain
  std::string content_type;     // of the storage's answer, e.g. "text/plain; charset=Cp1252"
  std::string request_id;       // x-amzn-RequestId of getReportDocument
};

// One selling account in one region. Thread-safe. Nothing here sleeps or retries (beyond one token
// refresh): an error with Again::kLater says with wait() when to come back.
class ReportSource {
 public:
  virtual ~ReportSource() = default;
  // Settlement reports created since `since`; `token` continues a page and then is the only input.
  [[nodiscard]] virtual Result<ReportPage> list_settlement_reports(Instant since,
                                                                   const std::string& token) = 0;
  // getReport: the state of one report.
  [[nodiscard]] virtual Result<ReportListing> report(const std::string& report_id) = 0;
  // Asks for a fresh address and streams the document into the vault.
  [[nodiscard]] virtual Result<ReceivedDocument> download(const std::string& report_document_id,
                                                          EvidenceVault& vault) = 0;
};

}  // namespace mlc::ports
