#include "daemon/observer.h"

#include <mutex>

#include "net/url.h"

namespace mlc::daemon {
namespace {

net::HttpResponse plain(int status, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

}  // namespace

struct Observer::State {
  State(ObserverSettings given, const runtime::Clock& time,
        std::function<std::vector<AmazonNumbers>()> sides)
      : settings(std::move(given)), clock(time), amazon(std::move(sides)) {
    numbers.started_at = clock.now();
    turned_at = numbers.started_at;
  }

  net::HttpResponse health() const;
  net::HttpResponse readiness() const;
  net::HttpResponse metrics() const;

  const ObserverSettings settings;
  const runtime::Clock& clock;
  const std::function<std::vector<AmazonNumbers>()> amazon;
  std::unique_ptr<runtime::Sleeper> sleeper = runtime::thread_sleeper();
  mutable std::mutex mutex;
  ProcessNumbers numbers;
  Instant turned_at;
  std::optional<operations::Observation> observation;
  std::optional<Error> trouble;
  std::unique_ptr<net::HttpServer> server;  // last: its threads use all of the above
};

net::HttpResponse Observer::State::health() const {
  const std::lock_guard lock(mutex);
  if (clock.now() - turned_at <= settings.longest_step) return plain(200, "healthy\n");
  return plain(503, "no step has ended since " + format_instant(turned_at) + "\n");
}

net::HttpResponse Observer::State::readiness() const {
  const std::lock_guard lock(mutex);
  if (trouble) return plain(503, "not ready: " + trouble->text() + "\n" + trouble->cure() + "\n");
  if (!observation) return plain(503, "not ready: the store has not been looked at yet\n");
  return plain(200, "ready\n");
}

net::HttpResponse Observer::State::metrics() const {
  ProcessNumbers now;
  std::optional<operations::Observation> seen;
  {
    const std::lock_guard lock(mutex);
    now = numbers;
    seen = observation;
  }
  now.now = clock.now();
  now.amazon = amazon();
  net::HttpResponse response = plain(200, runtime::metrics_text(samples_of(now, seen)));
  response.headers.front().value = runtime::kMetricsContentType;
  return response;
}

Observer::Observer(ObserverSettings settings, const runtime::Clock& clock,
                   std::function<std::vector<AmazonNumbers>()> amazon)
    : state_(std::make_unique<State>(std::move(settings), clock, std::move(amazon))) {}

Observer::~Observer() = default;

Status Observer::start() {
  net::HttpServerSettings server;
  server.host = state_->settings.host;
  server.port = state_->settings.port;
  server.threads = 2;
  state_->server = std::make_unique<net::HttpServer>(
      server, [this](const net::HttpRequest& request) { return answer(request); },
      *state_->sleeper);
  return state_->server->start();
}

std::string Observer::address() const { return state_->server->address(); }

void Observer::turned(std::uint64_t steps) {
  const std::lock_guard lock(state_->mutex);
  state_->numbers.steps = steps;
  state_->turned_at = state_->clock.now();
}

void Observer::publish(operations::Observation observation) {
  const std::lock_guard lock(state_->mutex);
  state_->observation = std::move(observation);
  state_->trouble.reset();
}

void Observer::store_failed(const Error& error) {
  const std::lock_guard lock(state_->mutex);
  state_->numbers.store_errors += 1;
  state_->trouble = error;
}

net::HttpResponse Observer::answer(const net::HttpRequest& request) const {
  if (request.method != "GET") return plain(405, "only GET\n");
  const auto url = net::parse_url(request.url);
  const std::string path = url ? url->path : "";
  if (path == "/healthz") return state_->health();
  if (path == "/readyz") return state_->readiness();
  if (path == "/metrics") return state_->metrics();
  return plain(404, "there are /healthz, /readyz and /metrics\n");
}

}  // namespace mlc::daemon
