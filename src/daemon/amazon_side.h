// The Amazon side of one connection, put together.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "amazon/login_with_amazon.h"
#include "amazon/selling_partner_connection.h"
#include "base/result.h"
#include "configuration/hub_configuration.h"
#include "daemon/metrics.h"
#include "net/http_client.h"
#include "ports/report_source.h"
#include "ports/store.h"
#include "runtime/clock.h"

namespace mlc::daemon {

struct SideContext {
  std::filesystem::path state_directory;
  const runtime::Clock& clock;
  ports::Store& store;
  configuration::Environment environment;
  // Told what a person should know although nothing has failed; nullptr: standard error.
  std::function<void(const Error&)> tell = nullptr;
};

// What `doctor` looks at: the same parts that the port goes through.
struct AmazonProbe {
  amazon::SellingPartnerConnection& connection;
  amazon::AccessTokens& tokens;
  std::string api_address;
  std::string login_address;
  net::HttpClientSettings http;
};

// Owns everything between the port and the wire, and the simulator where one is configured.
class AmazonSide {
 public:
  virtual ~AmazonSide() = default;
  [[nodiscard]] virtual ports::ReportSource& source() = 0;
  [[nodiscard]] virtual AmazonProbe probe() = 0;
  // How calls ended so far, and what runs out when. Thread-safe.
  [[nodiscard]] virtual AmazonNumbers numbers() const = 0;
};

// The connection must have an Amazon side. Errors: configuration.secret_missing,
// daemon.unknown_region, net.listen_failed; of its simulator: daemon.markets_elsewhere,
// simulators.bad_markets, .bad_fault_plan, .unreadable_fault_plan.
[[nodiscard]] Result<std::unique_ptr<AmazonSide>> make_amazon_side(
    const configuration::ConnectionSettings& settings, const SideContext& context);

}  // namespace mlc::daemon
