// State directories whose records are in a PostgreSQL database.
#include <fstream>

#include "database/testing/postgres_server.h"
#include "store/audit_log.h"
#include "store/backup.h"
#include "store/store_contract_test.h"
#include "store/temporary_folder_test.h"

namespace mlc::store {
namespace {

namespace fs = std::filesystem;

class SharedStateTest : public testing::Test {
 protected:
  void SetUp() override {
    server_ = database::PostgresServer::get();
    if (server_ == nullptr) GTEST_SKIP() << database::kNoPostgres;
    place_.server = server_->make_schema();
    place_.evidence = folder_.path() / "evidence";
  }
  [[nodiscard]] fs::path home() const { return folder_.path() / "one"; }
  [[nodiscard]] fs::path other() const { return folder_.path() / "two"; }
  [[nodiscard]] fs::path kept() const { return folder_.path() / "backup"; }

  [[nodiscard]] static Result<std::unique_ptr<StateDirectory>> open(const fs::path& directory,
                                                                    const StorePlace& place) {
    StateDirectorySettings settings;
    settings.directory = directory;
    settings.create = true;
    settings.now = at(0);
    settings.chance = [](std::size_t count) { return random_bytes(count); };
    settings.place = place;
    return StateDirectory::open(settings);
  }
  [[nodiscard]] Result<std::unique_ptr<StateDirectory>> open(const fs::path& directory) const {
    return open(directory, place_);
  }
  static void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  void copy_keys() const {
    fs::create_directories(other());
    fs::copy(home() / "keys", other() / "keys");
  }
  static void fill(StateDirectory& state, const std::string& id) {
    auto transaction = must(state.store().begin());
    ASSERT_TRUE(must(transaction->add_work(work_record(id, at(0)))));
    must(transaction->put_settlement(settlement_record(id, "2061234567" + id)));
    must(transaction->append_audit(tenant(), {at(0), "daemon", "state", "settlement " + id, {}}));
    must(transaction->commit());
    const std::string object(64, 'a');
    write(state.evidence() / "objects" / object, "evidence");
    AuditLog log(state.database(), state.log_name());
    (void)must(log.checkpoint(tenant(), state.signing_key(), at(1)));
  }
  // What an auditor finds: the entries that are numbered and right.
  static std::uint64_t verified(StateDirectory& state) {
    AuditLog log(state.database(), state.log_name());
    return must(log.verify(tenant(), {state.signing_key().public_key}, {})).head.size;
  }
  static std::size_t works(StateDirectory& state) {
    return must(must(state.store().begin())->list_work(tenant(), "settlement")).size();
  }
  [[nodiscard]] Result<RestoreReport> restore_into(const fs::path& target, bool replace) const {
    return restore({kept(), target, "erika", at(20), replace, place_});
  }

  database::PostgresServer* server_ = nullptr;
  TemporaryFolder folder_;
  StorePlace place_;
};

TEST_F(SharedStateTest, TwoDirectoriesWithTheSameKeys_ShareRecordsAndEvidence) {
  auto one = must(open(home()));
  EXPECT_FALSE(fs::exists(home() / "hub.sqlite"));
  EXPECT_EQ(error_of(open(other())), "store.keys_missing");
  fs::remove_all(other());
  copy_keys();
  auto two = must(open(other()));
  EXPECT_TRUE(one->is_shared());
  EXPECT_EQ(two->log_name(), one->log_name());
  EXPECT_EQ(two->store().epoch(), one->store().epoch());
  EXPECT_EQ(two->evidence(), one->evidence());
  fill(*one, "1");
  EXPECT_EQ(works(*two), 1U);
  EXPECT_EQ(verified(*two), 1U);
}

TEST_F(SharedStateTest, KeysOrEvidenceAndAnEmptyDatabase_DoNotBeginAnew) {
  fill(*must(open(home())), "1");
  place_.server = server_->make_schema();
  EXPECT_EQ(error_of(open(home())), "store.database_empty");
  EXPECT_EQ(error_of(open(other())), "store.database_empty") << "its evidence is there";
  place_.evidence.clear();
  fs::remove_all(other());
  EXPECT_EQ(error_of(open(other())), "no error");
}

TEST_F(SharedStateTest, DatabaseOfAnotherProgram_IsRefusedAndUntouched) {
  {
    const auto database =
        must(database::Database::open(database::PostgresServer::settings(*place_.server)));
    auto transaction = must(database->begin());
    must(transaction.script({"theirs", "CREATE TABLE theirs (a INTEGER) STRICT"}));
    must(transaction.commit());
  }
  EXPECT_EQ(error_of(open(home())), "store.not_a_state_directory");
}

TEST_F(SharedStateTest, Restore_GoesBackUnderAHigherEpochAndTheTrailTellsIt) {
  auto state = must(open(home()));
  write(home() / "ml-connector.toml", "names the database");
  fill(*state, "1");
  (void)must(backup(*state, {kept(), at(10), {}}));
  fill(*state, "2");
  const auto epoch = state->store().epoch();
  EXPECT_EQ(error_of(restore_into(home(), true)), "store.in_use");
  state.reset();
  write(home() / "ml-connector.toml", "names the database of today");
  EXPECT_EQ(error_of(restore_into(home(), false)), "store.target_inhabited");
  const auto report = must(restore_into(home(), true));
  EXPECT_GT(report.epoch, epoch);
  EXPECT_EQ(must(read_file(home() / "ml-connector.toml")), "names the database of today");
  EXPECT_EQ(must(read_file(home() / "ml-connector.toml.from-backup")), "names the database");
  EXPECT_FALSE(fs::exists(home() / "hub.sqlite"));
  state = must(open(home()));
  EXPECT_EQ(state->store().epoch(), report.epoch);
  EXPECT_EQ(works(*state), 1U);
  EXPECT_EQ(verified(*state), 2U) << "the entry and the restore";
  fill(*state, "3");
  EXPECT_EQ(verified(*state), 3U) << "entries are numbered on";
}

TEST_F(SharedStateTest, Restore_WhileAnotherDirectoryWorks_IsRefused) {
  fill(*must(open(home())), "1");
  copy_keys();
  (void)must(backup(*must(open(home())), {kept(), at(10), {}}));
  const auto living = must(open(other()));
  EXPECT_EQ(error_of(restore_into(home(), true)), "store.in_use");
}

// How a hub moves from its own file to a server, and back.
TEST_F(SharedStateTest, BackupOfAFile_IsRestoredIntoADatabaseAndBack) {
  fill(*must(open(home(), StorePlace{})), "1");
  const auto name = must(open(home(), StorePlace{}))->log_name();
  (void)must(backup(*must(open(home(), StorePlace{})), {kept(), at(10), {}}));
  copy_keys();
  (void)must(restore_into(other(), false));
  auto moved = must(open(other()));
  EXPECT_EQ(moved->log_name(), name);
  EXPECT_EQ(works(*moved), 1U);
  EXPECT_EQ(verified(*moved), 2U);
  EXPECT_TRUE(fs::exists(place_.evidence / "objects" / std::string(64, 'a')));
  const auto again = folder_.path() / "again";
  (void)must(backup(*moved, {again, at(30), {}}));
  fs::create_directories(folder_.path() / "three");
  fs::copy(home() / "keys", folder_.path() / "three/keys");
  (void)must(restore({again, folder_.path() / "three", "erika", at(40), false, StorePlace{}}));
  const auto file = must(open(folder_.path() / "three", StorePlace{}));
  EXPECT_EQ(works(*file), 1U);
  EXPECT_EQ(verified(*file), 3U);
  const auto read = must(must(file->store().begin())->settlement(tenant(), WorkId("work-1")));
  EXPECT_EQ(read.unknown_columns, settlement_record("1", "20612345671").unknown_columns);
}

}  // namespace
}  // namespace mlc::store
