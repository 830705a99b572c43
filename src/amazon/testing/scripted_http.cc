#include "amazon/testing/scripted_http.h"

#include "net/errors.h"

namespace mlc::amazon::testing {

void ScriptedHttp::answer(int status, std::string body, net::Headers headers) {
  net::HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  answers_.emplace_back(std::move(response));
}

void ScriptedHttp::break_connection() {
  answers_.emplace_back(failure(net::kBroken, {{"reason", "scripted"}}));
}

Result<net::HttpResponse> ScriptedHttp::take(const net::HttpRequest& request) {
  requests.push_back(request);
  if (answers_.empty()) return failure(net::kBroken, {{"reason", "the script is over"}});
  auto next = std::move(answers_.front());
  answers_.pop_front();
  return next;
}

}  // namespace mlc::amazon::testing
