// abap::Channel to a sap-simulator behind a Unix socket.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "abap/channel.h"
#include "simulators/sap/simulated_channel.h"

namespace mlc::simulators::sap {

inline constexpr ErrorKind kUnreachable{
    "sap_simulator.unreachable", "SAP {system} cannot be reached at socket {socket}: {detail}.",
    "See that SAP runs and that its address in ml-connector.toml ([connection.sap]) is right. "
    "Nothing was sent; it is tried again by itself.",
    ExitCode::kUnavailable, Again::kLater};

// Thread-safe; each session is one connection. A call blocks until the simulator answers.
class SocketChannel final : public abap::Channel {
 public:
  // `system` names the system in errors, as the configuration does.
  explicit SocketChannel(std::filesystem::path socket, Logon logon = {},
                         std::string system = "system");
  // Errors: also sap_simulator.unreachable.
  [[nodiscard]] Result<std::unique_ptr<abap::Session>> open() override;

 private:
  std::filesystem::path socket_;
  Logon logon_;
  std::string system_;
};

}  // namespace mlc::simulators::sap
