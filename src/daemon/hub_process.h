// Composition: a state directory and its configuration become a running hub. The only place that
// names concrete types.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "flow/engine.h"
#include "operations/hub.h"

namespace mlc::daemon {

struct HubOptions {
  std::filesystem::path state_directory;
  std::string actor = "operator";  // who the audit trail names for requests
  bool read_only = false;          // no worker name is taken, no simulator is started
};

// Not thread-safe. Closing it frees every lease that can be freed.
class HubProcess {
 public:
  // Reads ml-connector.toml and the rule files, opens store, vault, Amazon and SAP sides.
  // Errors: those of configuration, store, evidence; each names its cure.
  [[nodiscard]] static Result<std::unique_ptr<HubProcess>> open(const HubOptions& options);
  ~HubProcess();
  HubProcess(const HubProcess&) = delete;
  HubProcess& operator=(const HubProcess&) = delete;

  [[nodiscard]] operations::Hub& hub();
  [[nodiscard]] flow::Engine& engine();

  // Called after every step; may be empty.
  using Progress = std::function<void(std::uint64_t steps)>;
  // Polls every connection now and moves work until nothing is due; seals the audit log.
  [[nodiscard]] Status run_until_idle(const Progress& progress);
  // Moves work as it becomes due until `stop`; seals the audit log along the way.
  [[nodiscard]] Status run_until_stopped(const std::stop_token& stop, const Progress& progress);

 private:
  struct Parts;
  explicit HubProcess(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mlc::daemon
