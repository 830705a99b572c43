// What every operation works on: the hub's parts, for one tenant and one person.
#pragma once

#include <string>
#include <vector>

#include "base/strong_id.h"
#include "flow/step.h"
#include "ports/evidence.h"
#include "ports/settlement_reader.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "store/audit_log.h"
#include "store/state_directory.h"

namespace mlc::operations {

// References only: cheap to copy; everything named here must outlive it. Operations may be called
// from several threads as far as the parts allow it; preview uses the executor of its connection,
// which one thread uses at a time.
struct Hub {
  ports::Store& store;
  ports::EvidenceVault& vault;
  ports::SettlementReader& reader;
  const runtime::Clock& clock;
  // Connections with their rules and executors; null where the configuration cannot be read: then
  // what needs it is refused with operations.read_only, and the rest works. Where `problems` are
  // named, a connection may be missing or have no executor.
  flow::World* world = nullptr;
  // The trail of requests; null leaves histories out and refuses `audit verify`.
  store::AuditLog* audit = nullptr;
  std::vector<std::string> audit_keys;  // raw public keys that ever signed
  TenantId tenant;
  std::string actor;  // who asks, as the audit trail names it: "cli:anna"
  // For `backup` and `audit checkpoint`; null refuses them.
  store::StateDirectory* state = nullptr;
  std::vector<std::string> rule_files;  // of all connections, relative to the state directory
  // What of configuration and rules cannot be used. Only a hub that looks has any: one that moves
  // work is not opened then.
  std::vector<Error> problems;
};

}  // namespace mlc::operations
