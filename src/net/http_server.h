// The way in: a small HTTP/1.1 server around one handler function.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "net/http_message.h"
#include "runtime/clock.h"

namespace mlc::net {

struct HttpServerSettings {
  std::string host = "127.0.0.1";              // the address to listen on
  std::uint16_t port = 0;                      // 0: any free one
  std::size_t body_bytes = 8UL * 1024 * 1024;  // largest request body; larger ones get 413
  int threads = 4;                             // requests answered at the same time
};

// Serves until destroyed. `start` and `stop` are called by one thread; the handler is called by
// several at once and sees `url` as http://<Host header><target>. An exception in the handler is
// answered with 500.
class HttpServer {
 public:
  // `sleeper` waits out the delays that answers order and must outlive the server.
  HttpServer(HttpServerSettings settings, HttpHandler handler, runtime::Sleeper& sleeper);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Listens when it returns. Errors: net.listen_failed. Once per server.
  [[nodiscard]] Status start();
  // Finishes the requests under way. Repeatable.
  void stop();
  [[nodiscard]] std::uint16_t port() const;   // the chosen one, 0 before `start`
  [[nodiscard]] std::string address() const;  // "http://127.0.0.1:40123"

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlc::net
