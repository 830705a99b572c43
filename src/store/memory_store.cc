#include "store/memory_store.h"

#include "database/catalog.h"
#include "store/copy_store.h"
#include "store/migrations.h"
#include "store/restored_epoch.h"

namespace mlc::store {
namespace {

using database::Values;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

Result<StoreSnapshot::Table> read_table(SqlSession& session, const std::string& name) {
  MLC_TRY(auto columns, database::column_names(session.transaction(), name));
  const std::string text = "SELECT " + joined(columns) + " FROM " + name;
  MLC_TRY(const auto rows, session.query({"read table", text}));
  StoreSnapshot::Table table{name, std::move(columns), {}};
  table.rows.reserve(rows.size());
  for (const auto& row : rows) table.rows.push_back(values_of(row));
  return table;
}

Status write_table(SqlSession& session, const StoreSnapshot::Table& table) {
  const std::string empty = "DELETE FROM " + table.name;
  MLC_TRY_STATUS(session.run({"empty table", empty}));
  const std::vector<std::string> marks(table.columns.size(), "?");
  const std::string insert = "INSERT INTO " + table.name + " (" + joined(table.columns) +
                             ") VALUES (" + joined(marks) + ")";
  for (const Values& row : table.rows) {
    MLC_TRY_STATUS(session.run({"write table", insert}, row));
  }
  return {};
}

Result<SqlSession> begin_session(database::Database& database) {
  auto transaction = database.begin();
  if (!transaction) return failure(store_error(std::move(transaction).error()));
  return SqlSession(std::move(*transaction));
}

}  // namespace

AuditSigner MemoryStore::audit_signer() {
  return {"memory", signing_key_from_seed(Secret(std::string(32, 'm')))};
}

Result<StoreSnapshot> MemoryStore::snapshot() {
  MLC_TRY(auto session, begin_session(*database_));
  MLC_TRY(const auto tables, database::table_names(session.transaction()));
  StoreSnapshot out;
  for (const std::string& name : tables) {
    if (name == "migration") continue;
    MLC_TRY(auto table, read_table(session, name));
    out.tables.push_back(std::move(table));
  }
  return out;
}

Status MemoryStore::restore_snapshot(const StoreSnapshot& snapshot, const std::string& actor,
                                     Instant now) {
  MLC_TRY(auto session, begin_session(*database_));
  MLC_TRY(const auto replaced, describe_store(session));
  for (const auto& table : snapshot.tables) MLC_TRY_STATUS(write_table(session, table));
  MLC_TRY_STATUS(begin_restored_epoch(session, replaced, {actor, "snapshot", now}, audit_signer()));
  MLC_TRY_STATUS(session.commit());
  // The store learns the epoch with the next transaction; callers may ask before that.
  MLC_TRY_STATUS(store_->begin());
  return {};
}

Result<std::unique_ptr<MemoryStore>> open_memory_store(Instant now) {
  database::Settings settings;
  settings.file = ":memory:";
  auto opened = database::Database::open(settings);
  if (!opened) return failure(store_error(std::move(opened).error()));
  std::unique_ptr<database::Database> database = std::move(*opened);
  MLC_TRY_STATUS(prepare(*database, now));
  MLC_TRY(auto store, SqlStore::open(*database));
  return std::unique_ptr<MemoryStore>(new MemoryStore(std::move(database), std::move(store)));
}

}  // namespace mlc::store
