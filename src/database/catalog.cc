#include "database/catalog.h"

namespace mlc::database {
namespace {

constexpr Sql kSqliteTables{"list tables",
                            "SELECT name FROM sqlite_schema WHERE type = 'table'"
                            " AND name NOT LIKE 'sqlite%' ORDER BY name"};
constexpr Sql kPostgresTables{"list tables",
                              "SELECT CAST(tablename AS TEXT) COLLATE \"C\" FROM pg_tables"
                              " WHERE schemaname = current_schema() ORDER BY 1"};
constexpr Sql kSqliteColumns{"list columns", "SELECT name FROM pragma_table_info(?) ORDER BY cid"};
constexpr Sql kPostgresColumns{
    "list columns",
    "SELECT CAST(column_name AS TEXT) FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position"};

Result<std::vector<std::string>> texts(Transaction& transaction, const Sql& sql,
                                       const Values& values) {
  MLC_TRY(const auto rows, transaction.query(sql, values));
  std::vector<std::string> out;
  out.reserve(rows.size());
  for (const Row& row : rows) out.push_back(row.text(0));
  return out;
}

bool is_sqlite(const Transaction& transaction) { return transaction.dialect() == Dialect::kSqlite; }

}  // namespace

Result<std::vector<std::string>> table_names(Transaction& transaction) {
  return texts(transaction, is_sqlite(transaction) ? kSqliteTables : kPostgresTables, {});
}

Result<std::vector<std::string>> column_names(Transaction& transaction, std::string_view table) {
  return texts(transaction, is_sqlite(transaction) ? kSqliteColumns : kPostgresColumns, {table});
}

Status renumber(Transaction& transaction, std::string_view table, std::string_view column) {
  if (is_sqlite(transaction)) return {};
  const std::string name(column);
  const std::string text = "SELECT setval(pg_get_serial_sequence(?, ?), MAX(" + name + ")) FROM " +
                           std::string(table) + " HAVING MAX(" + name + ") IS NOT NULL";
  MLC_TRY_STATUS(transaction.query({"number rows", text}, {table, column}));
  return {};
}

}  // namespace mlc::database
