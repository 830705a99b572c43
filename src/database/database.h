// The one door to the database. SQL is the common subset of SQLite and PostgreSQL with `?`
// placeholders; schemas are written in SQLite's words (STRICT, INTEGER, TEXT, BLOB) and translated.
//
//   constexpr Sql kFind{"find settlement", "SELECT state FROM settlement WHERE tenant = ? AND
//   ..."}; MLC_TRY(auto transaction, database.begin()); MLC_TRY(const auto row,
//   transaction.query_one(kFind, {tenant, id}));
//   ...
//   return transaction.commit();
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "database/value.h"

namespace mlc::database {

// A statement and the name under which logs and errors speak of it ("claim work").
struct Sql {
  std::string_view name;
  std::string_view text;
};

enum class Dialect { kSqlite, kPostgres };

// A database on a PostgreSQL server.
struct Server {
  std::string address;  // "postgresql://user@host/database?..."; never with a password
  Secret password;      // empty: the server asks for none, or ~/.pgpass has it
  // Nobody else may have the database open, and nobody gets it until this one is closed.
  bool alone = false;
};

// ":memory:" as file gives a database that lives as long as the object.
struct Settings {
  std::filesystem::path file;
  bool create = true;  // otherwise a missing file is database.unreadable
  // How long a statement waits for a lock that another process holds.
  Duration busy_timeout = std::chrono::seconds(10);
  // For a file, or a folder, that cannot be written: `begin` reads as well, and a statement that
  // writes is database.read_only. Nothing is made beside the file.
  bool read_only = false;
  std::optional<Server> server = std::nullopt;  // then `file` and `create` do not count
};

// True when the error says that a row with this key exists already.
[[nodiscard]] bool is_duplicate(const Error& error);

class Driver;

// A transaction in progress; holds the database for itself until it is gone, so keep it short and
// never across a call to the outside. Rolls back when dropped without `commit`. Not thread-safe;
// use and drop it on the thread that began it. After an error the only sensible thing is to drop
// it: PostgreSQL refuses every further statement.
class Transaction {
 public:
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // Runs a statement that answers no rows; returns how many rows it changed.
  // Errors: every database.* of a running statement (see errors.h).
  [[nodiscard]] Result<std::int64_t> execute(const Sql& sql, const Values& values = {});
  // All rows. For answers that may be long use `each`.
  [[nodiscard]] Result<std::vector<Row>> query(const Sql& sql, const Values& values = {});
  // The first row, nothing when there is none.
  [[nodiscard]] Result<std::optional<Row>> query_one(const Sql& sql, const Values& values = {});
  // Hands over row after row; an error of `use` ends it and is returned. `use` may run other
  // statements of this transaction.
  [[nodiscard]] Status each(const Sql& sql, const Values& values,
                            const std::function<Status(const Row&)>& use);
  // Several statements without placeholders, separated by `;` (schemas, in SQLite's words).
  [[nodiscard]] Status script(const Sql& sql);
  // Durable when it returns without error; the transaction is over then, lets others in, and must
  // not be used any more. After database.disk_full and database.busy everything
  // was taken back; after database.unreadable and database.commit_unknown the next reader sees all
  // of it or nothing.
  [[nodiscard]] Status commit();

  [[nodiscard]] Dialect dialect() const;

 private:
  friend class Database;
  struct State;
  explicit Transaction(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Thread-safe: one connection, one transaction at a time; others wait. Several processes may open
// the same database. Two transactions of one thread at once are an impossibility. A connection to a
// server that broke is made anew by the next transaction, never within one.
class Database {
 public:
  // Opens and sets up (WAL, synchronous=FULL, foreign keys). No schema: see migrations.h.
  // Errors: database.unreadable, database.busy, database.disk_full; of a server also
  // database.unreachable, database.unsuitable, database.bad_address, database.in_use.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Settings& settings);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // A writing transaction: holds the write lock from the beginning, so it never meets
  // database.busy later, and sees everything that was committed before. On PostgreSQL the lock is
  // an advisory one that only this program's processes take.
  // Errors: database.busy, database.unreadable, database.unreachable.
  [[nodiscard]] Result<Transaction> begin();
  // A reading transaction: sees one state of the database, does not wait for writers of other
  // processes; writing in it is database.statement_refused.
  [[nodiscard]] Result<Transaction> read();

  // Copies the committed state into a new file, checks the copy and syncs it; other processes go
  // on. A failed copy is removed. Errors: database.backup_exists, database.damaged, disk_full,
  // database.not_a_file (it is on a server).
  [[nodiscard]] Status backup_to(const std::filesystem::path& target);
  // SQLite's integrity and foreign key check. Errors: database.damaged with the first finding,
  // database.not_a_file.
  [[nodiscard]] Status check_integrity();

  // What messages call it: the path of a file, `"hub" of PostgreSQL` of a database on a server.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] Dialect dialect() const;

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  [[nodiscard]] Result<Transaction> start(bool writing);
  std::unique_ptr<State> state_;
};

}  // namespace mlc::database
