#include "simulators/sap/books_file.h"

#include <charconv>
#include <sqlite3.h>
#include <utility>

#include "simulators/sap/dictionary.h"

namespace mlc::simulators::sap {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

const std::string kEmpty;

Handle open_handle(const std::filesystem::path& file, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) {
    throw BooksFailure(raw != nullptr ? sqlite3_errmsg(raw) : "no memory");
  }
  sqlite3_busy_timeout(raw, 10'000);
  return handle;
}

std::string table_ddl(const TableDescription& table) {
  if (!table.view.empty()) {
    return "CREATE VIEW IF NOT EXISTS \"" + table.name + "\" AS " + table.view;
  }
  std::string columns;
  std::string keys;
  for (const auto& field : table.fields) {
    columns += "\"" + field.name + "\" " + (field.is_number() ? "INTEGER" : "TEXT") +
               " NOT NULL DEFAULT " +
               (field.is_number() ? field.initial() : "'" + field.initial() + "'") + ", ";
    if (field.key) keys += (keys.empty() ? "\"" : ", \"") + field.name + "\"";
  }
  return "CREATE TABLE IF NOT EXISTS \"" + table.name + "\" (" + columns + "PRIMARY KEY (" + keys +
         "))";
}

// What SAP has no table of its own for.
constexpr const char* kOwnTables[] = {
    "CREATE TABLE IF NOT EXISTS zsim_user (MANDT TEXT, BNAME TEXT, PASSWORD TEXT, LOCKED TEXT, "
    "PRIMARY KEY (MANDT, BNAME))",
    "CREATE TABLE IF NOT EXISTS zsim_authority (BNAME TEXT, TABNAME TEXT, EFFECT TEXT, "
    "PRIMARY KEY (BNAME, TABNAME))",
    "CREATE TABLE IF NOT EXISTS zsim_co_lock (KOKRS TEXT, GJAHR TEXT, PERIO TEXT, "
    "PRIMARY KEY (KOKRS, GJAHR, PERIO))",
    "CREATE TABLE IF NOT EXISTS zsim_splitting (BUKRS TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS zsim_default_object (BUKRS TEXT, KSTAR TEXT, "
    "PRIMARY KEY (BUKRS, KSTAR))",
    "CREATE TABLE IF NOT EXISTS zsim_update (VBKEY TEXT PRIMARY KEY, DUE TEXT)",
    "CREATE TABLE IF NOT EXISTS zsim_update_data (VBKEY TEXT, ROWNO INTEGER, TABNAME TEXT, "
    "FIELD TEXT, VALUE TEXT, PRIMARY KEY (VBKEY, ROWNO, FIELD))",
    "CREATE TABLE IF NOT EXISTS zsim_counter (NAME TEXT PRIMARY KEY, VALUE INTEGER)",
    "CREATE TABLE IF NOT EXISTS zsim_event (ID INTEGER PRIMARY KEY, AT TEXT, WHAT TEXT, "
    "DETAIL TEXT)",
    "CREATE TABLE IF NOT EXISTS zsim_site_function (FUNCNAME TEXT PRIMARY KEY, CONTRACT TEXT)",
    "CREATE INDEX IF NOT EXISTS \"BKPF~1\" ON BKPF (MANDT, BUKRS, BSTAT, XBLNR)",
};

}  // namespace

const std::string& at(const Row& row, std::string_view field) {
  const auto found = row.find(field);
  return found != row.end() ? found->second : kEmpty;
}

std::int64_t number_at(const Row& row, std::string_view field) {
  const auto& text = at(row, field);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct Books::Database {
  Handle handle;
  std::map<std::string, Statement> statements;  // finalised before the handle is closed

  sqlite3_stmt* prepare(const std::string& sql) {
    auto& statement = statements[sql];
    if (!statement) {
      sqlite3_stmt* raw = nullptr;
      if (sqlite3_prepare_v2(handle.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) {
        throw BooksFailure(sql + ": " + sqlite3_errmsg(handle.get()));
      }
      statement.reset(raw);
    }
    return statement.get();
  }

  // Binds the values; the views into them live until the statement was stepped to its end.
  sqlite3_stmt* bind(const std::string& sql, const std::vector<std::string>& values) {
    auto* statement = prepare(sql);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    for (std::size_t i = 0; i < values.size(); ++i) {
      sqlite3_bind_text(statement, static_cast<int>(i + 1), values[i].data(),
                        static_cast<int>(values[i].size()), SQLITE_STATIC);
    }
    return statement;
  }

  [[noreturn]] void fail(sqlite3_stmt* statement) {
    std::string message = sqlite3_errmsg(handle.get());
    sqlite3_reset(statement);
    throw BooksFailure(message);
  }
};

Books::Books(std::filesystem::path directory)
    : directory_(std::move(directory)), database_(std::make_unique<Database>()) {}

Books::~Books() { database_->statements.clear(); }

Result<std::unique_ptr<Books>> Books::open(const std::filesystem::path& directory, bool durable) {
  std::string reason;
  try {
    std::filesystem::create_directories(directory);
    std::unique_ptr<Books> books(new Books(directory));
    books->database_->handle =
        open_handle(directory / "books.sqlite",
                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX);
    (void)books->query("PRAGMA journal_mode=WAL");
    (void)books->query(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
    (void)books->query("PRAGMA case_sensitive_like=ON");
    books->create_tables();
    return books;
  } catch (const std::exception& caught) {
    reason = caught.what();
  }
  return failure(kBooksUnusable, {{"directory", directory.string()}, {"reason", reason}});
}

void Books::create_tables() {
  Transaction transaction(*this);
  for (const auto& table : all_tables()) execute(table_ddl(table));
  for (const auto* ddl : kOwnTables) execute(ddl);
  transaction.commit();
}

Rows Books::query(const std::string& sql, const std::vector<std::string>& values) {
  auto* statement = database_->bind(sql, values);
  Rows rows;
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    Row row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
      row[sqlite3_column_name(statement, i)] = text != nullptr ? std::string(text, size) : "";
    }
    rows.push_back(std::move(row));
  }
  if (code != SQLITE_DONE) database_->fail(statement);
  sqlite3_reset(statement);
  return rows;
}

int Books::execute(const std::string& sql, const std::vector<std::string>& values) {
  auto* statement = database_->bind(sql, values);
  int code = sqlite3_step(statement);
  while (code == SQLITE_ROW) code = sqlite3_step(statement);
  if (code != SQLITE_DONE) database_->fail(statement);
  sqlite3_reset(statement);
  return sqlite3_changes(database_->handle.get());
}

void Books::insert(std::string_view table, const Row& row) {
  std::string columns;
  std::string marks;
  std::vector<std::string> values;
  for (const auto& [field, value] : row) {
    columns += (columns.empty() ? "\"" : ", \"") + field + "\"";
    marks += marks.empty() ? "?" : ", ?";
    values.push_back(value);
  }
  execute("INSERT INTO \"" + std::string(table) + "\" (" + columns + ") VALUES (" + marks + ")",
          values);
}

std::optional<Row> Books::find(std::string_view table, const Row& key) {
  std::string sql = "SELECT * FROM \"" + std::string(table) + "\" WHERE 1";
  std::vector<std::string> values;
  for (const auto& [field, value] : key) {
    sql += " AND \"" + field + "\" = ?";
    values.push_back(value);
  }
  auto rows = query(sql, values);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::int64_t Books::next(const std::string& counter) {
  execute(
      "INSERT INTO zsim_counter VALUES (?, 1) ON CONFLICT (NAME) DO UPDATE SET VALUE = VALUE + 1",
      {counter});
  return number_at(find("zsim_counter", {{"NAME", counter}}).value_or(Row{}), "VALUE");
}

void Books::snapshot(const std::string& name) {
  const auto file = directory_ / ("snapshot-" + name + ".sqlite");
  std::error_code error;
  std::filesystem::remove(file, error);
  if (error) throw BooksFailure(file.string() + ": " + error.message());
  execute("VACUUM INTO ?", {file.string()});
}

bool Books::restore(const std::string& name) {
  const auto file = directory_ / ("snapshot-" + name + ".sqlite");
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    if (error) throw BooksFailure(file.string() + ": " + error.message());
    return false;
  }
  const auto events = query("SELECT * FROM zsim_event");
  const auto source = open_handle(file, SQLITE_OPEN_READONLY);
  database_->statements.clear();
  auto* backup = sqlite3_backup_init(database_->handle.get(), "main", source.get(), "main");
  if (backup == nullptr) throw BooksFailure(sqlite3_errmsg(database_->handle.get()));
  const int code = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) throw BooksFailure("the snapshot could not be copied back");
  // The record of what was done to the system survives its own restore.
  for (const auto& event : events) {
    if (!find("zsim_event", {{"ID", at(event, "ID")}})) insert("zsim_event", event);
  }
  return true;
}

Books::Transaction::Transaction(Books& books) : books_(books) { books_.execute("BEGIN IMMEDIATE"); }

Books::Transaction::~Transaction() {
  if (!open_) return;
  try {
    books_.execute("ROLLBACK");
  } catch (const BooksFailure&) {
    // SQLite rolled back by itself when the statement failed.
  }
}

void Books::Transaction::commit() {
  books_.execute("COMMIT");
  open_ = false;
}

}  // namespace mlc::simulators::sap
