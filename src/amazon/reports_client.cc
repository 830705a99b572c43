#include "amazon/reports_client.h"

#include <algorithm>

#include "amazon/errors.h"
#include "amazon/report_document.h"
#include "amazon/report_json.h"

namespace mlc::amazon {
namespace {

constexpr std::chrono::days kReach{89};

class ReportsClient final : public ports::ReportSource {
 public:
  ReportsClient(SellingPartnerConnection& connection, net::HttpClient& http,
                const runtime::Clock& clock, ReportsSettings settings)
      : connection_(connection), http_(http), clock_(clock), settings_(std::move(settings)) {}

  Result<ports::ReportPage> list_settlement_reports(Instant since,
                                                    const std::string& token) override {
    ApiCall call;
    call.operation = Operation::kGetReports;
    if (token.empty()) {
      const Instant reach = clock_.now() - kReach;
      call.query = {{"reportTypes", std::string(kSettlementReportType)},
                    {"pageSize", "100"},
                    {"createdSince", format_instant(std::max(since, reach))}};
    } else {
      call.query = {{"nextToken", token}};
    }
    MLC_TRY(const ApiAnswer answer, connection_.call(call));
    MLC_TRY(ports::ReportPage page, read_report_page(answer));
    // Following it would read the same page for ever.
    if (!token.empty() && page.next_token == token) {
      const std::string name(row_of(call.operation).name);
      return failure(Error(kPageRepeated, {{"operation", name}}).with_wait(Duration::zero()));
    }
    return page;
  }

  Result<ports::ReportListing> report(const std::string& report_id) override {
    MLC_TRY(const ApiAnswer answer,
            connection_.call({Operation::kGetReport, report_id, {}, std::nullopt}));
    return read_report(answer);
  }

  Result<ports::ReceivedDocument> download(const std::string& report_document_id,
                                           ports::EvidenceVault& vault) override {
    MLC_TRY(
        const ApiAnswer answer,
        connection_.call({Operation::kGetReportDocument, report_document_id, {}, std::nullopt}));
    MLC_TRY(const DocumentAddress address, read_document_address(answer));
    DocumentReceiver receiver(vault, settings_.document_bytes, report_document_id);
    net::HttpRequest request;
    request.url = address.url;
    // The address is the permission: no token leaves for the storage.
    request.headers = {{"user-agent", settings_.user_agent}};
    request.limits = settings_.download;
    MLC_TRY(const net::HttpResponse response, http_.receive(request, receiver));
    if (!response.ok()) return failure(storage_error(response.status, report_document_id));
    MLC_TRY(const auto stored, receiver.finish());
    return ports::ReceivedDocument{stored.content, stored.received,
                                   std::string(net::header_value(response.headers, "content-type")),
                                   answer.request_id};
  }

 private:
  static Error storage_error(int status, const std::string& document) {
    const std::vector<Fact> facts = {{"document", document}, {"status", std::to_string(status)}};
    if (status == 403) return Error(kAddressExpired, facts).with_wait(Duration::zero());
    const bool later = status >= 500 || status == 408 || status == 429;
    return Error(later ? kStorageUnavailable : kStorageRefused, facts);
  }

  SellingPartnerConnection& connection_;
  net::HttpClient& http_;
  const runtime::Clock& clock_;
  const ReportsSettings settings_;
};

}  // namespace

std::unique_ptr<ports::ReportSource> reports_client(SellingPartnerConnection& connection,
                                                    net::HttpClient& http,
                                                    const runtime::Clock& clock,
                                                    ReportsSettings settings) {
  return std::make_unique<ReportsClient>(connection, http, clock, std::move(settings));
}

}  // namespace mlc::amazon
