#include "amazon/report_json.h"

#include <simdjson.h>

#include "amazon/errors.h"
#include "amazon/safe_text.h"

namespace mlc::amazon {
namespace {

using simdjson::dom::element;

// Reads fields of one JSON object and remembers the first that was not as it should be.
class Fields {
 public:
  explicit Fields(element object) : object_(object) {}

  std::string required(const char* name) {
    std::string_view text;
    if (object_[name].get(text) != simdjson::SUCCESS || text.empty()) note(name);
    return std::string(text);
  }
  std::string optional(const char* name) const {
    std::string_view text;
    if (object_[name].get(text) != simdjson::SUCCESS) return "";
    return std::string(text);
  }
  Instant required_instant(const char* name) {
    const auto instant = parse_instant(required(name));
    if (!instant) note(name);
    return instant.value_or(Instant());
  }
  std::optional<Instant> optional_instant(const char* name) {
    const std::string text = optional(name);
    if (text.empty()) return std::nullopt;
    auto instant = parse_instant(text);
    if (!instant) note(name);
    return instant;
  }
  std::vector<std::string> texts(const char* name) const {
    std::vector<std::string> out;
    simdjson::dom::array array;
    if (object_[name].get(array) != simdjson::SUCCESS) return out;
    for (const element item : array) {
      std::string_view text;
      if (item.get(text) == simdjson::SUCCESS) out.emplace_back(text);
    }
    return out;
  }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  void note(const char* name) {
    if (fault_.empty()) fault_ = std::string(name) + " is missing or not as expected";
  }
  element object_;
  std::string fault_;
};

tl::unexpected<Error> unreadable(const char* operation, const ApiAnswer& answer,
                                 const std::string& reason) {
  return failure(
      kUnreadableAnswer,
      {{"operation", operation}, {"reason", reason}, {"request_id", safe_text(answer.request_id)}});
}

Result<ports::ReportListing> listing_of(element object, const char* operation,
                                        const ApiAnswer& answer) {
  Fields fields(object);
  ports::ReportListing listing;
  listing.report_id = fields.required("reportId");
  listing.processing_status = fields.required("processingStatus");
  listing.created = fields.required_instant("createdTime");
  listing.report_document_id = fields.optional("reportDocumentId");
  listing.data_start = fields.optional_instant("dataStartTime");
  listing.data_end = fields.optional_instant("dataEndTime");
  listing.marketplace_ids = fields.texts("marketplaceIds");
  // DONE without a document would be waited for, for ever.
  const bool done = listing.processing_status == "DONE";
  if (done && listing.report_document_id.empty()) fields.required("reportDocumentId");
  if (!fields.fault().empty()) return unreadable(operation, answer, fields.fault());
  return listing;
}

}  // namespace

Result<ports::ReportPage> read_report_page(const ApiAnswer& answer) {
  constexpr const char* kOperation = "getReports";
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(answer.body).get(root) != simdjson::SUCCESS) {
    return unreadable(kOperation, answer, "this is no JSON");
  }
  simdjson::dom::array reports;
  if (root["reports"].get(reports) != simdjson::SUCCESS) {
    return unreadable(kOperation, answer, "reports is missing or no list");
  }
  ports::ReportPage page;
  for (const element report : reports) {
    MLC_TRY(auto listing, listing_of(report, kOperation, answer));
    page.reports.push_back(std::move(listing));
  }
  page.next_token = Fields(root).optional("nextToken");
  return page;
}

Result<ports::ReportListing> read_report(const ApiAnswer& answer) {
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(answer.body).get(root) != simdjson::SUCCESS) {
    return unreadable("getReport", answer, "this is no JSON");
  }
  return listing_of(root, "getReport", answer);
}

Result<DocumentAddress> read_document_address(const ApiAnswer& answer) {
  constexpr const char* kOperation = "getReportDocument";
  simdjson::dom::parser parser;
  element root;
  if (parser.parse(answer.body).get(root) != simdjson::SUCCESS) {
    return unreadable(kOperation, answer, "this is no JSON");
  }
  Fields fields(root);
  DocumentAddress address;
  address.url = fields.required("url");
  address.says_gzip = fields.optional("compressionAlgorithm") == "GZIP";
  if (!fields.fault().empty()) return unreadable(kOperation, answer, fields.fault());
  return address;
}

}  // namespace mlc::amazon
