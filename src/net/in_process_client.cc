#include "net/in_process_client.h"

#include <algorithm>

#include "net/errors.h"
#include "net/request_check.h"

namespace mlc::net {
namespace {

constexpr std::size_t kPiece = 16UL * 1024;

class InProcessClient final : public HttpClient {
 public:
  explicit InProcessClient(HttpHandler handler) : handler_(std::move(handler)) {}

  Result<HttpResponse> send(const HttpRequest& request) override {
    MLC_TRY(HttpResponse response, answer(request));
    MLC_TRY_STATUS(complete(request, response));
    return response;
  }

  Result<HttpResponse> receive(const HttpRequest& request, BodySink& sink) override {
    MLC_TRY(HttpResponse response, answer(request));
    if (response.ok()) MLC_TRY_STATUS(hand_over(response.body, sink));
    MLC_TRY_STATUS(complete(request, response));
    if (response.ok()) response.body.clear();
    return response;
  }

 private:
  Result<HttpResponse> answer(const HttpRequest& request) {
    MLC_TRY_STATUS(check_request(request));
    auto response = handler_(request);
    if (!response) {
      const Error& error = response.error();
      if (error.is(kConnectFailed) || error.is(kTimeout) || error.is(kTlsFailed)) return response;
      return failure(transfer_error(kBroken, request, {{"reason", "no answer"}}).caused_by(error));
    }
    if (response->delay > request.limits.total) {
      const auto limit = std::to_string(request.limits.total.count()) + " ms";
      return failure(transfer_error(kTimeout, request, {{"limit", limit}}));
    }
    if (response->body.size() > request.limits.body_bytes) {
      const auto limit = std::to_string(request.limits.body_bytes);
      return failure(transfer_error(kBodyTooLarge, request, {{"limit", limit}}));
    }
    return response;
  }

  static Status hand_over(std::string_view body, BodySink& sink) {
    while (!body.empty()) {
      MLC_TRY_STATUS(sink.on_bytes(body.substr(0, kPiece)));
      body.remove_prefix(std::min(kPiece, body.size()));
    }
    return {};
  }

  static Status complete(const HttpRequest& request, const HttpResponse& response) {
    if (response.declared_length.value_or(0) <= response.body.size()) return {};
    return failure(transfer_error(kBroken, request, {{"reason", "the answer is incomplete"}}));
  }

  HttpHandler handler_;
};

}  // namespace

std::unique_ptr<HttpClient> in_process_client(HttpHandler handler) {
  return std::make_unique<InProcessClient>(std::move(handler));
}

}  // namespace mlc::net
