// What every product that carries Database does alike: SQLite in a file, PostgreSQL on a server.
#include <future>
#include <gmock/gmock.h>

#include "database/catalog.h"
#include "database/errors.h"
#include "database/migrations.h"
#include "database/testing/postgres_server.h"

namespace mlc::database {
namespace {

constexpr Sql kCreate{"create",
                      "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY,"
                      " name TEXT UNIQUE, data BLOB, size INTEGER CHECK (size < 100),"
                      " parent INTEGER REFERENCES t (id)) STRICT"};
constexpr Sql kInsert{"insert t", "INSERT INTO t (id, name, data, size) VALUES (?, ?, ?, ?)"};
constexpr Sql kSelect{"select t", "SELECT id, name, data, size FROM t ORDER BY id"};
constexpr Sql kCount{"count t", "SELECT COUNT(*) FROM t"};

class DatabaseContract : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "mlc-database-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    settings_.file = folder_ / "hub.sqlite";
    if (GetParam() == Dialect::kPostgres) {
      auto* server = PostgresServer::get();
      if (server == nullptr) GTEST_SKIP() << kNoPostgres;
      settings_ = PostgresServer::settings(server->make_schema());
    }
    settings_.busy_timeout = Duration(50);
    database_ = open();
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction->script(kCreate));
    ASSERT_TRUE(transaction->commit());
  }
  void TearDown() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::unique_ptr<Database> open() const {
    auto opened = Database::open(settings_);
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
  Settings settings_;
  std::unique_ptr<Database> database_;
};

std::string name_of(const testing::TestParamInfo<Dialect>& info) {
  return info.param == Dialect::kSqlite ? "Sqlite" : "Postgres";
}
INSTANTIATE_TEST_SUITE_P(Products, DatabaseContract,
                         testing::Values(Dialect::kSqlite, Dialect::kPostgres), name_of);

TEST_P(DatabaseContract, ValuesOfEveryTypeComeBackAsTheyWent) {
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

TEST_P(DatabaseContract, DroppedTransactionLeavesNothingAndCommittedOneStays) {
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

TEST_P(DatabaseContract, StatementRunsInsideItself) {
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

TEST_P(DatabaseContract, ConstraintsAreNamed) {
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

TEST_P(DatabaseContract, WrongSqlAndWritingWhileReadingAreRefused) {
  auto transaction = database_->read();
  const auto wrong = transaction->query({"look", "SELECT nothing FROM nowhere"});
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().is(kStatementRefused));
  const auto writing = transaction->execute(kInsert, {1, "a", nullptr, 1});
  ASSERT_FALSE(writing);
  EXPECT_TRUE(writing.error().is(kStatementRefused)) << writing.error().explain();
}

TEST_P(DatabaseContract, SecondWriterIsBusyReaderIsNotAndBothRecover) {
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

TEST_P(DatabaseContract, ThreadsTakeTurns) {
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

TEST_P(DatabaseContract, TextIsSortedByItsBytes) {
  int id = 0;
  for (const char* name : {"b", "a", "B", "a b", "a-b", "ab", "\xC3\xA4", "Z"}) {
    ASSERT_TRUE(insert(*database_, ++id, name));
  }
  auto transaction = database_->read();
  const auto rows = transaction->query({"sort", "SELECT name FROM t ORDER BY name"});
  std::vector<std::string> names;
  for (const auto& row : *rows) names.push_back(row.text(0));
  EXPECT_THAT(names, testing::ElementsAre("B", "Z", "a", "a b", "a-b", "ab", "b", "\xC3\xA4"));
}

TEST_P(DatabaseContract, BytesAreNoText_AndTextIsNoBytes) {
  for (const auto& row : {Values{1, Blob{"a"}, nullptr, 1}, Values{1, "a", "text", 1}}) {
    auto transaction = database_->begin();
    const auto refused = transaction->execute(kInsert, row);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(kConstraint)) << refused.error().explain();
    EXPECT_EQ(refused.error().fact("constraint"), "type");
  }
}

TEST_P(DatabaseContract, QuestionMarkWithinQuotesIsText) {
  auto transaction = database_->read();
  const auto row = transaction->query_one({"quote", "SELECT '?''?', ?"}, {"x"});
  ASSERT_TRUE(row) << row.error().explain();
  EXPECT_EQ((*row)->text(0), "?'?");
  EXPECT_EQ((*row)->text(1), "x");
}

TEST_P(DatabaseContract, LongAnswerIsWalkedAndOtherStatementsRunMeanwhile) {
  auto transaction = database_->begin();
  for (int i = 0; i < 1234; ++i) {
    ASSERT_TRUE(transaction->execute(kInsert, {i, std::to_string(i), nullptr, i % 100}));
  }
  int seen = 0;
  const Sql walk{"walk", "SELECT id, name FROM t WHERE size < ? ORDER BY id"};
  const auto status = transaction->each(walk, {50}, [&](const Row& row) -> Status {
    EXPECT_EQ(std::to_string(row.integer(0)), row.text(1));
    if (++seen % 500 == 0)
      MLC_TRY_STATUS(transaction->each(walk, {1}, [](const Row&) { return Status{}; }));
    return {};
  });
  ASSERT_TRUE(status) << status.error().explain();
  EXPECT_EQ(seen, 650 - 16);
  ASSERT_TRUE(transaction->commit());
}

// What a transaction reads cannot be changed by another before it ends: the next number, taken by
// reading the highest, is never taken twice.
TEST_P(DatabaseContract, WhatAWriterReadsStaysUntilItEnds) {
  settings_.busy_timeout = std::chrono::seconds(20);
  constexpr Sql kHighest{"highest", "SELECT COALESCE(MAX(id), 0) FROM t"};
  const auto take_numbers = [&] {
    const auto database = open();
    int done = 0;
    for (int i = 0; i < 25; ++i) {
      auto transaction = database->begin();
      if (!transaction) continue;
      const auto highest = transaction->query_one(kHighest);
      const auto next = (*highest)->integer(0) + 1;
      if (!transaction->execute(kInsert, {next, nullptr, nullptr, 1})) continue;
      done += transaction->commit() ? 1 : 0;
    }
    return done;
  };
  std::vector<std::future<int>> writers;
  for (int i = 0; i < 4; ++i) writers.push_back(std::async(std::launch::async, take_numbers));
  for (auto& writer : writers) EXPECT_EQ(writer.get(), 25);
  EXPECT_EQ(count(*database_), 100);
}

TEST_P(DatabaseContract, ReaderSeesOneStateWhileOthersWrite) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  const auto other = open();
  auto reading = other->read();
  const auto before = (*reading->query_one(kCount))->integer(0);
  ASSERT_TRUE(insert(*database_, 2, "b"));
  EXPECT_EQ((*reading->query_one(kCount))->integer(0), before);
}

TEST_P(DatabaseContract, ReadOnly_RefusesToWriteByName) {
  ASSERT_TRUE(insert(*database_, 1, "a"));
  database_.reset();
  settings_.read_only = true;
  const auto reader = open();
  {
    auto transaction = reader->begin();
    const auto refused = transaction->execute(kInsert, {2, "b", nullptr, 1});
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(kReadOnly)) << refused.error().explain();
  }
  EXPECT_EQ(count(*reader), 1);
}

TEST_P(DatabaseContract, CatalogNamesTablesAndColumns) {
  auto transaction = database_->begin();
  ASSERT_TRUE(transaction->script(
      {"make", "CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT) STRICT"}));
  EXPECT_EQ(table_names(*transaction), (std::vector<std::string>{"numbered", "t"}));
  EXPECT_EQ(column_names(*transaction, "t"),
            (std::vector<std::string>{"id", "name", "data", "size", "parent"}));
  EXPECT_EQ(column_names(*transaction, "nothing"), std::vector<std::string>{});
}

TEST_P(DatabaseContract, RowsThatBringTheirNumbersAreFollowedByHigherOnes) {
  auto transaction = database_->begin();
  ASSERT_TRUE(transaction->script(
      {"make", "CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT) STRICT"}));
  ASSERT_TRUE(renumber(*transaction, "numbered", "id"));
  ASSERT_TRUE(transaction->execute({"copy", "INSERT INTO numbered (id, a) VALUES (41, 'x')"}));
  ASSERT_TRUE(renumber(*transaction, "numbered", "id"));
  ASSERT_TRUE(transaction->execute({"add", "INSERT INTO numbered (a) VALUES ('y')"}));
  const auto row = transaction->query_one({"read", "SELECT id FROM numbered WHERE a = 'y'"});
  EXPECT_EQ((*row)->integer(0), 42);
}

// --- migrations ---

const Instant kNow = *parse_instant("2026-11-23T11:42:00Z");
const std::vector<Migration> kSteps = {
    {1, "first", "CREATE TABLE a (x INTEGER) STRICT; CREATE TABLE b (x INTEGER) STRICT;"},
    {2, "second", "INSERT INTO a VALUES (1); INSERT INTO b SELECT x FROM a"}};

TEST_P(DatabaseContract, MigrationsAreAppliedOnceAndRecorded) {
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

TEST_P(DatabaseContract, NewerVersionIsRefusedByNameAndNothingChanges) {
  ASSERT_TRUE(migrate(*database_, kSteps, kNow));
  const auto status = migrate(*database_, std::span(kSteps).first(1), kNow);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kNewerVersion));
  EXPECT_EQ(status.error().fact("found"), "2");
  EXPECT_EQ(status.error().fact("found_name"), "second");
  EXPECT_EQ(status.error().fact("expected"), "1");
}

TEST_P(DatabaseContract, OtherStepIsRefused) {
  ASSERT_TRUE(migrate(*database_, kSteps, kNow));
  auto other = kSteps;
  other[0].sql = "CREATE TABLE c (x INTEGER) STRICT";
  const auto status = migrate(*database_, other, kNow);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kOtherSchema));
}

TEST_P(DatabaseContract, FailingStepTakesAllBack) {
  auto steps = kSteps;
  steps.push_back(
      {3, "third", "CREATE TABLE d (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)"});
  const auto status = migrate(*database_, steps, kNow);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kStatementRefused));
  EXPECT_EQ(status.error().fact("statement"), "migration 3 (third)");
  auto transaction = database_->read();
  EXPECT_EQ(table_names(*transaction), std::vector<std::string>{"t"});
}

// Two programs of the same version that start at once.
TEST_P(DatabaseContract, MigratedByTwoAtOnce_IsMigratedOnce) {
  settings_.busy_timeout = std::chrono::seconds(20);
  std::vector<std::future<Status>> programs;
  for (int i = 0; i < 3; ++i) {
    programs.push_back(std::async(std::launch::async, [this] {
      const auto database = open();
      return migrate(*database, kSteps, kNow);
    }));
  }
  for (auto& program : programs) {
    const Status status = program.get();
    EXPECT_TRUE(status) << status.error().explain();
  }
  auto transaction = database_->read();
  EXPECT_EQ((*transaction->query_one({"count", "SELECT COUNT(*) FROM b"}))->integer(0), 1);
}

}  // namespace
}  // namespace mlc::database
