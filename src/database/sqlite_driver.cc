// SQLite 3.37 or later (STRICT). Result codes are translated in one place, `failed`.
#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include <unordered_map>

#include "base/digest.h"
#include "base/expect.h"
#include "database/driver.h"
#include "database/errors.h"

namespace mlc::database {
namespace {

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

std::string_view constraint_name(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_ROWID: return "unique";
    case SQLITE_CONSTRAINT_PRIMARYKEY: return "primary_key";
    case SQLITE_CONSTRAINT_FOREIGNKEY: return "foreign_key";
    case SQLITE_CONSTRAINT_NOTNULL: return "not_null";
    case SQLITE_CONSTRAINT_DATATYPE: return "type";
    default: return "check";
  }
}

// SQLite says "full" for ENOSPC only; a quota or a size limit is left in errno by its last call.
bool no_room(int code, int system_error) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  if ((code & 0xff) != SQLITE_IOERR) return false;
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

const ErrorKind& kind_of(sqlite3* connection, int code, int system_error) {
  if (no_room(code, system_error)) return kDiskFull;
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return kBusy;
    case SQLITE_CONSTRAINT: return kConstraint;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL: return kUnreadable;
    case SQLITE_READONLY:
      return sqlite3_db_readonly(connection, "main") == 1 ? kUnreadable : kStatementRefused;
    default: return kStatementRefused;
  }
}

Error failed(sqlite3* connection, const Settings& settings, std::string_view statement) {
  const int system_error = errno;
  const int code = sqlite3_extended_errcode(connection);
  const bool refused = settings.read_only && (code & 0xff) == SQLITE_READONLY;
  const ErrorKind& kind = refused ? kReadOnly : kind_of(connection, code, system_error);
  Error error(kind, {{"file", settings.file.string()},
                     {"statement", std::string(statement)},
                     {"detail", sqlite3_errmsg(connection)},
                     {"sqlite_code", std::to_string(code)}});
  if (!error.is(kConstraint)) return error;
  return error.with("constraint", std::string(constraint_name(code)));
}

int bind(sqlite3_stmt* statement, int position, const Value& value) {
  const auto& content = value.content();
  if (const auto* number = std::get_if<std::int64_t>(&content)) {
    return sqlite3_bind_int64(statement, position, *number);
  }
  if (const auto* text = std::get_if<std::string>(&content)) {
    return sqlite3_bind_text64(statement, position, text->data(), text->size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  if (const auto* blob = std::get_if<Blob>(&content)) {
    return sqlite3_bind_blob64(statement, position, blob->bytes.c_str(), blob->bytes.size(),
                               SQLITE_STATIC);
  }
  return sqlite3_bind_null(statement, position);
}

Value column(sqlite3_stmt* statement, int index) {
  const auto bytes = [&](const void* data) {
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
    return size == 0 ? std::string() : std::string(static_cast<const char*>(data), size);
  };
  switch (sqlite3_column_type(statement, index)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, index);
    case SQLITE_NULL: return nullptr;
    case SQLITE_BLOB: return Blob{bytes(sqlite3_column_blob(statement, index))};
    // A floating-point number can only come from a SELECT that computes one: shown as text.
    default: return bytes(sqlite3_column_text(statement, index));
  }
}

Row row_of(sqlite3_stmt* statement) {
  Values values;
  const int count = sqlite3_column_count(statement);
  values.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) values.push_back(column(statement, i));
  return Row(std::move(values));
}

// Syncs a path (file or folder); errors carry errno.
bool sync_path(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = ::fsync(file) == 0;
  ::close(file);
  return synced;
}

class SqliteDriver final : public Driver {
 public:
  SqliteDriver(Settings settings, Connection connection)
      : settings_(std::move(settings)), connection_(std::move(connection)) {}

  [[nodiscard]] Status set_up();
  [[nodiscard]] Status begin(bool writing) override;
  [[nodiscard]] Status commit() override { return plain("commit", "COMMIT"); }
  void rollback() override;
  [[nodiscard]] Result<std::int64_t> run(const Sql& sql, const Values& values,
                                         const UseRow& use) override;
  [[nodiscard]] Status walk(const Sql& sql, const Values& values, const UseRow& use) override {
    MLC_TRY_STATUS(run(sql, values, use));
    return {};
  }
  [[nodiscard]] Status script(const Sql& sql) override;
  [[nodiscard]] std::string name() const override { return settings_.file.string(); }
  [[nodiscard]] Dialect dialect() const override { return Dialect::kSqlite; }
  [[nodiscard]] Status backup_to(const std::filesystem::path& target) override;
  [[nodiscard]] Status check_integrity() override;

 private:
  [[nodiscard]] Error failed_at(std::string_view statement) const {
    return failed(connection_.get(), settings_, statement);
  }
  [[nodiscard]] Status plain(std::string_view name, std::string_view text) {
    MLC_TRY_STATUS(run({name, text}, {}, nullptr));
    return {};
  }
  [[nodiscard]] Result<std::string> first_text(const Sql& sql);
  [[nodiscard]] Result<Prepared> prepare(const Sql& sql, std::string_view text,
                                         std::size_t* used = nullptr);
  [[nodiscard]] Status step_all(const Sql& sql, sqlite3_stmt* statement, const UseRow& use);
  [[nodiscard]] Status copy_into(const std::filesystem::path& target);

  Settings settings_;
  Connection connection_;
  // Prepared statements not in use, by text. The texts are constants of the program: few.
  std::unordered_map<std::string, Prepared> idle_;
  bool query_only_ = false;
};

Result<Prepared> SqliteDriver::prepare(const Sql& sql, std::string_view text, std::size_t* used) {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, &tail);
  Prepared prepared(raw);
  if (code != SQLITE_OK) return failure(failed_at(sql.name));
  if (used != nullptr) *used = static_cast<std::size_t>(tail - text.data());
  return prepared;
}

Status SqliteDriver::step_all(const Sql& sql, sqlite3_stmt* statement, const UseRow& use) {
  for (;;) {
    errno = 0;
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) return failure(failed_at(sql.name));
    if (use) MLC_TRY_STATUS(use(row_of(statement)));
  }
}

Result<std::int64_t> SqliteDriver::run(const Sql& sql, const Values& values, const UseRow& use) {
  // Taken out of the map while it runs, so that a statement may run inside itself.
  auto node = idle_.extract(std::string(sql.text));
  Prepared prepared;
  if (node) {
    prepared = std::move(node.mapped());
  } else {
    MLC_TRY(prepared, prepare(sql, sql.text));
  }
  MLC_EXPECT(sqlite3_bind_parameter_count(prepared.get()) == static_cast<int>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (bind(prepared.get(), static_cast<int>(i) + 1, values[i]) != SQLITE_OK) {
      return failure(failed_at(sql.name));
    }
  }
  const auto before = sqlite3_total_changes64(connection_.get());
  const Status status = step_all(sql, prepared.get(), use);
  sqlite3_reset(prepared.get());
  sqlite3_clear_bindings(prepared.get());
  idle_.insert_or_assign(std::string(sql.text), std::move(prepared));
  if (!status) return failure(status.error());
  const auto after = sqlite3_total_changes64(connection_.get());
  return after == before ? 0 : sqlite3_changes64(connection_.get());
}

Status SqliteDriver::script(const Sql& sql) {
  std::string_view rest = sql.text;
  while (!rest.empty()) {
    std::size_t used = 0;
    MLC_TRY(const Prepared prepared, prepare(sql, rest, &used));
    rest.remove_prefix(used);
    if (prepared) MLC_TRY_STATUS(step_all(sql, prepared.get(), nullptr));
  }
  return {};
}

Result<std::string> SqliteDriver::first_text(const Sql& sql) {
  std::string found;
  MLC_TRY_STATUS(run(sql, {}, [&](const Row& row) -> Status {
    if (found.empty()) found = row.text(0);
    return {};
  }));
  return found;
}

Status SqliteDriver::set_up() {
  sqlite3_extended_result_codes(connection_.get(), 1);
  sqlite3_busy_timeout(connection_.get(), static_cast<int>(settings_.busy_timeout.count()));
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (settings_.read_only) {
    return script({"open", "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY"});
  }
  MLC_TRY(const auto mode, first_text({"open", "PRAGMA journal_mode=WAL"}));
  if (settings_.file != ":memory:" && mode != "wal") {
    return failure(kUnreadable, {{"file", settings_.file.string()},
                                 {"statement", "open"},
                                 {"detail", "write-ahead logging is not possible there"}});
  }
  return script({"open",
                 "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON;"
                 "PRAGMA temp_store=MEMORY"});
}

Status SqliteDriver::begin(bool writing) {
  if (settings_.read_only) return plain("begin", "BEGIN");
  if (query_only_ == writing) {
    MLC_TRY_STATUS(writing ? plain("begin", "PRAGMA query_only=OFF")
                           : plain("begin", "PRAGMA query_only=ON"));
    query_only_ = !writing;
  }
  return writing ? plain("begin", "BEGIN IMMEDIATE") : plain("begin", "BEGIN");
}

void SqliteDriver::rollback() {
  // Some errors (disk full above all) have taken the transaction back already.
  if (sqlite3_get_autocommit(connection_.get()) != 0) return;
  sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  MLC_EXPECT(sqlite3_get_autocommit(connection_.get()) != 0);
}

Status SqliteDriver::check_integrity() {
  std::string found;
  MLC_TRY_STATUS(run({"check integrity", "PRAGMA integrity_check(1)"}, {}, [&](const Row& row) {
    if (row.text(0) != "ok") found = row.text(0);
    return Status{};
  }));
  MLC_TRY_STATUS(run({"check integrity", "PRAGMA foreign_key_check"}, {}, [&](const Row& row) {
    if (found.empty()) found = "a row of " + row.text(0) + " names a missing row of " + row.text(2);
    return Status{};
  }));
  if (found.empty()) return {};
  return failure(kDamaged, {{"file", settings_.file.string()}, {"detail", found}});
}

Status SqliteDriver::copy_into(const std::filesystem::path& target) {
  Settings settings = settings_;
  settings.file = target;
  sqlite3* raw = nullptr;
  const int opened =
      sqlite3_open_v2(target.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  SqliteDriver copy(settings, Connection(raw));
  if (opened != SQLITE_OK) return failure(copy.failed_at("backup"));
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_backup* backup = sqlite3_backup_init(raw, "main", connection_.get(), "main");
  if (backup == nullptr) return failure(copy.failed_at("backup"));
  const int stepped = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) return failure(copy.failed_at("backup"));
  // One file without a log beside it, so that the copy can be moved as it is.
  MLC_TRY(const auto mode, copy.first_text({"backup", "PRAGMA journal_mode=DELETE"}));
  MLC_EXPECT(mode == "delete");
  return copy.check_integrity();
}

Status SqliteDriver::backup_to(const std::filesystem::path& target) {
  std::error_code ignored;
  if (std::filesystem::exists(target, ignored)) {
    return failure(kBackupExists, {{"target", target.string()}});
  }
  Status status = copy_into(target);
  const auto folder = target.has_parent_path() ? target.parent_path() : ".";
  if (status && !(sync_path(target) && sync_path(folder))) {
    status = failure(kUnreadable, {{"file", target.string()},
                                   {"statement", "backup"},
                                   {"detail", std::generic_category().message(errno)}});
  }
  if (!status) {
    std::filesystem::remove(target, ignored);
    std::filesystem::remove(target.string() + "-journal", ignored);
  }
  return status;
}

// A path as SQLite's URIs take it (sqlite.org/uri.html).
std::string as_uri(const std::filesystem::path& file) {
  std::string out = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const bool special = c == '%' || c == '?' || c == '#';
    out += special ? "%" + to_hex(std::string_view(&c, 1)) : std::string(1, c);
  }
  return out;
}

// Beside a file that was closed lies no log: nobody writes it, and SQLite needs no lock. A log that
// was copied along is read by its index, which only a writer can make.
Result<std::string> read_only_uri(const Settings& settings) {
  std::error_code error;
  const auto beside = [&](const char* end) {
    const auto size = std::filesystem::file_size(settings.file.string() + end, error);
    return error ? std::uintmax_t{0} : size;
  };
  const bool log = beside("-wal") > 0;
  if (beside("-shm") > 0) return as_uri(settings.file) + "?mode=ro";
  if (!log) return as_uri(settings.file) + "?mode=ro&immutable=1";
  return failure(kUnreadable,
                 {{"file", settings.file.string()},
                  {"statement", "open"},
                  {"detail", "its newest entries lie in " + settings.file.filename().string() +
                                 "-wal, without the -shm that belongs to it; copy both, or copy "
                                 "after every program has ended"}});
}

Result<std::unique_ptr<Driver>> open_to_read(const Settings& settings) {
  MLC_TRY(const auto uri, read_only_uri(settings));
  sqlite3* raw = nullptr;
  const int flags =
      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(uri.c_str(), &raw, flags, nullptr);
  auto driver = std::make_unique<SqliteDriver>(settings, Connection(raw));
  if (code != SQLITE_OK) return failure(failed(raw, settings, "open"));
  MLC_TRY_STATUS(driver->set_up());
  return driver;
}

}  // namespace

Result<std::unique_ptr<Driver>> open_sqlite(const Settings& settings) {
  if (settings.read_only) return open_to_read(settings);
  const int flags = SQLITE_OPEN_READWRITE | (settings.create ? SQLITE_OPEN_CREATE : 0) |
                    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(settings.file.c_str(), &raw, flags, nullptr);
  auto driver = std::make_unique<SqliteDriver>(settings, Connection(raw));
  if (code != SQLITE_OK) return failure(failed(raw, settings, "open"));
  MLC_TRY_STATUS(driver->set_up());
  return driver;
}

}  // namespace mlc::database
