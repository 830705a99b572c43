#include "simulators/amazon/document_storage.h"

#include <algorithm>

#include "base/digest.h"
#include "simulators/amazon/answers.h"

namespace mlc::simulators::amazon {
namespace {

constexpr std::string_view kPath = "/documents/";
constexpr std::chrono::minutes kAddressLife{5};

std::string value_of(const net::Parameters& parameters, std::string_view name) {
  const auto found =
      std::ranges::find_if(parameters, [name](const auto& field) { return field.first == name; });
  return found == parameters.end() ? "" : found->second;
}

}  // namespace

std::string DocumentStorage::address(const ShelvedReport& report, const std::string& origin,
                                     Instant now) const {
  const auto url = net::parse_url(origin);
  const bool here = url && net::is_loopback(url->host);
  const std::string base = here ? origin : "https://" + std::string(kStorageHost);
  const std::string expires = format_instant(now + kAddressLife);
  return base + std::string(kPath) + net::percent_encode(report.document_id) + "?" +
         net::encode_parameters(
             {{"Expires", expires}, {"X-Amz-Signature", signature(report.document_id, expires)}});
}

std::string DocumentStorage::signature(const std::string& document_id,
                                       const std::string& expires) const {
  return to_hex(sha256(std::to_string(seed_) + "|" + document_id + "|" + expires));
}

net::HttpResponse DocumentStorage::get(const net::HttpRequest& request, const net::Url& url,
                                       Instant now) {
  const auto id = net::percent_decode(std::string_view(url.path).substr(kPath.size()));
  const auto parameters = net::decode_parameters(url.query);
  if (!id || !parameters || request.method != "GET") {
    return storage_error(400, "InvalidRequest", "Only GET of a presigned address is allowed");
  }
  if (net::has_header(request.headers, "x-amz-access-token")) {
    return storage_error(400, "InvalidArgument", "Only one auth mechanism allowed");
  }
  const std::string expires = value_of(*parameters, "Expires");
  const auto until = parse_instant(expires);
  if (!until || value_of(*parameters, "X-Amz-Signature") != signature(*id, expires)) {
    return storage_error(403, "SignatureDoesNotMatch", "The signature does not match");
  }
  if (now >= *until) return storage_error(403, "AccessDenied", "Request has expired");
  const ShelvedReport* const report = shelf_.by_document_id(*id, now);
  if (report == nullptr) return storage_error(404, "NoSuchKey", "The key does not exist");
  net::HttpResponse response;
  response.headers = {
      {"Content-Type", "text/plain; charset=" + std::string(report->series.market->charset)}};
  response.body = ReportShelf::document(*report);
  return response;
}

}  // namespace mlc::simulators::amazon
