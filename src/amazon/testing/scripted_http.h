// A scripted other side: answers in order, and what was asked.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "net/in_process_client.h"

namespace mlc::amazon::testing {

class ScriptedHttp {
 public:
  // Answers that are used up break the connection.
  void answer(int status, std::string body, net::Headers headers = {});
  void break_connection();
  [[nodiscard]] net::HttpClient& client() { return *client_; }

  std::vector<net::HttpRequest> requests;

 private:
  std::deque<Result<net::HttpResponse>> answers_;
  std::unique_ptr<net::HttpClient> client_ =
      net::in_process_client([this](const net::HttpRequest& request) { return take(request); });
  Result<net::HttpResponse> take(const net::HttpRequest& request);
};

}  // namespace mlc::amazon::testing
