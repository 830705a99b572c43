// Answers whoever watches a running hub: /healthz, /readyz and /metrics on an address of this
// machine. It sees no store: the thread that moves work publishes what it saw.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/metrics.h"
#include "net/http_server.h"
#include "runtime/clock.h"

namespace mlc::daemon {

struct ObserverSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
  // Without a turn of the work's loop for so long the program is not healthy.
  Duration longest_step = std::chrono::minutes(10);
};

// Thread-safe.
class Observer {
 public:
  // `amazon` is asked at every look for the numbers of the Amazon sides. What is passed by
  // reference, and what `amazon` names, must outlive the observer.
  Observer(ObserverSettings settings, const runtime::Clock& clock,
           std::function<std::vector<AmazonNumbers>()> amazon);
  ~Observer();
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  // Answers from now on. Errors: net.listen_failed. Once.
  [[nodiscard]] Status start();
  [[nodiscard]] std::string address() const;  // "http://127.0.0.1:9464"

  // The loop that moves work has turned; `steps` is how many it has taken.
  void turned(std::uint64_t steps);
  // What the store holds; from now on the hub is ready.
  void publish(operations::Observation observation);
  // The store failed: until the next observation the hub is not ready.
  void store_failed(const Error& error);

  [[nodiscard]] net::HttpResponse answer(const net::HttpRequest& request) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mlc::daemon
