#include "store/copy_store.h"

#include "database/catalog.h"
#include "store/files.h"
#include "store/migrations.h"

namespace mlc::store {
namespace {

using database::Database;
using database::Row;
using database::Transaction;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

Status copy_table(Transaction& from, Transaction& to, const std::string& table) {
  MLC_TRY(const auto columns, database::column_names(from, table));
  const std::string empty = "DELETE FROM " + table;
  const std::string read = "SELECT " + joined(columns) + " FROM " + table;
  const std::vector<std::string> marks(columns.size(), "?");
  const std::string write =
      "INSERT INTO " + table + " (" + joined(columns) + ") VALUES (" + joined(marks) + ")";
  MLC_TRY_STATUS(to.execute({"empty table", empty}));
  const auto take = [&](const Row& row) -> Status {
    MLC_TRY_STATUS(to.execute({"write table", write}, values_of(row)));
    return {};
  };
  MLC_TRY_STATUS(from.each({"read table", read}, {}, take));
  // The only table whose rows the database numbers.
  return table == "audit_entry" ? database::renumber(to, table, "id") : Status{};
}

Status fill_file(Database& from, Database& to) {
  MLC_TRY(auto reading, from.read());
  MLC_TRY(auto writing, to.begin());
  MLC_TRY_STATUS(copy_store(reading, writing));
  return writing.commit();
}

}  // namespace

database::Values values_of(const Row& row) {
  database::Values out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    out.push_back(
        std::visit([](const auto& content) { return database::Value(content); }, row.at(i)));
  }
  return out;
}

Status copy_store(Transaction& from, Transaction& to) {
  MLC_TRY(const auto tables, database::table_names(from));
  for (const std::string& table : tables) {
    // What was applied to a database is its own.
    if (table != "migration") MLC_TRY_STATUS(copy_table(from, to, table));
  }
  return {};
}

Status copy_to_file(Database& from, const std::filesystem::path& file, Instant now) {
  const std::filesystem::path rows = file.string() + ".rows";
  const auto copy = [&]() -> Status {
    database::Settings settings;
    settings.file = rows;
    MLC_TRY(const auto database, Database::open(settings));
    MLC_TRY_STATUS(prepare(*database, now));
    MLC_TRY_STATUS(fill_file(from, *database));
    return database->backup_to(file);
  };
  const Status copied = copy();
  for (const char* end : {"", "-wal", "-shm"}) {
    std::error_code ignored;
    std::filesystem::remove(rows.string() + end, ignored);
  }
  return copied;
}

Status copy_from_file(const std::filesystem::path& file, Database& to) {
  database::Settings settings;
  settings.file = file;
  settings.create = false;
  MLC_TRY(const auto from, Database::open(settings));
  return fill_file(*from, to);
}

}  // namespace mlc::store
