// What a restore does inside the restored database.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/audit_log.h"
#include "store/sql_session.h"

namespace mlc::store {

// What is known of the store that a restore replaces.
struct ReplacedStore {
  std::uint64_t epoch = 0;  // 0: nothing is known
  std::map<TenantId, AuditHead> heads;
};

[[nodiscard]] Result<ReplacedStore> describe_store(SqlSession& session);

struct RestoreReason {
  std::string actor;
  std::string backup;  // what the backup is called
  Instant at;
};

// Begins an epoch above everything known, and an audit entry in every tenant's log that names the
// size and root of the log before and of the one that was replaced, signed. Returns the epoch.
[[nodiscard]] Result<std::uint64_t> begin_restored_epoch(SqlSession& session,
                                                         const ReplacedStore& replaced,
                                                         const RestoreReason& reason,
                                                         const AuditSigner& signer);

}  // namespace mlc::store
