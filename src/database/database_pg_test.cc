// What only a database on a server does: it goes away and comes back.
#include <chrono>
#include <gmock/gmock.h>
#include <thread>

#include "database/errors.h"
#include "database/testing/postgres_server.h"

namespace mlc::database {
namespace {

constexpr Sql kInsert{"insert t", "INSERT INTO t (id) VALUES (?)"};
constexpr Sql kCount{"count t", "SELECT COUNT(*) FROM t"};

class PostgresTest : public ::testing::Test {
 protected:
  void SetUp() override {
    server_ = PostgresServer::get();
    if (server_ == nullptr) GTEST_SKIP() << kNoPostgres;
    settings_ = PostgresServer::settings(server_->make_schema());
    settings_.busy_timeout = std::chrono::milliseconds(100);
    database_ = open();
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction->script({"create", "CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT"}));
    ASSERT_TRUE(transaction->commit());
  }
  [[nodiscard]] std::unique_ptr<Database> open() const {
    auto opened = Database::open(settings_);
    if (!opened) throw std::runtime_error(opened.error().explain());
    return std::move(*opened);
  }
  [[nodiscard]] std::int64_t count() const {
    auto transaction = database_->read();
    return (*transaction->query_one(kCount))->integer(0);
  }
  static Status add(Database& database, int id) {
    MLC_TRY(auto transaction, database.begin());
    MLC_TRY_STATUS(transaction.execute(kInsert, {id}));
    return transaction.commit();
  }

  PostgresServer* server_ = nullptr;
  Settings settings_;
  std::unique_ptr<Database> database_;
};

TEST_F(PostgresTest, ConnectionLostBetweenTransactions_NobodyNotices) {
  ASSERT_TRUE(add(*database_, 1));
  server_->end_connections();
  EXPECT_EQ(count(), 1);
  server_->end_connections();
  EXPECT_TRUE(add(*database_, 2));
  EXPECT_EQ(count(), 2);
}

TEST_F(PostgresTest, ConnectionLostWithinATransaction_NothingOfItIsKept) {
  {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction->execute(kInsert, {1}));
    server_->end_connections();
    // Nothing is made anew within a transaction: half of it is gone.
    for (int id = 2; id < 4; ++id) {
      const auto lost = transaction->execute(kInsert, {id});
      ASSERT_FALSE(lost);
      EXPECT_TRUE(lost.error().is(kUnreachable)) << lost.error().explain();
      EXPECT_EQ(lost.error().again(), Again::kLater);
      EXPECT_EQ(lost.error().written(), Written::kNo);
    }
  }
  EXPECT_EQ(count(), 0);
  EXPECT_TRUE(add(*database_, 1));
}

TEST_F(PostgresTest, ConnectionLostWhileKeeping_IsToldAsUnknown) {
  auto transaction = database_->begin();
  ASSERT_TRUE(transaction->execute(kInsert, {1}));
  server_->end_connections();
  const auto unknown = transaction->commit();
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().is(kCommitUnknown)) << unknown.error().explain();
  EXPECT_EQ(unknown.error().written(), Written::kPerhaps);
  EXPECT_EQ(unknown.error().again(), Again::kLater);
}

TEST_F(PostgresTest, ConnectionLostAfterReadingOnly_IsNoDoubt) {
  auto transaction = database_->begin();
  ASSERT_TRUE(transaction->query_one(kCount));
  server_->end_connections();
  const auto lost = transaction->commit();
  ASSERT_FALSE(lost);
  EXPECT_TRUE(lost.error().is(kUnreachable)) << lost.error().explain();
}

// What was answered as kept is on disk, although nobody waited for the disk under the lock.
TEST_F(PostgresTest, ServerCrashes_WhatWasKeptIsThere) {
  const auto other = open();
  for (int round = 0; round < 3; ++round) {
    for (int id = 0; id < 5; ++id) {
      ASSERT_TRUE(add(*database_, round * 100 + id));
      ASSERT_TRUE(add(*other, round * 100 + 50 + id));
    }
    server_->crash();
    EXPECT_EQ(count(), 10 * (round + 1));
  }
}

TEST_F(PostgresTest, FailedStatement_TheTransactionIsNeverCalledKept) {
  ASSERT_TRUE(add(*database_, 1));
  auto transaction = database_->begin();
  ASSERT_TRUE(transaction->execute(kInsert, {2}));
  EXPECT_FALSE(transaction->execute(kInsert, {1}));
  const auto kept = transaction->commit();
  ASSERT_FALSE(kept);
  EXPECT_TRUE(kept.error().is(kStatementRefused)) << kept.error().explain();
}

TEST_F(PostgresTest, Alone_WaitsForNobodyAndLetsNobodyIn) {
  Settings alone = settings_;
  alone.server->alone = true;
  const auto refused = Database::open(alone);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(kInUse)) << refused.error().explain();
  database_.reset();
  // The server lets go of a lock a moment after its client has gone.
  auto first = Database::open(alone);
  for (int tries = 0; !first && first.error().is(kInUse) && tries < 500; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    first = Database::open(alone);
  }
  ASSERT_TRUE(first) << first.error().explain();
  const auto second = Database::open(settings_);
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is(kInUse));
}

struct AddressRow {
  const char* address;
  const ErrorKind* kind;
};

TEST_F(PostgresTest, WrongAddresses_AreNamedWithoutMachinesAndPasswords) {
  for (const AddressRow& row : {AddressRow{"postgresql://hub:sesame@db.invalid/hub", &kBadAddress},
                                {"postgresql:///hub?password=sesame", &kBadAddress},
                                {"postgresql://hub@[db.invalid/sesame", &kBadAddress},
                                {"postgresql://hub@db.invalid/hub", &kUnreachable},
                                {"postgresql:///hub?host=/no/db.invalid/folder", &kUnreachable}}) {
    Settings settings;
    settings.server = Server{row.address, Secret("sesame")};
    const auto opened = Database::open(settings);
    ASSERT_FALSE(opened) << row.address;
    EXPECT_EQ(opened.error().id(), row.kind->id);
    const std::string told = opened.error().explain();
    EXPECT_EQ(told.find("sesame"), std::string::npos) << told;
    EXPECT_EQ(told.find("db.invalid"), std::string::npos) << told;
  }
}

}  // namespace
}  // namespace mlc::database
