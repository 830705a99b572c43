#include "database/database.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <thread>

#include "database/errors.h"

namespace mlc::database {
namespace {

constexpr Sql kCreate{"create",
                      "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY,"
                      " name TEXT UNIQUE, data BLOB, size INTEGER CHECK (size < 100),"
                      " parent INTEGER REFERENCES t (id)) STRICT"};
constexpr Sql kInsert{"insert t", "INSERT INTO t (id, name, data, size) VALUES (?, ?, ?, ?)"};
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

TEST_F(DatabaseTest, SettingsAreDurableOnes) {
  auto transaction = database_->begin();
  const auto pragma = [&](std::string_view text) {
    return (*transaction->query_one({"pragma", text}))->at(0);
  };
  EXPECT_EQ(pragma("PRAGMA journal_mode"), Value("wal").content());
  EXPECT_EQ(pragma("PRAGMA synchronous"), Value(2).content());
  EXPECT_EQ(pragma("PRAGMA foreign_keys"), Value(1).content());
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

}  // namespace
}  // namespace mlc::database
