// Composition: a state directory and its configuration become a running hub. The only place that
// names concrete types.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "configuration/hub_configuration.h"
#include "daemon/engine_lock.h"
#include "operations/hub.h"

namespace mlc::store {
class StateDirectory;
}

namespace mlc::daemon {

class AmazonSide;

struct HubOptions {
  std::filesystem::path state_directory;
  std::string actor = "operator";  // who the audit trail names for requests
  // Only look: no Amazon side is opened, no engine runs, and what of configuration, rules or SAP
  // side cannot be used is named in operations::Hub::problems instead of being refused.
  bool read_only = false;
  // Where lines of JSON go when the configuration wants them ([observe] log); null: nowhere. Must
  // outlive the process.
  std::ostream* log = nullptr;
};

// Not thread-safe.
class HubProcess {
 public:
  // Reads ml-connector.toml and the rule files, opens store, vault, Amazon and SAP sides. Without
  // a readable configuration the tenant is the one that work was last moved for.
  // Errors: those of configuration, rules, store, evidence and simulators; each names its cure.
  [[nodiscard]] static Result<std::unique_ptr<HubProcess>> open(const HubOptions& options);
  ~HubProcess();
  HubProcess(const HubProcess&) = delete;
  HubProcess& operator=(const HubProcess&) = delete;

  [[nodiscard]] operations::Hub& hub();
  [[nodiscard]] store::StateDirectory& state();
  // Null where it cannot be read (then the hub only looks).
  [[nodiscard]] const configuration::HubConfiguration* configuration() const;
  [[nodiscard]] const runtime::Clock& clock() const;
  // Amazon's side of a connection, beside the one that work moves through: the same secrets and
  // quotas. Errors: those of make_amazon_side.
  [[nodiscard]] Result<std::unique_ptr<AmazonSide>> open_amazon(
      const configuration::ConnectionSettings& settings) const;
  // Who moves work of this directory now, on this machine. Errors: daemon.lock_failed.
  [[nodiscard]] Result<std::optional<EngineHolder>> engine_holder() const;
  // False when another process runs the engine of this directory: it does the work.
  [[nodiscard]] bool runs_engine() const;
  // Tries again for the engine that another process had; true when it runs here now. Repeatable.
  // Errors: daemon.lock_failed, the store's.
  [[nodiscard]] Result<bool> take_engine();

  // Whether people are told what happens; else the log is for machines.
  [[nodiscard]] bool tells_people() const;
  // Answers /healthz, /readyz and /metrics from now on where the configuration says so; the
  // address, or nothing. Once. Errors: net.listen_failed, the store's.
  [[nodiscard]] Result<std::optional<std::string>> start_observer();

  // Called after every step with the number of steps so far; may be empty.
  using Progress = std::function<void(std::uint64_t steps)>;
  // Asks the Amazon side of every connection that is not paused for new reports at the next run;
  // the audit trail says who asked. Repeatable. Errors: the store's.
  [[nodiscard]] Status poll_now();
  // Moves work until nothing is due, then seals what is new in the audit log.
  // Errors: daemon.engine_elsewhere, the store's.
  [[nodiscard]] Status run_until_idle(const Progress& progress);
  // Told of what passes by itself (a locked store, a full disk) while the run goes on; may be
  // empty.
  using Trouble = std::function<void(const Error& error)>;
  // Moves work as it becomes due until `stop`; seals the audit log along the way.
  [[nodiscard]] Status run_until_stopped(const std::stop_token& stop, const Progress& progress,
                                         const Trouble& trouble);

 private:
  struct Parts;
  explicit HubProcess(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mlc::daemon
