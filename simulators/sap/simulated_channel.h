// abap::Channel over a SapSystem in the same process.
#pragma once

#include <memory>
#include <string>

#include "abap/channel.h"
#include "base/secret.h"
#include "runtime/clock.h"
#include "simulators/sap/sap_system.h"

namespace mlc::simulators::sap {

struct Logon {
  std::string user = "CONNECTOR";
  Secret password{"initial1"};
  std::string client = "100";
};

// Thread-safe. System and clock must outlive channel and sessions.
class SimulatedChannel final : public abap::Channel {
 public:
  SimulatedChannel(SapSystem& system, const runtime::Clock& clock, Logon logon = {});
  [[nodiscard]] Result<std::unique_ptr<abap::Session>> open() override;

 private:
  SapSystem& system_;
  const runtime::Clock& clock_;
  Logon logon_;
};

}  // namespace mlc::simulators::sap
