// PostgreSQL 15 or later through libpq, which only this file and postgres_values know. What is said
// differently to PostgreSQL than to SQLite, and what its error codes mean, stands in
// postgres_text.h.
//
// One writing transaction at a time, as with SQLite: each begins by taking one advisory lock, so
// that READ COMMITTED shows it everything that was committed before, and nothing it reads changes
// under it. Readers see one snapshot and wait for nobody. Nobody waits for the disk under the lock:
// a transaction is committed in memory first, which lets the next one in, and `commit` answers when
// the log is on disk up to a record behind it. Whoever wrote on top of it stands further behind in
// the same log, so that after a crash nothing is there whose foundation is not.
#include <libpq-fe.h>
#include <unordered_map>

#include "base/expect.h"
#include "database/driver.h"
#include "database/errors.h"
#include "database/postgres_text.h"
#include "database/postgres_values.h"

namespace mlc::database {
namespace {

// First halves of our advisory locks; the second is the schema's.
constexpr std::string_view kWriteLock = "7105635";
constexpr std::string_view kOpenLock = "7105636";
constexpr int kOldestServer = 150000;
// A program that stands still within a writing transaction must not stop all others for ever.
constexpr std::string_view kLongestPause = "60s";
constexpr int kRowsAtOnce = 500;

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Finish>;
struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

struct Prepared {
  std::string name;
  std::vector<Oid> types;
};

class PostgresDriver final : public Driver {
 public:
  explicit PostgresDriver(Settings settings) : settings_(std::move(settings)) {}
  [[nodiscard]] Status open();
  [[nodiscard]] Status begin(bool writing) override;
  [[nodiscard]] Status commit() override;
  void rollback() override;
  [[nodiscard]] Result<std::int64_t> run(const Sql& sql, const Values& values,
                                         const UseRow& use) override;
  [[nodiscard]] Status walk(const Sql& sql, const Values& values, const UseRow& use) override;
  [[nodiscard]] Status script(const Sql& sql) override;
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] Dialect dialect() const override { return Dialect::kPostgres; }
  [[nodiscard]] Status backup_to(const std::filesystem::path& target) override;
  [[nodiscard]] Status check_integrity() override;

 private:
  [[nodiscard]] bool lost() const {
    return broken_ || !connection_ || PQstatus(connection_.get()) != CONNECTION_OK;
  }
  [[nodiscard]] Status read_address();
  [[nodiscard]] Status connect();
  [[nodiscard]] Status set_up();
  [[nodiscard]] Status check_server();
  [[nodiscard]] Status begin_once(bool writing);
  [[nodiscard]] Error commit_unknown(const PGresult* answer) const;
  [[nodiscard]] Error failed(std::string_view statement, const PGresult* answer) const;
  // Takes the answer and notes what it says of the connection.
  [[nodiscard]] Answer taken(PGresult* answer);
  [[nodiscard]] Result<Answer> checked(std::string_view statement, PGresult* answer);
  [[nodiscard]] Result<Answer> plain(std::string_view statement, const std::string& text) {
    return checked(statement, PQexec(connection_.get(), text.c_str()));
  }
  [[nodiscard]] Result<const Prepared*> prepare(const Sql& sql);
  [[nodiscard]] Status check_types(const Sql& sql, const Prepared& prepared,
                                   const Values& values) const;
  [[nodiscard]] tl::unexpected<Error> unsuitable(std::string found, std::string expected) const {
    return failure(
        kUnsuitable,
        {{"file", name_}, {"found", std::move(found)}, {"expected", std::move(expected)}});
  }

  Settings settings_;
  std::string name_ = "of PostgreSQL";
  std::string schema_;  // second half of our locks
  Connection connection_;
  std::unordered_map<std::string, Prepared> prepared_;  // by text; gone with the connection
  std::uint64_t next_ = 1;                              // name of the next cursor
  bool changed_ = false;                                // something in the open transaction
  bool broken_ = false;                                 // nothing more is sent over the connection
};

Error PostgresDriver::failed(std::string_view statement, const PGresult* answer) const {
  const std::string_view state = field_of(answer, PG_DIAG_SQLSTATE);
  const ErrorKind* kind = lost() ? &kUnreachable : &kind_of_sqlstate(state);
  if (kind == &kReadOnly && !settings_.read_only) kind = &kStatementRefused;
  const std::string_view said = field_of(answer, PG_DIAG_MESSAGE_PRIMARY);
  Error error(*kind, {{"file", name_},
                      {"statement", std::string(statement)},
                      {"detail", said.empty() ? without_hosts(PQerrorMessage(connection_.get()))
                                              : without_hosts(said)}});
  if (!state.empty()) error = error.with("sqlstate", std::string(state));
  if (!error.is(kConstraint)) return error;
  return error.with("constraint",
                    std::string(broken_rule(state, field_of(answer, PG_DIAG_CONSTRAINT_NAME))));
}

Answer PostgresDriver::taken(PGresult* answer) {
  broken_ = broken_ || (!is_good(answer) && ends_connection(answer));
  return Answer(answer);
}

Result<Answer> PostgresDriver::checked(std::string_view statement, PGresult* answer) {
  Answer out = taken(answer);
  if (!is_good(answer)) return failure(failed(statement, answer));
  return out;
}

// The database's name for messages, and no password where everybody can read it.
Status PostgresDriver::read_address() {
  // What libpq says of it may repeat it, and with it a password: nobody asks.
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(settings_.server->address.c_str(), nullptr));
  if (!options) return failure(kBadAddress, {{"detail", "it cannot be read"}});
  std::string database;
  for (const auto* one = options.get(); one->keyword != nullptr; ++one) {
    if (one->val == nullptr) continue;
    const std::string_view keyword = one->keyword;
    if (keyword == "password" && *one->val != '\0') {
      return failure(kBadAddress, {{"detail", "it holds a password"}});
    }
    if (keyword == "dbname") database = one->val;
  }
  name_ = (database.empty() ? "" : "\"" + database + "\" ") + std::string("of PostgreSQL");
  return {};
}

Status PostgresDriver::open() {
  MLC_TRY_STATUS(read_address());
  return connect();
}

// What stands before `dbname` may be said otherwise in the address, what stands after may not.
Status PostgresDriver::connect() {
  prepared_.clear();
  connection_.reset();
  broken_ = false;
  const std::string password(settings_.server->password.reveal());
  const char* wanted = settings_.read_only ? "any" : "read-write";
  const std::vector<std::pair<const char*, const char*>> options{
      {"connect_timeout", "10"},
      {"keepalives_idle", "30"},
      {"keepalives_interval", "10"},
      {"keepalives_count", "3"},
      {"tcp_user_timeout", "60000"},
      {"target_session_attrs", wanted},
      {"application_name", "ml-connector"},
      {"dbname", settings_.server->address.c_str()},
      {"password", password.empty() ? nullptr : password.c_str()},
      {"client_encoding", "UTF8"}};
  std::vector<const char*> keywords;
  std::vector<const char*> values;
  for (const auto& [keyword, value] : options) {
    if (value == nullptr) continue;
    keywords.push_back(keyword);
    values.push_back(value);
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
  if (lost()) return failure(failed("connect", nullptr));
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  const Status ready = set_up();
  if (!ready) connection_.reset();
  return ready;
}

Status PostgresDriver::check_server() {
  const int version = PQserverVersion(connection_.get());
  if (version < kOldestServer) {
    return unsuitable("its server has version " + std::to_string(version / 10000), "15 or later");
  }
  MLC_TRY(const auto answer, plain("connect",
                                   "SELECT current_setting('server_encoding'), current_schema(),"
                                   " hashtext(current_schema())"));
  const std::string encoding = PQgetvalue(answer.get(), 0, 0);
  if (encoding != "UTF8") return unsuitable("its encoding is " + encoding, "UTF8");
  if (PQgetisnull(answer.get(), 0, 1) == 1) {
    return unsuitable("search_path names no schema that is there", "one, such as public");
  }
  schema_ = PQgetvalue(answer.get(), 0, 2);
  return {};
}

// A machine that vanished must not keep its locks for the hours that TCP would grant it.
Status PostgresDriver::set_up() {
  MLC_TRY_STATUS(check_server());
  const std::string wait = std::to_string(settings_.busy_timeout.count());
  MLC_TRY_STATUS(plain(
      "connect", "SET lock_timeout = " + wait + "; SET idle_in_transaction_session_timeout = '" +
                     std::string(kLongestPause) +
                     "'; SET statement_timeout = 0; SET bytea_output = hex;"
                     " SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
                     " SET tcp_keepalives_count = 3; SET tcp_user_timeout = 60000;"
                     " SET standard_conforming_strings = on;"
                     " SELECT set_config('synchronous_commit', 'on', false)"
                     " WHERE current_setting('synchronous_commit') = 'off'"));
  const std::string mode = settings_.server->alone ? "lock" : "lock_shared";
  MLC_TRY(const auto taken, plain("connect", "SELECT pg_try_advisory_" + mode + "(" +
                                                 std::string(kOpenLock) + ", " + schema_ + ")"));
  if (*PQgetvalue(taken.get(), 0, 0) == 't') return {};
  return failure(kInUse, {{"file", name_}});
}

Status PostgresDriver::begin_once(bool writing) {
  changed_ = false;
  if (!writing || settings_.read_only) {
    MLC_TRY_STATUS(plain("begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    return {};
  }
  const Result<Answer> begun =
      plain("begin",
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
            " SET LOCAL synchronous_commit = off; SELECT pg_advisory_xact_lock(" +
                std::string(kWriteLock) + ", " + schema_ + ")");
  if (begun) return {};
  rollback();
  return failure(begun.error());
}

Status PostgresDriver::begin(bool writing) {
  if (lost()) MLC_TRY_STATUS(connect());
  const Status begun = begin_once(writing);
  if (begun || !lost()) return begun;
  // The connection broke while nobody used it; nothing had begun.
  MLC_TRY_STATUS(connect());
  return begin_once(writing);
}

Error PostgresDriver::commit_unknown(const PGresult* answer) const {
  const Error broken = failed("commit", answer);
  return Error(kCommitUnknown, {{"file", name_},
                                {"statement", "commit"},
                                {"detail", std::string(broken.fact("detail"))}})
      .with_written(Written::kPerhaps);
}

Status PostgresDriver::commit() {
  const Answer answer = taken(PQexec(connection_.get(), "COMMIT"));
  if (lost())
    return failure(changed_ ? commit_unknown(answer.get()) : failed("commit", answer.get()));
  if (!is_good(answer.get())) return failure(failed("commit", answer.get()));
  // A transaction in which a statement failed is taken back, and PostgreSQL calls that a success.
  if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT") {
    return failure(
        kStatementRefused,
        {{"file", name_}, {"statement", "commit"}, {"detail", "a statement before it had failed"}});
  }
  if (!changed_) return {};
  // A record in the log that nobody reads; its own commit waits for the disk (and for replicas,
  // where the server is set up so), and several of them wait together.
  const Answer durable =
      taken(PQexec(connection_.get(), "SELECT pg_logical_emit_message(true, 'ml-connector', '')"));
  if (is_good(durable.get())) return {};
  return failure(commit_unknown(durable.get()));
}

void PostgresDriver::rollback() {
  if (!lost() && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) {
    const Answer answer(PQexec(connection_.get(), "ROLLBACK"));
  }
  // What cannot be taken back in words ends with the connection, and with it our lock.
  if (lost() || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) connection_.reset();
}

Result<const Prepared*> PostgresDriver::prepare(const Sql& sql) {
  const std::string text(sql.text);
  if (const auto known = prepared_.find(text); known != prepared_.end()) return &known->second;
  Prepared made{"s" + std::to_string(prepared_.size() + 1), {}};
  MLC_TRY_STATUS(checked(sql.name, PQprepare(connection_.get(), made.name.c_str(),
                                             numbered_placeholders(text).c_str(), 0, nullptr)));
  MLC_TRY(const auto described,
          checked(sql.name, PQdescribePrepared(connection_.get(), made.name.c_str())));
  for (int i = 0; i < PQnparams(described.get()); ++i) {
    made.types.push_back(PQparamtype(described.get(), i));
  }
  return &prepared_.emplace(text, std::move(made)).first->second;
}

// PostgreSQL would take text for bytes and bytes for text; SQLite's STRICT tables do not.
Status PostgresDriver::check_types(const Sql& sql, const Prepared& prepared,
                                   const Values& values) const {
  MLC_EXPECT(prepared.types.size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& content = values[i].content();
    if (std::holds_alternative<std::nullptr_t>(content)) continue;
    if (std::holds_alternative<Blob>(content) == (prepared.types[i] == kBytea)) continue;
    return failure(kConstraint,
                   {{"file", name_},
                    {"statement", std::string(sql.name)},
                    {"constraint", "type"},
                    {"detail", "value " + std::to_string(i + 1) + " is of another type"}});
  }
  return {};
}

Result<std::int64_t> PostgresDriver::run(const Sql& sql, const Values& values, const UseRow& use) {
  MLC_TRY(const Prepared* prepared, prepare(sql));
  MLC_TRY_STATUS(check_types(sql, *prepared, values));
  const Parameters given(values);
  MLC_TRY(const auto answer,
          checked(sql.name, PQexecPrepared(connection_.get(), prepared->name.c_str(), given.count(),
                                           given.values(), given.lengths(), given.formats(), 0)));
  MLC_TRY_STATUS(use_rows(answer.get(), use));
  if (PQresultStatus(answer.get()) == PGRES_TUPLES_OK) return 0;
  const auto count = whole_number(PQcmdTuples(answer.get())).value_or(0);
  changed_ = changed_ || count > 0;
  return count;
}

Status PostgresDriver::walk(const Sql& sql, const Values& values, const UseRow& use) {
  const std::string cursor = "walk" + std::to_string(next_++);
  const std::string declare =
      "DECLARE " + cursor + " NO SCROLL CURSOR FOR " + numbered_placeholders(sql.text);
  const Parameters given(values);
  MLC_TRY_STATUS(
      checked(sql.name, PQexecParams(connection_.get(), declare.c_str(), given.count(), nullptr,
                                     given.values(), given.lengths(), given.formats(), 0)));
  const std::string fetch = "FETCH " + std::to_string(kRowsAtOnce) + " FROM " + cursor;
  while (true) {
    MLC_TRY(const auto answer, plain(sql.name, fetch));
    MLC_TRY_STATUS(use_rows(answer.get(), use));
    if (PQntuples(answer.get()) < kRowsAtOnce) break;
  }
  MLC_TRY_STATUS(plain(sql.name, "CLOSE " + cursor));
  return {};
}

Status PostgresDriver::script(const Sql& sql) {
  changed_ = true;
  MLC_TRY_STATUS(plain(sql.name, postgres_schema(sql.text)));
  return {};
}

Status PostgresDriver::backup_to(const std::filesystem::path& target) {
  return failure(kNotAFile,
                 {{"file", name_}, {"statement", "backup"}, {"target", target.string()}});
}

Status PostgresDriver::check_integrity() {
  return failure(kNotAFile, {{"file", name_}, {"statement", "check integrity"}});
}

}  // namespace

Result<std::unique_ptr<Driver>> open_postgres(const Settings& settings) {
  auto driver = std::make_unique<PostgresDriver>(settings);
  MLC_TRY_STATUS(driver->open());
  return driver;
}

}  // namespace mlc::database
