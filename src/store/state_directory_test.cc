// State directories, backups and restores on the real file system.
#include "store/state_directory.h"

#include <algorithm>
#include <fstream>
#include <unistd.h>

#include "store/audit_log.h"
#include "store/backup.h"
#include "store/store_contract_test.h"
#include "store/temporary_folder_test.h"

namespace mlc::store {
namespace {

namespace fs = std::filesystem;

std::string chance(std::size_t count) { return std::string(count, '\x2a'); }

Result<std::unique_ptr<StateDirectory>> open(const fs::path& directory, bool create = true,
                                             Chance seed = chance) {
  StateDirectorySettings settings;
  settings.directory = directory;
  settings.create = create;
  settings.now = at(0);
  settings.chance = std::move(seed);
  return StateDirectory::open(settings);
}

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string read(const fs::path& file) { return must(read_file(file)); }

void run_sql(StateDirectory& state, std::string_view text) {
  auto transaction = must(state.database().begin());
  must(transaction.script({"test", text}));
  must(transaction.commit());
}

class StateDirectoryTest : public testing::Test {
 protected:
  // A store with one work, an audit entry, evidence, configuration and rules.
  void fill(StateDirectory& state) {
    auto transaction = must(state.store().begin());
    ASSERT_TRUE(must(transaction->add_work(work_record("1", at(0)))));
    must(transaction->append_audit(tenant(), {at(0), "daemon", "state", "settlement 1", {}}));
    must(transaction->commit());
    write(home() / "evidence/objects" / std::string(64, 'a'), "evidence");
    write(home() / "evidence/lineage" / std::string(64, 'b'), "lineage");
    write(home() / "evidence/incoming/7", "half");
    write(home() / "ml-connector.toml", "old configuration");
    write(home() / "rules/us.toml", "rules");
    write(home() / "more-rules.toml", "more");
    write(home() / "amazon.secret", "secret");
  }
  BackupReport back_up(StateDirectory& state) {
    return must(backup(state, {kept(), at(10), {"more-rules.toml"}}));
  }
  [[nodiscard]] fs::path home() const { return folder_.path() / "state"; }
  [[nodiscard]] fs::path kept() const { return folder_.path() / "backup"; }
  [[nodiscard]] fs::path other() const { return folder_.path() / "other"; }
  [[nodiscard]] RestoreRequest restoring(const fs::path& target, bool replace) const {
    return {kept(), target, "erika", at(20), replace};
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(StateDirectoryTest, Open_MissingFolderWithCreate_MakesAPrivateStoreWithAKey) {
  auto state = must(open(home()));
  EXPECT_TRUE(fs::exists(home() / "hub.sqlite"));
  EXPECT_EQ(fs::status(home()).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(home() / "keys/audit.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(state->signing_key().public_key, signing_key_from_seed(Secret(chance(32))).public_key);
}

TEST_F(StateDirectoryTest, Open_Again_HasTheSameKeyNameAndEpoch) {
  std::string name;
  std::uint64_t epoch = 0;
  {
    auto state = must(open(home()));
    name = state->log_name();
    epoch = state->store().epoch();
  }
  auto again = must(open(home(), false, [](std::size_t n) { return std::string(n, 'x'); }));
  EXPECT_EQ(again->log_name(), name);
  EXPECT_EQ(again->store().epoch(), epoch);
}

TEST_F(StateDirectoryTest, Open_WithoutCreate_RefusesWhatIsNoStateDirectory) {
  EXPECT_EQ(error_of(open(home(), false)), "store.not_a_state_directory");
  write(home() / "ml-connector.toml", "x");
  EXPECT_EQ(error_of(open(home(), false)), "store.not_a_state_directory");
  EXPECT_FALSE(fs::exists(home() / "hub.sqlite"));
  EXPECT_EQ(error_of(open(home(), true)), "no error");
}

TEST_F(StateDirectoryTest, Open_FolderOfSomethingElse_IsRefusedAndUntouched) {
  write(home() / "letter.odt", "x");
  EXPECT_EQ(error_of(open(home())), "store.not_a_state_directory");
  EXPECT_EQ(must(list_files(home())), std::vector<std::string>{"letter.odt"});
}

TEST_F(StateDirectoryTest, Open_DatabaseOfAnotherProgram_IsRefusedAndUntouched) {
  fs::create_directories(home());
  {
    auto database = must(database::Database::open({home() / "hub.sqlite"}));
    auto transaction = must(database->begin());
    must(transaction.script({"test", "CREATE TABLE theirs (a INTEGER) STRICT"}));
    must(transaction.commit());
  }
  EXPECT_EQ(error_of(open(home())), "store.not_a_state_directory");
}

TEST_F(StateDirectoryTest, Open_DatabaseLost_DoesNotBeginAnew) {
  (void)must(open(home()));
  fs::remove(home() / "hub.sqlite");
  const auto refused = open(home());
  ASSERT_EQ(error_of(refused), "store.database_missing");
  EXPECT_EQ(refused.error().fact("found"), "keys/audit.key");
  fs::remove_all(home() / "keys");
  write(home() / "evidence/objects/a", "x");
  EXPECT_EQ(error_of(open(home())), "store.database_missing");
}

TEST_F(StateDirectoryTest, Open_FolderThatMayNotBeLookedAt_IsRefusedWithTheReason) {
  const auto refused = open(home() / std::string(5000, 'x'));  // no file system takes that name
  ASSERT_EQ(error_of(refused), "store.not_a_state_directory");
  EXPECT_EQ(refused.error().fact("found"), std::generic_category().message(ENAMETOOLONG));
}

TEST_F(StateDirectoryTest, Open_DatabaseOfNoBytes_DoesNotBeginAnew) {
  (void)must(open(home()));
  fs::resize_file(home() / "hub.sqlite", 0);
  fs::remove(home() / "hub.sqlite-wal");
  const auto refused = open(home());
  ASSERT_EQ(error_of(refused), "store.database_missing");
  EXPECT_EQ(refused.error().fact("found"), "keys/audit.key and a hub.sqlite of no bytes");
  EXPECT_EQ(fs::file_size(home() / "hub.sqlite"), 0U);
}

TEST_F(StateDirectoryTest, Open_NewerDatabase_IsRefusedWithBothVersions) {
  run_sql(*must(open(home())),
          "INSERT INTO migration (version, name, digest, applied_at)"
          " VALUES (99, 'later', 'x', '2027-01-01T00:00:00.000Z')");
  const auto refused = open(home());
  ASSERT_EQ(error_of(refused), "store.newer_version");
  EXPECT_EQ(refused.error().fact("found"), "99");
}

TEST_F(StateDirectoryTest, Open_KeysGone_IsRefused) {
  (void)must(open(home()));
  fs::remove_all(home() / "keys");
  EXPECT_EQ(error_of(open(home())), "store.keys_missing");
  EXPECT_FALSE(fs::exists(home() / "keys")) << "no key is made in place of a lost one";
}

TEST_F(StateDirectoryTest, Open_KeyOfAnotherStoreOrUnsafe_IsRefused) {
  (void)must(open(home()));
  (void)must(open(other(), true, [](std::size_t n) { return std::string(n, 'x'); }));
  const fs::path key = home() / "keys/audit.key";
  fs::copy_file(other() / "keys/audit.key", key, fs::copy_options::overwrite_existing);
  EXPECT_EQ(error_of(open(home())), "store.keys_differ");
  fs::permissions(key, fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(error_of(open(home())), "store.key_unsafe");
  fs::permissions(key, fs::perms::group_read, fs::perm_options::remove);
  write(key, "rubbish");
  EXPECT_EQ(error_of(open(home())), "store.key_unsafe");
}

TEST_F(StateDirectoryTest, Open_DiedBetweenKeyFileAndDatabase_TakesTheKeyThatLiesThere) {
  std::string key;
  {
    auto state = must(open(home()));
    key = state->signing_key().public_key;
    run_sql(*state, "DELETE FROM hub_key");
  }
  auto again = must(open(home(), true, [](std::size_t n) { return std::string(n, 'x'); }));
  EXPECT_EQ(again->signing_key().public_key, key);
}

// An auditor's medium: no keys, no lock, nothing can be written. Root may write all the same, so
// the test makes the folder one that says it cannot.
TEST_F(StateDirectoryTest, OpenToLook_FolderThatCannotBeWritten_IsReadWithoutKeysAndUntouched) {
  std::string name;
  {
    auto state = must(open(home()));
    fill(*state);
    name = state->log_name();
    (void)must(AuditLog(state->database(), name).checkpoint(tenant(), state->signing_key(), at(1)));
  }
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::remove_all(home() / "keys");
  fs::remove(home() / "lock");
  const auto before = must(list_files(home()));
  fs::permissions(home(), fs::perms::owner_write, fs::perm_options::remove);
  StateDirectorySettings settings;
  settings.directory = home();
  settings.now = at(2);
  settings.look = true;
  {
    auto state = must(StateDirectory::open(settings));
    EXPECT_TRUE(state->is_read_only());
    EXPECT_EQ(state->log_name(), name);
    auto transaction = must(state->store().begin());
    EXPECT_EQ(must(transaction->work(tenant(), WorkId("work-1"))).id, WorkId("work-1"));
    transaction.reset();
    AuditLog log(state->database(), name);
    EXPECT_EQ(must(log.verify(tenant(), {state->signing_key().public_key})).checkpoints, 1U);
    EXPECT_EQ(error_of(log.sequence(tenant())), "no error") << "nothing waits";
  }
  EXPECT_EQ(must(list_files(home())), before);
  settings.look = false;
  EXPECT_EQ(error_of(StateDirectory::open(settings)), "store.file_failed");
  fs::permissions(home(), fs::perms::owner_write, fs::perm_options::add);
}

TEST_F(StateDirectoryTest, Backup_HoldsEverythingButKeysAndSecrets) {
  auto state = must(open(home()));
  fill(*state);
  const auto report = back_up(*state);
  const std::vector<std::string> wanted{"SHA256SUMS",
                                        "backup.txt",
                                        "evidence/lineage/" + std::string(64, 'b'),
                                        "evidence/objects/" + std::string(64, 'a'),
                                        "hub.sqlite",
                                        "ml-connector.toml",
                                        "more-rules.toml",
                                        "rules/us.toml"};
  EXPECT_EQ(must(list_files(kept())), wanted);
  EXPECT_EQ(report.files, wanted.size() - 1);
  EXPECT_EQ(must(verify_backup(kept())).size(), report.files);
  EXPECT_EQ(error_of(backup(*state, {kept(), at(11), {}})), "store.backup_exists");
  for (const char* name :
       {"../letter.toml", "keys/audit.key", "keys/rules.toml", "amazon.secret"}) {
    EXPECT_EQ(error_of(backup(*state, {other(), at(11), {name}})), "store.not_for_backup") << name;
  }
  EXPECT_FALSE(fs::exists(other())) << "nothing half-done under the name of a backup";
}

TEST_F(StateDirectoryTest, VerifyBackup_EveryChangedMissingOrAddedFile_IsNamed) {
  {
    auto state = must(open(home()));
    fill(*state);
    back_up(*state);
  }
  const auto files = must(list_files(kept()));
  for (const auto& name : files) {
    if (name == "SHA256SUMS") continue;
    const std::string content = read(kept() / name);
    std::string changed = content;
    changed[changed.size() / 2] ^= 1;
    write(kept() / name, changed);
    auto refused = restore(restoring(other(), false));
    ASSERT_EQ(error_of(refused), "store.backup_damaged") << name;
    EXPECT_EQ(refused.error().fact("file"), name);
    fs::remove(kept() / name);
    EXPECT_EQ(error_of(verify_backup(kept())), "store.backup_damaged") << name;
    write(kept() / name, content);
  }
  write(kept() / "added", "x");
  EXPECT_EQ(verify_backup(kept()).error().fact("found"), "not listed");
  fs::remove(kept() / "added");
  EXPECT_EQ(error_of(verify_backup(kept())), "no error");
  EXPECT_FALSE(fs::exists(other())) << "a damaged backup touches nothing";
}

TEST_F(StateDirectoryTest, VerifyBackup_SumsThatLeaveTheFolderOrAreCut_AreRefused) {
  auto state = must(open(home()));
  fill(*state);
  back_up(*state);
  const std::string sums = read(kept() / "SHA256SUMS");
  for (std::size_t cut = 0; cut < sums.size(); ++cut) {
    write(kept() / "SHA256SUMS", sums.substr(0, cut));
    EXPECT_FALSE(verify_backup(kept()).has_value()) << cut;
  }
  fs::remove(kept() / "SHA256SUMS");
  EXPECT_EQ(error_of(verify_backup(kept())), "store.not_a_backup");
}

// Whoever can write a backup can write its sums as well: a restore takes only what a backup holds.
TEST_F(StateDirectoryTest, Restore_BackupThatBringsKeysOrOtherFiles_IsRefusedAndNothingIsWritten) {
  {
    auto state = must(open(home()));
    fill(*state);
    back_up(*state);
  }
  const std::string sums = read(kept() / "SHA256SUMS");
  const std::string key = read(home() / "keys/audit.key");
  for (const char* name :
       {"keys/audit.key", "keys/sap-password", "keys/x.toml", "lock", "engine.lock",
        "hub.sqlite-wal", "restoring/x.toml", "replaced-7/ml-connector.toml",
        "evidence/objects/short", "evidence/incoming/7", "evidence/audit.key", "amazon.secret",
        "./ml-connector.toml", "rules/../keys/audit.key", "../state/ml-connector.toml",
        "/etc/x.toml", "sap-simulator/books"}) {
    const std::string line = to_hex(sha256("theirs")) + "  " + name + "\n";
    write(kept() / "SHA256SUMS", sums + line);
    const fs::path inside = (kept() / name).lexically_normal();
    const bool lies_there = inside.string().starts_with(kept().string());
    if (lies_there && !fs::exists(inside)) write(inside, "theirs");
    const auto refused = restore(restoring(home(), true));
    ASSERT_EQ(error_of(refused), "store.foreign_to_backup") << name;
    EXPECT_EQ(refused.error().fact("file"), name);
    EXPECT_EQ(refused.error().exit_code(), ExitCode::kTampered);
    if (lies_there && read(inside) == "theirs") fs::remove(inside);
  }
  EXPECT_EQ(read(home() / "keys/audit.key"), key);
  EXPECT_FALSE(fs::exists(home() / "keys/sap-password"));
  write(kept() / "SHA256SUMS", sums);
  fs::remove_all(kept() / "keys");
  EXPECT_EQ(error_of(restore(restoring(home(), true))), "no error");
}

TEST_F(StateDirectoryTest, Restore_OverALivingStore_NeedsConsentAndALoneHand) {
  auto state = must(open(home()));
  fill(*state);
  back_up(*state);
  EXPECT_EQ(error_of(restore(restoring(home(), false))), "store.target_inhabited");
  EXPECT_EQ(error_of(restore(restoring(home(), true))), "store.in_use");
}

TEST_F(StateDirectoryTest, Restore_InPlace_GoesBackUnderAHigherEpochAndKeepsTheKeys) {
  ports::Fence later;
  std::uint64_t epoch = 0;
  AuditHead replaced;
  {
    auto state = must(open(home()));
    fill(*state);
    back_up(*state);
    epoch = state->store().epoch();
    auto transaction = must(state->store().begin());
    ASSERT_TRUE(must(transaction->add_work(work_record("2", at(0)))));
    later = must(transaction->claim_due_work(at(1), "w", at(2)))->fence;
    must(transaction->append_audit(tenant(), {at(1), "daemon", "state", "x", {}}));
    must(transaction->commit());
    replaced = must(AuditLog(state->database(), state->log_name()).sequence(tenant()));
    write(home() / "ml-connector.toml", "new configuration");
    write(home() / "evidence/objects" / std::string(64, 'c'), "later evidence");
  }
  const auto report = must(restore(restoring(home(), true)));
  EXPECT_GT(report.epoch, epoch);
  EXPECT_EQ(read(home() / "ml-connector.toml"), "old configuration");
  EXPECT_EQ(read(report.replaced / "ml-connector.toml"), "new configuration");
  EXPECT_TRUE(fs::exists(report.replaced / "hub.sqlite"));
  EXPECT_TRUE(fs::exists(home() / "evidence/objects" / std::string(64, 'c')));
  auto state = must(open(home(), false));
  EXPECT_EQ(state->store().epoch(), report.epoch);
  {
    auto transaction = must(state->store().begin());
    EXPECT_EQ(error_of(transaction->work(tenant(), WorkId("work-2"))), "store.work_not_found");
    EXPECT_GT(must(transaction->claim_due_work(at(30), "w", at(40)))->fence, later);
  }
  AuditLog log(state->database(), state->log_name());
  const auto entries = must(log.entries(tenant(), 0, 10));
  const auto opened = std::ranges::find(entries, kEpochAction, [](const NumberedAuditEntry& e) {
    return std::string_view(e.entry.action);
  });
  ASSERT_NE(opened, entries.end());
  EXPECT_EQ(opened->entry.actor, "erika");
  const auto& facts = opened->entry.facts;
  EXPECT_NE(std::ranges::find(facts, Fact{"replaced_size", "2"}), facts.end());
  EXPECT_NE(std::ranges::find(facts, Fact{"replaced_root", to_hex(replaced.root)}), facts.end());
  EXPECT_EQ(facts.back().name, kSignatureFact);
  EXPECT_TRUE(log.verify(tenant(), {state->signing_key().public_key}).has_value());
  EXPECT_EQ(error_of(log.verify(tenant(), {std::string(32, 'x')})), "store.audit_epoch_unsigned");
}

TEST_F(StateDirectoryTest, Restore_OnANewMachine_NeedsTheKeysFirst) {
  {
    auto state = must(open(home()));
    fill(*state);
    back_up(*state);
  }
  EXPECT_EQ(error_of(restore(restoring(other(), false))), "store.keys_missing");
  EXPECT_EQ(must(list_files(other())), std::vector<std::string>{"lock"});
  fs::copy(home() / "keys", other() / "keys", fs::copy_options::recursive);
  const auto report = must(restore(restoring(other(), false)));
  EXPECT_TRUE(report.replaced.empty());
  auto state = must(open(other(), false));
  EXPECT_EQ(read(other() / "evidence/objects" / std::string(64, 'a')), "evidence");
  EXPECT_EQ(read(other() / "rules/us.toml"), "rules");
  EXPECT_FALSE(fs::exists(other() / "restoring"));
}

TEST_F(StateDirectoryTest, Restore_Interrupted_IsRefusedByEveryoneUntilItIsRunAgain) {
  {
    auto state = must(open(home()));
    fill(*state);
    back_up(*state);
  }
  // As a restore leaves it that died after the old database was moved away.
  fs::create_directories(home() / "restoring/files");
  fs::create_directories(home() / "replaced-1");
  fs::rename(home() / "hub.sqlite", home() / "replaced-1/hub.sqlite");
  EXPECT_EQ(error_of(open(home())), "store.restore_unfinished");
  EXPECT_EQ(error_of(restore(restoring(home(), false))), "no error");
  EXPECT_EQ(error_of(open(home(), false)), "no error");
}

TEST_F(StateDirectoryTest, Restore_TheSameBackupTwice_NeverSharesAnEpoch) {
  {
    auto state = must(open(home()));
    fill(*state);
    back_up(*state);
  }
  fs::create_directories(other());
  fs::copy(home() / "keys", other() / "keys", fs::copy_options::recursive);
  auto request = restoring(home(), true);
  const auto first = must(restore(request)).epoch;
  request.target = other();
  request.now = at(21);
  EXPECT_GT(must(restore(request)).epoch, first);
}

}  // namespace
}  // namespace mlc::store
