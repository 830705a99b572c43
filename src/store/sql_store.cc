#include "store/sql_store.h"

#include "store/epoch.h"
#include "store/sql_transaction.h"

namespace mlc::store {
namespace {

Result<SqlSession> begin_session(database::Database& database) {
  auto transaction = database.begin();
  if (!transaction) return failure(store_error(std::move(transaction).error()));
  return SqlSession(std::move(*transaction));
}

}  // namespace

Status SqlTransaction::commit() { return session_.commit(); }

Result<std::unique_ptr<SqlStore>> SqlStore::open(database::Database& database) {
  MLC_TRY(auto session, begin_session(database));
  MLC_TRY(const auto epoch, current_epoch(session));
  return std::unique_ptr<SqlStore>(new SqlStore(database, epoch));
}

Result<std::unique_ptr<ports::StoreTransaction>> SqlStore::begin() {
  MLC_TRY(auto session, begin_session(database_));
  MLC_TRY(const auto epoch, current_epoch(session));
  epoch_.store(epoch);
  std::unique_ptr<ports::StoreTransaction> transaction =
      std::make_unique<SqlTransaction>(std::move(session), epoch);
  return transaction;
}

}  // namespace mlc::store
