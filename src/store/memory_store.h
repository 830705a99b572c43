// A store that lives in memory, for tests and simulations: the same code and SQL as the file, fast,
// and able to go back to yesterday.
#pragma once

#include <memory>
#include <string>

#include "database/database.h"
#include "store/audit_log.h"
#include "store/sql_store.h"

namespace mlc::store {

// All committed rows of a store. Cheap to move; valid for any memory store of this program.
struct StoreSnapshot {
  struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<database::Values> rows;
  };
  std::vector<Table> tables;
};

// Thread-safe like SqlStore. A crash is a transaction that is dropped; a new process is a new
// client of the same object.
class MemoryStore final : public ports::Store {
 public:
  [[nodiscard]] Result<std::unique_ptr<ports::StoreTransaction>> begin() override {
    return store_->begin();
  }
  [[nodiscard]] std::uint64_t epoch() const override { return store_->epoch(); }
  [[nodiscard]] database::Database& database() { return *database_; }

  [[nodiscard]] Result<StoreSnapshot> snapshot();
  // What `restore` does with a backup: everything since the snapshot is forgotten, and a new epoch
  // begins, named in every tenant's audit log.
  // The restore is signed by `audit_signer`.
  [[nodiscard]] Status restore_snapshot(const StoreSnapshot& snapshot, const std::string& actor,
                                        Instant now);
  // Whose key everybody knows: nobody is to be convinced by a store in memory.
  [[nodiscard]] static AuditSigner audit_signer();

 private:
  friend Result<std::unique_ptr<MemoryStore>> open_memory_store(Instant now);
  MemoryStore(std::unique_ptr<database::Database> database, std::unique_ptr<SqlStore> store)
      : database_(std::move(database)), store_(std::move(store)) {}
  std::unique_ptr<database::Database> database_;
  std::unique_ptr<SqlStore> store_;
};

// An empty store whose first epoch begins at `now`.
[[nodiscard]] Result<std::unique_ptr<MemoryStore>> open_memory_store(Instant now);

}  // namespace mlc::store
