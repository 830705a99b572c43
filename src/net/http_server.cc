#include "net/http_server.h"

#include <httplib.h>
#include <thread>

#include "net/errors.h"

namespace mlc::net {
namespace {

constexpr const char* kContentType = "Content-Type";

HttpRequest request_of(const httplib::Request& from) {
  HttpRequest request;
  request.method = from.method;
  request.url = "http://" + from.get_header_value("Host") + from.target;
  for (const auto& [name, value] : from.headers) {
    // httplib adds these four itself; nobody sent them.
    if (name == "REMOTE_ADDR" || name == "REMOTE_PORT") continue;
    if (name == "LOCAL_ADDR" || name == "LOCAL_PORT") continue;
    request.headers.push_back({name, value});
  }
  request.body = from.body;
  return request;
}

// Announces `length` bytes, sends those of `body` and, when it is shorter, breaks off.
void set_body(httplib::Response& to, std::string body, std::uint64_t length,
              const std::string& type) {
  if (length == 0) {
    to.set_content(body, type);
    return;
  }
  to.set_content_provider(
      length, type,
      [body = std::move(body)](std::size_t offset, std::size_t, httplib::DataSink& sink) {
        if (offset >= body.size()) return false;
        return sink.write(body.data() + offset, body.size() - offset);
      });
}

void fill(httplib::Response& to, HttpResponse from) {
  to.status = from.status;
  const std::string type(header_value(from.headers, kContentType));
  for (const Header& header : from.headers) {
    if (header.name != kContentType) to.headers.emplace(header.name, header.value);
  }
  const auto length = std::max<std::uint64_t>(from.declared_length.value_or(0), from.body.size());
  set_body(to, std::move(from.body), length, type.empty() ? "application/octet-stream" : type);
}

}  // namespace

struct HttpServer::State {
  HttpServerSettings settings;
  HttpHandler handler;
  runtime::Sleeper* sleeper;
  httplib::Server server;
  std::jthread thread;
  std::uint16_t port = 0;

  void answer(const httplib::Request& from, httplib::Response& to) const {
    auto response = handler(request_of(from));
    if (!response) {
      // One byte that never comes: the client sees the connection break.
      set_body(to, "", 1, "application/octet-stream");
      return;
    }
    if (response->delay > Duration::zero()) sleeper->sleep(response->delay);
    fill(to, std::move(*response));
  }
};

HttpServer::HttpServer(HttpServerSettings settings, HttpHandler handler, runtime::Sleeper& sleeper)
    : state_(std::make_unique<State>()) {
  state_->settings = std::move(settings);
  state_->handler = std::move(handler);
  state_->sleeper = &sleeper;
  httplib::Server& server = state_->server;
  const auto all = [state = state_.get()](const httplib::Request& from, httplib::Response& to) {
    state->answer(from, to);
  };
  server.Get(".*", all).Post(".*", all).Put(".*", all).Patch(".*", all).Delete(".*", all);
  server.Options(".*", all);
  server.set_payload_max_length(state_->settings.body_bytes);
  server.set_tcp_nodelay(true);
  // The library's own options let two programs listen on one port.
  server.set_socket_options([](socket_t socket) {
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  server.set_keep_alive_timeout(1);
  const auto threads = static_cast<std::size_t>(std::max(1, state_->settings.threads));
  server.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
}

HttpServer::~HttpServer() { stop(); }

Status HttpServer::start() {
  const HttpServerSettings& settings = state_->settings;
  int port = settings.port;
  if (port == 0) {
    port = state_->server.bind_to_any_port(settings.host);
  } else if (!state_->server.bind_to_port(settings.host, port)) {
    port = -1;
  }
  if (port <= 0) {
    return failure(kListenFailed,
                   {{"host", settings.host}, {"port", std::to_string(settings.port)}});
  }
  state_->port = static_cast<std::uint16_t>(port);
  state_->thread = std::jthread([state = state_.get()] { state->server.listen_after_bind(); });
  // `stop` has no effect on a server that does not run yet.
  while (!state_->server.is_running()) std::this_thread::yield();
  return {};
}

void HttpServer::stop() {
  state_->server.stop();
  if (state_->thread.joinable()) state_->thread.join();
}

std::uint16_t HttpServer::port() const { return state_->port; }

std::string HttpServer::address() const {
  const std::string& host = state_->settings.host;
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return "http://" + (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(state_->port);
}

}  // namespace mlc::net
