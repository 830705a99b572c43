// What the audit log tells of each piece of work: the other side of a comparison with the records.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/strong_id.h"
#include "database/database.h"

namespace mlc::store {

// Of one subject; where not said otherwise, what was told last.
struct ToldSubject {
  std::string state;  // empty when none was told
  std::string object;
  std::string lineage;
  std::string rule_book;
  std::string settlement;  // of the last proof, with `rows`, `total` and `currency`
  std::string rows;
  std::string total;
  std::string currency;
  std::string manifest;                          // the last one planned, by its content hash
  std::set<std::string> manifests;               // all of them
  std::set<std::string> numbers;                 // of documents in SAP
  std::map<std::string, std::string> documents;  // key -> what was last told of it
  std::set<std::pair<std::string, std::string>> approvals;  // by whom, which manifest
};

struct ToldTrail {
  std::uint64_t entries = 0;
  std::map<std::string, ToldSubject> subjects;  // "settlement us/..."
  // Evidence that any entry names -> the subject of the entry.
  std::map<std::string, std::string> objects;
  std::map<std::string, std::string> lineages;
};

// Every entry, also those without a position, in their order.
// Errors: store.audit_entry_changed (one that cannot be read), database.*.
[[nodiscard]] Result<ToldTrail> read_trail(database::Transaction& transaction,
                                           const TenantId& tenant);

}  // namespace mlc::store
