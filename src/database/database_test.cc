#include "database/database.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <thread>

#include "database/errors.h"
#include "database/migrations.h"

namespace mlc::database {
namespace {

constexpr Sql kCreate{"create",
                      "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY,"
                      " name TEXT UNIQUE, data BLOB, size INTEGER CHECK (size < 100),"
                      " parent INTEGER REFERENCES t (id)) STRICT"};
constexpr Sql kInsert{"insert t", "INSERT INTO t (id, name, data, size) VALUES (?, ?, ?, ?)"};
constexpr Sql kSelect{"select t", "SELECT id, name, data, size FROM t ORDER BY id"};
constexpr Sql kCount{"count t", "SELECT COUNT(*) FROM t"};

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    out.push_back(entry.path().filename().string());
  }
  return out;
}

class DatabaseTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "mlc-database-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    database_ = open();
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction->script(kCreate));
    ASSERT_TRUE(transaction->commit());
  }
  void TearDown() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::filesystem::path file() const { return folder_ / "hub.sqlite"; }
  std::unique_ptr<Database> open() {
    auto opened = Database::open({.file = file(), .busy_timeout = Duration(50)});
    EXPECT_TRUE(opened) << opened.error().explain();
    return std::move(*opened);
  }
  static Status insert(Database& database, int id, const Value& name) {
    MLC_TRY(auto transaction, database.begin());
    MLC_TRY_STATUS(transaction.execute(kInsert, {id, name, nullptr, 1}));
    return transaction.commit();
  }
  static std::int64_t count(Database& database) {
    auto transaction = database.read();
    EXPECT_TRUE(transaction);
    return (*transaction->query_one(kCount))->integer(0);
  }

  std::filesystem::path folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(DatabaseTest, ReadOnly_ReadsWithoutMakingAFile_AndRefusesToWrite) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  database_.reset();
  ASSERT_EQ(names_in(folder_), std::vector<std::string>{"hub.sqlite"});
  const auto odd = folder_ / "50% #1?.sqlite";
  std::filesystem::rename(file(), odd);
  const auto opened = Database::open({.file = odd, .read_only = true});
  ASSERT_TRUE(opened) << opened.error().explain();
  EXPECT_EQ(count(**opened), 1);
  {
    auto transaction = (*opened)->begin();
    ASSERT_TRUE(transaction) << transaction.error().explain();
    const auto refused = transaction->execute(kInsert, {2, "b", nullptr, 1});
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(kReadOnly)) << refused.error().explain();
  }
  EXPECT_EQ(count(**opened), 1);
  EXPECT_EQ(names_in(folder_).size(), 1U);
}

// A copy taken while a program ran: what lies in the log only is read, or the copy is refused.
TEST_F(DatabaseTest, ReadOnly_LogBesideTheFile_IsReadWithItsIndexAndRefusedWithout) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  const auto copy = folder_ / "copy";
  std::filesystem::create_directory(copy);
  for (const char* end : {"", "-wal", "-shm"}) {
    std::filesystem::copy_file(file().string() + end, (copy / "hub.sqlite").string() + end);
  }
  {
    const auto opened = Database::open({.file = copy / "hub.sqlite", .read_only = true});
    ASSERT_TRUE(opened) << opened.error().explain();
    EXPECT_EQ(count(**opened), 1);
  }
  std::filesystem::remove(copy / "hub.sqlite-shm");
  const auto refused = Database::open({.file = copy / "hub.sqlite", .read_only = true});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(kUnreadable));
}

TEST_F(DatabaseTest, ValuesOfEveryTypeComeBackAsTheyWent) {
  const std::string text("a\0\xC3\xBC", 4);
  const auto at = *parse_instant("2026-11-23T11:42:00.123Z");
  auto transaction = database_->begin();
  EXPECT_EQ(transaction->execute(kInsert, {INT64_MIN, text, Blob{std::string("\0\xff", 2)}, -7}),
            1);
  EXPECT_EQ(transaction->execute(kInsert, {2, at, Blob{}, std::nullopt}), 1);
  EXPECT_EQ(transaction->execute(kInsert, {3U, TenantId("acme"), nullptr, true}), 1);
  const auto rows = transaction->query(kSelect);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ(rows->at(0).integer(0), INT64_MIN);
  EXPECT_EQ(rows->at(0).text(1), text);
  EXPECT_EQ(rows->at(0).blob(2), std::string("\0\xff", 2));
  EXPECT_EQ(rows->at(0).integer(3), -7);
  EXPECT_EQ(rows->at(1).instant(1), at);
  EXPECT_EQ(rows->at(1).blob(2), "");
  EXPECT_EQ(rows->at(1).optional_integer(3), std::nullopt);
  EXPECT_EQ(rows->at(2).text(1), "acme");
  EXPECT_TRUE(rows->at(2).is_null(2));
  EXPECT_TRUE(rows->at(2).flag(3));
  EXPECT_EQ(transaction->execute({"delete", "DELETE FROM t WHERE id > ?"}, {100}), 0);
}

TEST_F(DatabaseTest, SettingsAreDurableOnes) {
  auto transaction = database_->begin();
  const auto pragma = [&](std::string_view text) {
    return (*transaction->query_one({"pragma", text}))->at(0);
  };
  EXPECT_EQ(pragma("PRAGMA journal_mode"), Value("wal").content());
  EXPECT_EQ(pragma("PRAGMA synchronous"), Value(2).content());
  EXPECT_EQ(pragma("PRAGMA foreign_keys"), Value(1).content());
}

TEST_F(DatabaseTest, DroppedTransactionLeavesNothingAndCommittedOneStays) {
  {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction->execute(kInsert, {1, "a", nullptr, 1}));
  }
  EXPECT_EQ(count(*database_), 0);
  ASSERT_TRUE(insert(*database_, 1, "a"));
  database_.reset();
  database_ = open();
  EXPECT_EQ(count(*database_), 1);
}

TEST_F(DatabaseTest, StatementRunsInsideItself) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  ASSERT_TRUE(insert(*database_, 2, "b"));
  auto transaction = database_->read();
  int seen = 0;
  ASSERT_TRUE(transaction->each(kSelect, {}, [&](const Row&) -> Status {
    MLC_TRY(const auto inner, transaction->query(kSelect));
    seen += static_cast<int>(inner.size());
    return {};
  }));
  EXPECT_EQ(seen, 4);
}

TEST_F(DatabaseTest, ConstraintsAreNamed) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  const std::vector<std::pair<std::string_view, std::string_view>> table = {
      {"INSERT INTO t (id) VALUES (1)", "primary_key"},
      {"INSERT INTO t (id, name) VALUES (2, 'a')", "unique"},
      {"INSERT INTO t (id, size) VALUES (2, 100)", "check"},
      {"INSERT INTO t (id, parent) VALUES (2, 9)", "foreign_key"},
      {"INSERT INTO t (id, size) VALUES (2, 'x')", "type"}};
  for (const auto& [text, constraint] : table) {
    Status status;
    {
      auto transaction = database_->begin();
      const auto done = transaction->execute({"insert", text});
      status = done ? transaction->commit() : Status(tl::unexpect, done.error());
    }
    ASSERT_FALSE(status) << text;
    EXPECT_TRUE(status.error().is(kConstraint)) << status.error().explain();
    EXPECT_EQ(status.error().fact("constraint"), constraint);
    EXPECT_EQ(status.error().fact("statement"), "insert");
    EXPECT_EQ(is_duplicate(status.error()), constraint == "primary_key" || constraint == "unique");
  }
  EXPECT_EQ(count(*database_), 1);
}

TEST_F(DatabaseTest, WrongSqlAndWritingWhileReadingAreRefused) {
  auto transaction = database_->read();
  const auto wrong = transaction->query({"look", "SELECT nothing FROM nowhere"});
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().is(kStatementRefused));
  const auto writing = transaction->execute(kInsert, {1, "a", nullptr, 1});
  ASSERT_FALSE(writing);
  EXPECT_TRUE(writing.error().is(kStatementRefused)) << writing.error().explain();
}

TEST_F(DatabaseTest, SecondWriterIsBusyReaderIsNotAndBothRecover) {
  const auto other = open();
  {
    auto writing = database_->begin();
    ASSERT_TRUE(writing->execute(kInsert, {1, "a", nullptr, 1}));
    const auto busy = other->begin();
    ASSERT_FALSE(busy);
    EXPECT_TRUE(busy.error().is(kBusy));
    EXPECT_EQ(busy.error().again(), Again::kLater);
    EXPECT_EQ(count(*other), 0);
    ASSERT_TRUE(writing->commit());
  }
  ASSERT_TRUE(insert(*other, 2, "b"));
  EXPECT_EQ(count(*database_), 2);
}

TEST_F(DatabaseTest, ThreadsTakeTurns) {
  std::vector<std::future<int>> threads;
  for (int t = 0; t < 4; ++t) {
    threads.push_back(std::async(std::launch::async, [this, t] {
      int done = 0;
      for (int i = 0; i < 25; ++i) done += insert(*database_, t * 100 + i, nullptr) ? 1 : 0;
      return done;
    }));
  }
  for (auto& thread : threads) EXPECT_EQ(thread.get(), 25);
  EXPECT_EQ(count(*database_), 100);
}

TEST_F(DatabaseTest, FullDatabaseIsNamedTakenBackAndGoesOnWithRoom) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction->query({"limit", "PRAGMA max_page_count = 8"}));
    const auto full =
        transaction->execute(kInsert, {2, nullptr, Blob{std::string(100'000, 'x')}, 1});
    ASSERT_FALSE(full);
    EXPECT_TRUE(full.error().is(kDiskFull)) << full.error().explain();
    EXPECT_EQ(full.error().fact("statement"), "insert t");
  }
  EXPECT_EQ(count(*database_), 1);
  auto transaction = database_->begin();
  ASSERT_TRUE(transaction->query({"limit", "PRAGMA max_page_count = 1000000"}));
  ASSERT_TRUE(transaction->execute(kInsert, {2, nullptr, Blob{std::string(100'000, 'x')}, 1}));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(count(*database_), 2);
}

// The system refuses to let files grow, as a full disk or quota does.
TEST_F(DatabaseTest, RefusalOfTheSystemToGrowIsDiskFull) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  struct rlimit before {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 60'000, before.rlim_max };
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  Status status;
  {
    auto transaction = database_->begin();
    const auto done =
        transaction->execute(kInsert, {2, nullptr, Blob{std::string(300'000, 'x')}, 1});
    status = done ? transaction->commit() : Status(tl::unexpect, done.error());
  }
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kDiskFull)) << status.error().explain();
  EXPECT_EQ(count(*database_), 1);
  EXPECT_TRUE(insert(*database_, 3, "c"));
}

TEST_F(DatabaseTest, FilesThatAreNoDatabaseAreNamed) {
  const auto garbage = folder_ / "garbage";
  std::ofstream(garbage) << std::string(5000, 'x');
  for (const auto& settings :
       {Settings{.file = garbage}, Settings{.file = folder_ / "missing", .create = false},
        Settings{.file = folder_ / "no" / "folder"}}) {
    const auto opened = Database::open(settings);
    ASSERT_FALSE(opened);
    EXPECT_TRUE(opened.error().is(kUnreadable)) << opened.error().explain();
    EXPECT_EQ(opened.error().fact("file"), settings.file.string());
  }
}

TEST_F(DatabaseTest, BackupHoldsTheCommittedStateAndReplacesNothing) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  const auto target = folder_ / "copy.sqlite";
  const auto status = database_->backup_to(target);
  ASSERT_TRUE(status) << status.error().explain();
  EXPECT_FALSE(std::filesystem::exists(target.string() + "-wal"));
  ASSERT_TRUE(insert(*database_, 2, "b"));
  {
    const auto copy = Database::open({.file = target, .create = false});
    ASSERT_TRUE(copy);
    EXPECT_EQ(count(**copy), 1);
  }
  const auto again = database_->backup_to(target);
  ASSERT_FALSE(again);
  EXPECT_TRUE(again.error().is(kBackupExists));
  EXPECT_FALSE(database_->backup_to(folder_ / "no" / "folder"));
}

TEST_F(DatabaseTest, DamageIsFoundByTheIntegrityCheckAndStopsABackup) {
  {
    auto transaction = database_->begin();
    for (int i = 0; i < 2000; ++i) {
      ASSERT_TRUE(transaction->execute(kInsert, {i, "name " + std::to_string(i), nullptr, 1}));
    }
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_TRUE(database_->check_integrity());
  database_.reset();
  {
    std::fstream raw(file(), std::ios::in | std::ios::out | std::ios::binary);
    raw.seekp(4096 * 5 + 8);
    raw << std::string(400, '\x7f');
  }
  database_ = open();
  const auto status = database_->check_integrity();
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kDamaged) || status.error().is(kUnreadable))
      << status.error().explain();
  EXPECT_FALSE(database_->backup_to(folder_ / "copy.sqlite"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "copy.sqlite"));
}

// --- migrations ---

const Instant kNow = *parse_instant("2026-11-23T11:42:00Z");
const std::vector<Migration> kSteps = {
    {1, "first", "CREATE TABLE a (x INTEGER) STRICT; CREATE TABLE b (x INTEGER) STRICT;"},
    {2, "second", "INSERT INTO a VALUES (1); INSERT INTO b SELECT x FROM a"}};

TEST_F(DatabaseTest, MigrationsAreAppliedOnceAndRecorded) {
  const std::span all(kSteps);
  ASSERT_TRUE(migrate(*database_, all.first(1), kNow));
  ASSERT_TRUE(migrate(*database_, all, kNow));
  ASSERT_TRUE(migrate(*database_, all, kNow));
  auto transaction = database_->read();
  EXPECT_EQ((*transaction->query_one({"count", "SELECT COUNT(*) FROM b"}))->integer(0), 1);
  const auto rows = transaction->query(
      {"read", "SELECT version, name, applied_at FROM migration ORDER BY version"});
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(1).text(1), "second");
  EXPECT_EQ(rows->at(1).instant(2), kNow);
}

TEST_F(DatabaseTest, NewerVersionIsRefusedByNameAndNothingChanges) {
  ASSERT_TRUE(migrate(*database_, kSteps, kNow));
  const auto status = migrate(*database_, std::span(kSteps).first(1), kNow);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kNewerVersion));
  EXPECT_EQ(status.error().fact("found"), "2");
  EXPECT_EQ(status.error().fact("found_name"), "second");
  EXPECT_EQ(status.error().fact("expected"), "1");
}

TEST_F(DatabaseTest, OtherStepIsRefused) {
  ASSERT_TRUE(migrate(*database_, kSteps, kNow));
  auto other = kSteps;
  other[0].sql = "CREATE TABLE c (x INTEGER) STRICT";
  const auto status = migrate(*database_, other, kNow);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kOtherSchema));
}

TEST_F(DatabaseTest, FailingStepTakesAllBack) {
  auto steps = kSteps;
  steps.push_back(
      {3, "third", "CREATE TABLE d (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)"});
  const auto status = migrate(*database_, steps, kNow);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kStatementRefused));
  EXPECT_EQ(status.error().fact("statement"), "migration 3 (third)");
  auto transaction = database_->read();
  EXPECT_EQ((*transaction->query_one({"count",
                                      "SELECT COUNT(*) FROM sqlite_schema"
                                      " WHERE name IN ('a', 'b', 'd', 'migration')"}))
                ->integer(0),
            0);
}

}  // namespace
}  // namespace mlc::database
