#include "simulators/amazon/document_storage.h"

#include "base/digest.h"
#include "simulators/amazon/answers.h"
#include "simulators/amazon/parameters.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::string_view kPath = "/documents/";
constexpr std::chrono::minutes kAddressLife{5};

constexpr const char* kEncoding = "response-content-encoding";

std::string field(const net::Parameters& parameters, std::string_view name) {
  return value_of(parameters, name).value_or("");
}

}  // namespace

std::string DocumentStorage::address(const ShelvedReport& report, const std::string& origin,
                                     Instant now, bool names_encoding) const {
  const auto url = net::parse_url(origin);
  const bool here = url && net::is_loopback(url->host);
  const std::string base = here ? origin : "https://" + std::string(kStorageHost);
  const std::string expires = format_instant(now + kAddressLife);
  const std::string encoding = names_encoding && report.gzip ? "gzip" : "identity";
  return base + std::string(kPath) + net::percent_encode(report.document_id) + "?" +
         net::encode_parameters(
             {{"Expires", expires},
              {kEncoding, encoding},
              {"X-Amz-Signature", signature(report.document_id, expires, encoding)}});
}

std::string DocumentStorage::signature(const std::string& document_id, const std::string& expires,
                                       const std::string& encoding) const {
  return to_hex(sha256(std::to_string(seed_) + "|" + document_id + "|" + expires + "|" + encoding));
}

net::HttpResponse DocumentStorage::get(const net::HttpRequest& request, const net::Url& url,
                                       Instant now, bool inflated) {
  const auto id = net::percent_decode(std::string_view(url.path).substr(kPath.size()));
  const auto parameters = net::decode_parameters(url.query);
  if (!id || !parameters || request.method != "GET") {
    return storage_error(400, "InvalidRequest", "Only GET of a presigned address is allowed");
  }
  if (net::has_header(request.headers, "x-amz-access-token")) {
    return storage_error(400, "InvalidArgument", "Only one auth mechanism allowed");
  }
  const std::string expires = field(*parameters, "Expires");
  const std::string encoding = field(*parameters, kEncoding);
  const auto until = parse_instant(expires);
  if (!until || field(*parameters, "X-Amz-Signature") != signature(*id, expires, encoding)) {
    return storage_error(403, "SignatureDoesNotMatch", "The signature does not match");
  }
  if (now >= *until) return storage_error(403, "AccessDenied", "Request has expired");
  const ShelvedReport* const report = shelf_.by_document_id(*id, now);
  if (report == nullptr) return storage_error(404, "NoSuchKey", "The key does not exist");
  net::HttpResponse response;
  response.headers = {
      {"Content-Type", "text/plain; charset=" + std::string(report->series.market->charset)}};
  if (encoding == "gzip") response.headers.push_back({"Content-Encoding", encoding});
  response.body = ReportShelf::document(*report, inflated);
  return response;
}

}  // namespace mlc::simulators::amazon
