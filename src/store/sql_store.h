// ports::Store over the database driver.
#pragma once

#include <atomic>
#include <memory>

#include "database/database.h"
#include "ports/store.h"

namespace mlc::store {

// Thread-safe: threads and processes take turns, one transaction at a time. A thread must end its
// transaction before it begins another one on the same database.
class SqlStore final : public ports::Store {
 public:
  // `database` must outlive the store and have been prepared (migrations.h). Errors: store.busy,
  // store.unreadable, store.damaged_record.
  [[nodiscard]] static Result<std::unique_ptr<SqlStore>> open(database::Database& database);

  [[nodiscard]] Result<std::unique_ptr<ports::StoreTransaction>> begin() override;
  // As of the last `begin`: a restore by another process is seen there.
  [[nodiscard]] std::uint64_t epoch() const override { return epoch_.load(); }

 private:
  SqlStore(database::Database& database, std::uint64_t epoch)
      : database_(database), epoch_(epoch) {}
  database::Database& database_;
  std::atomic<std::uint64_t> epoch_;
};

}  // namespace mlc::store
