// abap::Channel to a sap-simulator behind a Unix socket.
#pragma once

#include <filesystem>
#include <memory>

#include "abap/channel.h"
#include "simulators/sap/simulated_channel.h"

namespace mlc::simulators::sap {

// Thread-safe; each session is one connection. A call blocks until the simulator answers.
class SocketChannel final : public abap::Channel {
 public:
  explicit SocketChannel(std::filesystem::path socket, Logon logon = {});
  [[nodiscard]] Result<std::unique_ptr<abap::Session>> open() override;

 private:
  std::filesystem::path socket_;
  Logon logon_;
};

}  // namespace mlc::simulators::sap
