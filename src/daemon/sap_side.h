// The SAP side of one connection, put together.
#pragma once

#include <memory>

#include "base/result.h"
#include "configuration/hub_configuration.h"
#include "daemon/amazon_side.h"
#include "flow/posting_guard.h"
#include "ports/sap_reader.h"
#include "ports/unit.h"

namespace mlc::daemon {

// Owns everything between the port and the wire, and the simulator where one is configured.
class SapSide {
 public:
  virtual ~SapSide() = default;
  [[nodiscard]] virtual ports::UnitExecutor& executor() = 0;
  [[nodiscard]] virtual ports::SapReader& masters() = 0;
  virtual void cut() = 0;  // ends the session of the running unit; thread-safe
};

// Errors: configuration.secret_missing, daemon.unknown_transport, sap_simulator.books_unusable.
[[nodiscard]] Result<std::unique_ptr<SapSide>> make_sap_side(
    const configuration::ConnectionSettings& settings, const configuration::TimeSettings& times,
    const SideContext& context, flow::PostingGuard& guard);

}  // namespace mlc::daemon
