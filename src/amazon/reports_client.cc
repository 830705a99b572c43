#include "amazon/reports_client.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "amazon/errors.h"
#include "amazon/report_document.h"
#include "amazon/report_json.h"
#include "amazon/safe_text.h"
#include "net/errors.h"
#include "net/url.h"

namespace mlc::amazon {
namespace {

constexpr std::chrono::days kReach{89};

// How many reports a page holds, as far as Amazon bears it. Thread-safe.
class PageSize {
 public:
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return std::to_string(size_);
  }
  void learn(const Result<ApiAnswer>& answer) {
    const std::lock_guard lock(mutex_);
    if (answer) {
      size_ = std::min(kLargest, size_ * 2);
    } else if (is_too_much(answer.error())) {
      size_ = std::max(kSmallest, size_ / 2);
    }
  }

 private:
  static constexpr int kLargest = 100;  // Amazon's limit
  static constexpr int kSmallest = 10;  // Amazon's default

  static bool is_too_much(const Error& error) {
    return error.is(net::kTimeout) || error.is(net::kBodyTooLarge) ||
           (error.is(kUnavailable) && error.fact("status") == "500");
  }

  mutable std::mutex mutex_;
  int size_ = kLargest;
};

// The page tokens of the listing under way. Thread-safe.
class PagesRead {
 public:
  // The first page of a listing is asked for.
  void begin() {
    const std::lock_guard lock(mutex_);
    tokens_.clear();
  }
  // Whether the page `asked` names as next one that was read before; empty: the last page.
  bool in_circles(const std::string& asked, const std::string& next) {
    const std::lock_guard lock(mutex_);
    if (!asked.empty()) tokens_.insert(asked);
    return !next.empty() && (tokens_.contains(next) || tokens_.size() >= kMostPages);
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return tokens_.size() + 1;
  }

 private:
  static constexpr std::size_t kMostPages = 1'000;
  mutable std::mutex mutex_;
  std::set<std::string, std::less<>> tokens_;
};

// "Request has expired", or the credentials it was signed with.
bool says_expired(const std::string& body) {
  return body.find("has expired") != std::string::npos ||
         body.find("ExpiredToken") != std::string::npos;
}

// The text between <Message> and its end; Amazon's storage answers in XML.
std::string message_of(const std::string& body) {
  constexpr std::string_view kBegin = "<Message>";
  const auto begin = body.find(kBegin);
  const auto end = body.find("</Message>");
  if (begin == std::string::npos || end == std::string::npos || end < begin)
    return "no reason given";
  return safe_text(body.substr(begin + kBegin.size(), end - begin - kBegin.size()));
}

Error storage_error(const net::HttpResponse& response, const std::string& document,
                    const std::string& host) {
  const std::vector<Fact> facts = {{"document", document},
                                   {"status", std::to_string(response.status)},
                                   {"host", host},
                                   {"message", message_of(response.body)}};
  if (response.status == 403 && says_expired(response.body)) {
    return Error(kAddressExpired, facts).with_wait(Duration::zero());
  }
  if (response.status == 403) return Error(kStorageDenied, facts);
  const bool later = response.status >= 500 || response.status == 408 || response.status == 429;
  return Error(later ? kStorageUnavailable : kStorageRefused, facts);
}

class ReportsClient final : public ports::ReportSource {
 public:
  ReportsClient(SellingPartnerConnection& connection, net::HttpClient& http,
                const runtime::Clock& clock, ReportsSettings settings)
      : connection_(connection), http_(http), clock_(clock), settings_(std::move(settings)) {}

  Result<ports::ReportPage> list_settlement_reports(Instant since,
                                                    const std::string& token) override {
    if (token.empty()) pages_read_.begin();
    auto answer = connection_.call(listing_call(since, token));
    page_size_.learn(answer);
    if (!answer) return failure(std::move(answer).error());
    MLC_TRY(ports::ReportPage page, read_report_page(*answer));
    // Following it would read the same pages for ever.
    if (pages_read_.in_circles(token, page.next_token)) {
      const std::string name(row_of(Operation::kGetReports).name);
      return failure(
          Error(kPageRepeated, {{"operation", name}, {"page", std::to_string(pages_read_.count())}})
              .with_wait(Duration::zero()));
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
    const auto url = net::parse_url(address.url);
    const std::string host = url ? url->host : "";
    DocumentReceiver receiver(vault, settings_.document_bytes,
                              {report_document_id, answer.request_id, host});
    net::HttpRequest request;
    request.url = address.url;
    // The address is the permission: no token leaves for the storage.
    request.headers = {{"user-agent", settings_.user_agent}};
    request.limits = settings_.download;
    MLC_TRY(const net::HttpResponse response, http_.receive(request, receiver));
    if (!response.ok()) return failure(storage_error(response, report_document_id, host));
    MLC_TRY(const auto stored, receiver.finish());
    return ports::ReceivedDocument{stored.content, stored.received,
                                   std::string(net::header_value(response.headers, "content-type")),
                                   answer.request_id};
  }

 private:
  [[nodiscard]] ApiCall listing_call(Instant since, const std::string& token) const {
    ApiCall call;
    call.operation = Operation::kGetReports;
    if (!token.empty()) {
      call.query = {{"nextToken", token}};
      return call;
    }
    const Instant reach = clock_.now() - kReach;
    call.query = {{"reportTypes", std::string(kSettlementReportType)},
                  {"pageSize", page_size_.text()},
                  {"createdSince", format_instant(std::max(since, reach))}};
    return call;
  }

  SellingPartnerConnection& connection_;
  net::HttpClient& http_;
  const runtime::Clock& clock_;
  const ReportsSettings settings_;
  PageSize page_size_;
  PagesRead pages_read_;
};

}  // namespace

std::unique_ptr<ports::ReportSource> reports_client(SellingPartnerConnection& connection,
                                                    net::HttpClient& http,
                                                    const runtime::Clock& clock,
                                                    ReportsSettings settings) {
  return std::make_unique<ReportsClient>(connection, http, clock, std::move(settings));
}

}  // namespace mlc::amazon
