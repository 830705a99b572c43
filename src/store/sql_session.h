// A database transaction that speaks of its failures in the store's own errors.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "database/database.h"

namespace mlc::store {

// database.busy, unreachable, commit_unknown, disk_full, unreadable and damaged become the store's;
// everything else stays.
[[nodiscard]] Error store_error(Error error);

// Not thread-safe; see database::Transaction.
class SqlSession {
 public:
  explicit SqlSession(database::Transaction transaction) : transaction_(std::move(transaction)) {}

  [[nodiscard]] Result<std::int64_t> execute(const database::Sql& sql,
                                             const database::Values& values = {});
  // As `execute`, when the number of changed rows does not matter.
  [[nodiscard]] Status run(const database::Sql& sql, const database::Values& values = {});
  [[nodiscard]] Result<std::vector<database::Row>> query(const database::Sql& sql,
                                                         const database::Values& values = {});
  [[nodiscard]] Result<std::optional<database::Row>> query_one(const database::Sql& sql,
                                                               const database::Values& values = {});
  [[nodiscard]] Status commit();
  [[nodiscard]] database::Transaction& transaction() { return transaction_; }

 private:
  database::Transaction transaction_;
};

// Reads every row with `read(row) -> Result<Record>`; the first error ends it.
template <class Record, class Read>
[[nodiscard]] Result<std::vector<Record>> read_all(SqlSession& session, const database::Sql& sql,
                                                   const database::Values& values, Read read) {
  MLC_TRY(const auto rows, session.query(sql, values));
  std::vector<Record> records;
  records.reserve(rows.size());
  for (const database::Row& row : rows) {
    MLC_TRY(Record record, read(row));
    records.push_back(std::move(record));
  }
  return records;
}

template <class Record, class Read>
[[nodiscard]] Result<std::optional<Record>> read_one(SqlSession& session, const database::Sql& sql,
                                                     const database::Values& values, Read read) {
  MLC_TRY(const auto row, session.query_one(sql, values));
  if (!row) return std::optional<Record>{};
  MLC_TRY(Record record, read(*row));
  return std::optional<Record>(std::move(record));
}

}  // namespace mlc::store
