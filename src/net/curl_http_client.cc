#include <algorithm>
#include <cctype>
#include <curl/curl.h>
#include <mutex>
#include <vector>

#include "base/expect.h"
#include "net/errors.h"
#include "net/http_client.h"
#include "net/reach.h"
#include "net/request_check.h"

namespace mlc::net {
namespace {

struct HandleDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, HandleDeleter>;

struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

// Handles at rest keep their connections and TLS sessions for the next request. Thread-safe.
class HandlePool {
 public:
  Handle take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return Handle(curl_easy_init());
    Handle handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
  }
  void give_back(Handle handle) {
    curl_easy_reset(handle.get());
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMostIdle) idle_.push_back(std::move(handle));
  }

 private:
  static constexpr std::size_t kMostIdle = 8;
  std::mutex mutex_;
  std::vector<Handle> idle_;
};

// What curl's callbacks fill during one transfer.
struct Transfer {
  CURL* handle = nullptr;
  const HttpRequest* request = nullptr;
  BodySink* sink = nullptr;  // nullptr: the body is collected
  HttpResponse response;
  std::uint64_t received = 0;
  std::optional<Error> stopped;  // why a callback ended the transfer

  void take(std::string_view bytes);
};

void Transfer::take(std::string_view bytes) {
  received += bytes.size();
  if (received > request->limits.body_bytes) {
    const auto limit = std::to_string(request->limits.body_bytes);
    stopped = transfer_error(kBodyTooLarge, *request, {{"limit", limit}});
    return;
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (sink == nullptr || status < 200 || status >= 300) {
    response.body += bytes;
  } else if (auto taken = sink->on_bytes(bytes); !taken) {
    stopped = std::move(taken).error();
  }
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.take({data, size});
  return transfer.stopped ? CURL_WRITEFUNC_ERROR : size;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view line(data, size);
  // A proxy's answer and 1xx answers come before the one we want.
  if (line.starts_with("HTTP/")) transfer.response.headers.clear();
  const auto colon = line.find(':');
  if (colon != std::string_view::npos) {
    transfer.response.headers.push_back({std::string(trimmed(line.substr(0, colon))),
                                         std::string(trimmed(line.substr(colon + 1)))});
  }
  return size;
}

const ErrorKind& kind_of(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return kBadUrl;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY: return kConnectFailed;
    case CURLE_OPERATION_TIMEDOUT: return kTimeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return kTlsFailed;
    default: return kBroken;
  }
}

Error error_of(CURLcode code, const Transfer& transfer) {
  if (transfer.stopped) return *transfer.stopped;
  const HttpRequest& request = *transfer.request;
  // curl's own text per code: unlike its error buffer it never repeats the address.
  const std::string reason = curl_easy_strerror(code);
  const auto limit = std::to_string(request.limits.total.count()) + " ms";
  return transfer_error(kind_of(code), request, {{"reason", reason}, {"limit", limit}});
}

List header_list(const HttpRequest& request) {
  List list;
  const auto add = [&](const std::string& line) {
    list.reset(curl_slist_append(list.release(), line.c_str()));
    MLC_EXPECT(list != nullptr);
  };
  // "Name;" is curl's way to send an empty value.
  for (const Header& header : request.headers) {
    add(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  add("Expect:");
  return list;
}

class CurlHttpClient final : public HttpClient {
 public:
  explicit CurlHttpClient(HttpClientSettings settings) : settings_(std::move(settings)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  }

  Result<HttpResponse> send(const HttpRequest& request) override {
    return perform(request, nullptr);
  }
  Result<HttpResponse> receive(const HttpRequest& request, BodySink& sink) override {
    return perform(request, &sink);
  }

  // Connects and asks for nothing.
  Reached reach(const HttpRequest& request) {
    Reached out;
    const auto url = check_request(request);
    if (!url) {
      out.error = url.error();
      return out;
    }
    Handle handle = pool_.take();
    MLC_EXPECT(handle != nullptr);
    Transfer transfer{handle.get(), &request, nullptr, {}, 0, {}};
    set_network(handle.get(), request.limits, is_loopback(url->host));
    curl_easy_setopt(handle.get(), CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_CONNECT_ONLY, 1L);
    const CURLcode code = curl_easy_perform(handle.get());
    const char* address = nullptr;
    curl_easy_getinfo(handle.get(), CURLINFO_PRIMARY_IP, &address);
    out.address = address == nullptr ? "" : address;
    out.stage = stage_of(code);
    if (code != CURLE_OK) out.error = error_of(code, transfer);
    return out;
  }

 private:
  static ReachStage stage_of(CURLcode code) {
    if (code == CURLE_OK) return ReachStage::kSecured;
    const ErrorKind& kind = kind_of(code);
    if (&kind == &kTlsFailed || &kind == &kBroken) return ReachStage::kConnected;
    const bool unknown = code == CURLE_COULDNT_RESOLVE_HOST ||
                         code == CURLE_COULDNT_RESOLVE_PROXY || &kind == &kBadUrl;
    return unknown ? ReachStage::kNothing : ReachStage::kResolved;
  }

  Result<HttpResponse> perform(const HttpRequest& request, BodySink* sink) {
    MLC_TRY(const Url url, check_request(request));
    Handle handle = pool_.take();
    MLC_EXPECT(handle != nullptr);
    const List headers = header_list(request);
    Transfer transfer{handle.get(), &request, sink, {}, 0, {}};
    set_request(transfer, headers.get());
    set_network(handle.get(), request.limits, is_loopback(url.host));
    const CURLcode code = curl_easy_perform(handle.get());
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    pool_.give_back(std::move(handle));
    if (code != CURLE_OK) return failure(error_of(code, transfer));
    transfer.response.status = static_cast<int>(status);
    return std::move(transfer.response);
  }

  static void set_request(Transfer& transfer, curl_slist* headers) {
    CURL* handle = transfer.handle;
    const HttpRequest& request = *transfer.request;
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    if (request.method == "HEAD") curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    // Some servers wait for a body when these come without a length.
    const bool carries_body = request.method == "POST" || request.method == "PUT" ||
                              request.method == "PATCH" || !request.body.empty();
    if (carries_body) {
      curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body.size()));
      curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
    }
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  }

  void set_proxy(CURL* handle, bool loopback) const {
    if (settings_.proxy_from_environment && !loopback) return;  // curl looks by itself
    // Also when empty: otherwise curl would take proxies from the environment.
    const std::string proxy = settings_.proxy_from_environment ? "" : settings_.proxy;
    curl_easy_setopt(handle, CURLOPT_PROXY, proxy.c_str());
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    if (settings_.proxy_user.empty()) return;
    const std::string password(settings_.proxy_password.reveal());
    curl_easy_setopt(handle, CURLOPT_PROXYUSERNAME, settings_.proxy_user.c_str());
    curl_easy_setopt(handle, CURLOPT_PROXYPASSWORD, password.c_str());
  }

  void set_network(CURL* handle, const Limits& limits, bool loopback) const {
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings_.ca_file.empty()) {
      curl_easy_setopt(handle, CURLOPT_CAINFO, settings_.ca_file.c_str());
    }
    set_proxy(handle, loopback);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  }

  HttpClientSettings settings_;
  HandlePool pool_;
};

}  // namespace

Reached reach(const std::string& url, const HttpClientSettings& settings, const Limits& limits) {
  HttpRequest request;
  request.url = url;
  request.limits = limits;
  return CurlHttpClient(settings).reach(request);
}

std::unique_ptr<HttpClient> curl_http_client(HttpClientSettings settings) {
  return std::make_unique<CurlHttpClient>(std::move(settings));
}

}  // namespace mlc::net
