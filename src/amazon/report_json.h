// The answers of the Reports API 2021-06-30, read. Unknown fields are skipped; missing ones that
// the model requires are refused.
#pragma once

#include <string>

#include "amazon/selling_partner_stub.h"
#include "ports/report_source.h"

namespace mlc::amazon {

struct DocumentAddress {
  std::string url;
  bool says_gzip = false;  // compressionAlgorithm; a hint only
};

// Errors of all: amazon.unreadable_answer.
[[nodiscard]] Result<ports::ReportPage> read_report_page(const ApiAnswer& answer);
[[nodiscard]] Result<ports::ReportListing> read_report(const ApiAnswer& answer);
[[nodiscard]] Result<DocumentAddress> read_document_address(const ApiAnswer& answer);

}  // namespace mlc::amazon
