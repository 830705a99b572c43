// The contract over SQLite, in a file and in memory, and over PostgreSQL, and what only SQL stores
// do.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

#include "base/digest.h"
#include "database/testing/postgres_server.h"
#include "store/audit_log.h"
#include "store/memory_store.h"
#include "store/migrations.h"
#include "store/record_text.h"
#include "store/store_contract_test.h"
#include "store/temporary_folder_test.h"

namespace mlc::store {
namespace {

using ports::StoreTransaction;

struct OpenStore {
  std::unique_ptr<database::Database> database;
  std::unique_ptr<SqlStore> store;
};

database::Settings in_file(const std::filesystem::path& file) {
  database::Settings settings;
  settings.file = file;
  return settings;
}

OpenStore open_store(const database::Settings& settings) {
  OpenStore out;
  out.database = must(database::Database::open(settings));
  must(prepare(*out.database, at(0)));
  out.store = must(SqlStore::open(*out.database));
  return out;
}

OpenStore open_file(const std::filesystem::path& file) { return open_store(in_file(file)); }

class SharedFixture final : public StoreFixture {
 public:
  explicit SharedFixture(database::Settings settings)
      : settings_(std::move(settings)), first_(open_store(settings_)) {}
  ports::Store& store() override { return *first_.store; }
  ports::Store* again() override {
    second_ = open_store(settings_);
    return second_.store.get();
  }

 private:
  database::Settings settings_;
  OpenStore first_;
  OpenStore second_;
};

class FileFixture final : public StoreFixture {
 public:
  ports::Store& store() override { return shared_.store(); }
  ports::Store* again() override { return shared_.again(); }

 private:
  TemporaryFolder folder_;
  SharedFixture shared_{in_file(folder_.path() / "hub.sqlite")};
};

// Nothing where PostgreSQL is not installed: the test is skipped.
std::unique_ptr<StoreFixture> make_postgres() {
  auto* server = database::PostgresServer::get();
  if (server == nullptr) return nullptr;
  return std::make_unique<SharedFixture>(database::PostgresServer::settings(server->make_schema()));
}

class MemoryFixture final : public StoreFixture {
 public:
  ports::Store& store() override { return *store_; }
  ports::Store* again() override { return nullptr; }

 private:
  std::unique_ptr<MemoryStore> store_ = must(open_memory_store(at(0)));
};

INSTANTIATE_TEST_SUITE_P(
    Sqlite, StoreContract,
    testing::Values(StoreFactory{"File", [] { return std::make_unique<FileFixture>(); }},
                    StoreFactory{"Memory", [] { return std::make_unique<MemoryFixture>(); }}),
    name_of);
INSTANTIATE_TEST_SUITE_P(Server, StoreContract,
                         testing::Values(StoreFactory{"Postgres", make_postgres}), name_of);

void add_and_commit(ports::Store& store, const ports::WorkRecord& work) {
  auto transaction = must(store.begin());
  ASSERT_TRUE(must(transaction->add_work(work)));
  must(transaction->commit());
}

ports::WorkRecord claim_at(ports::Store& store, Instant now) {
  auto transaction = must(store.begin());
  auto work = must(transaction->claim_due_work(now, "w1", now + std::chrono::seconds(60)));
  must(transaction->commit());
  if (!work) throw std::runtime_error("nothing is due");
  return *work;
}

TEST(MemoryStoreTest, RestoreSnapshot_ForgetsWhatCameLaterAndBeginsAHigherEpoch) {
  auto store = must(open_memory_store(at(0)));
  add_and_commit(*store, work_record("1", at(0)));
  const auto before = claim_at(*store, at(1));
  {
    auto transaction = must(store->begin());
    must(transaction->append_audit(tenant(), {at(1), "daemon", "state", "settlement 1", {}}));
    must(transaction->commit());
  }
  const auto snapshot = must(store->snapshot());
  add_and_commit(*store, work_record("2", at(0)));
  const auto later = claim_at(*store, at(61));
  const auto epoch = store->epoch();
  must(store->restore_snapshot(snapshot, "erika", at(62)));
  EXPECT_GT(store->epoch(), epoch);
  auto transaction = must(store->begin());
  EXPECT_EQ(error_of(transaction->work(tenant(), WorkId("work-2"))), "store.work_not_found");
  auto again = must(transaction->claim_due_work(at(200), "w2", at(300)));
  ASSERT_TRUE(again.has_value());
  EXPECT_GT(again->fence, before.fence);
  EXPECT_GT(again->fence, later.fence);
}

TEST(MemoryStoreTest, RestoreSnapshot_Twice_GivesAnotherEpochEachTime) {
  auto store = must(open_memory_store(at(0)));
  const auto snapshot = must(store->snapshot());
  const auto first = store->epoch();
  must(store->restore_snapshot(snapshot, "erika", at(0)));
  const auto second = store->epoch();
  must(store->restore_snapshot(snapshot, "erika", at(0)));
  EXPECT_GT(second, first);
  EXPECT_GT(store->epoch(), second);
}

TEST(MemoryStoreTest, RestoreSnapshot_NamesItselfInTheAuditLogWithTheReplacedOne) {
  auto store = must(open_memory_store(at(0)));
  const auto append = [&](const std::string& action) {
    auto transaction = must(store->begin());
    must(transaction->append_audit(tenant(), {at(1), "daemon", action, "x", {}}));
    must(transaction->commit());
  };
  append("one");
  AuditLog log(store->database(), "test.example");
  EXPECT_EQ(must(log.sequence(tenant())).size, 1U);
  const auto snapshot = must(store->snapshot());
  append("two");
  const auto replaced = must(log.sequence(tenant()));
  must(store->restore_snapshot(snapshot, "erika", at(2)));
  const auto entries = must(log.entries(tenant(), 0, 10));
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].entry.action, kEpochAction);
  EXPECT_EQ(entries[1].entry.actor, "erika");
  const auto fact = [&](const std::string& name) {
    for (const auto& f : entries[1].entry.facts) {
      if (f.name == name) return f.value;
    }
    return std::string("none");
  };
  EXPECT_EQ(fact("replaced_size"), "2");
  EXPECT_EQ(fact("replaced_root"), to_hex(replaced.root));
}

TEST(SqlStoreTest, AppendAudit_InADroppedTransaction_LeavesNothing) {
  auto store = must(open_memory_store(at(0)));
  {
    auto transaction = must(store->begin());
    must(transaction->append_audit(tenant(), {at(1), "daemon", "state", "x", {}}));
  }
  AuditLog log(store->database(), "test.example");
  EXPECT_EQ(must(log.sequence(tenant())).size, 0U);
}

TEST(SqlStoreTest, ReadWork_RequestIsNoJson_NamesPlaceAndContent) {
  auto store = must(open_memory_store(at(0)));
  add_and_commit(*store, work_record("1", at(0)));
  {
    auto transaction = must(store->database().begin());
    must(transaction.script({"damage", "UPDATE work SET request = '{\"verb\":1}'"}));
    must(transaction.commit());
  }
  auto transaction = must(store->begin());
  const auto read = transaction->work(tenant(), WorkId("work-1"));
  ASSERT_EQ(error_of(read), "store.damaged_record");
  EXPECT_EQ(read.error().fact("place"), "work.request");
  EXPECT_EQ(read.error().fact("found"), "{\"verb\":1}");
}

TEST(SqlStoreTest, EveryTable_IsStrictAndTenantLeadsTheKey) {
  auto store = must(open_memory_store(at(0)));
  auto transaction = must(store->database().begin());
  const auto rows = must(transaction.query(
      {"tables",
       "SELECT t.name, t.strict, (SELECT c.name FROM pragma_table_info(t.name) c"
       " WHERE c.pk = 1) FROM pragma_table_list t WHERE t.schema = 'main'"
       " AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'migration'"}));
  // Of the installation, of an SAP system or of Amazon's limits, not of one tenant.
  const std::vector<std::string> shared{"epoch", "hub_key", "posting_holder", "rate_bucket",
                                        "audit_entry"};
  EXPECT_GT(rows.size(), 15U);
  for (const auto& row : rows) {
    EXPECT_EQ(row.integer(1), 1) << row.text(0);
    if (std::ranges::find(shared, row.text(0)) != shared.end()) continue;
    EXPECT_EQ(row.text(2), "tenant") << row.text(0);
  }
}

// A store of a version before the adoptions: what a person had accepted stays accepted.
TEST(SqlStoreTest, Prepare_StoreOfAnOlderVersion_KeepsWhatWasAccepted) {
  database::Settings settings;
  settings.file = ":memory:";
  const auto database = must(database::Database::open(settings));
  must(database::migrate(*database, migrations().first(2), at(0)));
  {
    auto transaction = must(database->begin());
    must(transaction.script(
        {"old settlements",
         "INSERT INTO settlement (tenant, work, connection, selling_account, source, report_id,"
         " report_document_id, file_name, found_at, received_object, content_type, request_id,"
         " holds_id, row_count, layout, charset, unknown_columns, lineage, rules_digest,"
         " company_code, revision, manifest_hash, posted, netted, excluded, adopted, approved_hash,"
         " approved_by) SELECT 'tenant-1', 'work-' || column1, 'us', 'A1', 'import', '', '', '',"
         " '2026-11-23T11:42:00.000Z', '', '', '', 0, 0, '', '', '[]', '', '', '', 'A', '', '', '',"
         " '', column1, '', '' FROM (VALUES (0), (1))"}));
    must(transaction.commit());
  }
  must(prepare(*database, at(0)));
  const auto store = must(SqlStore::open(*database));
  auto transaction = must(store->begin());
  const TenantId tenant("tenant-1");
  const auto adoption = [&](const char* work) {
    return must(transaction->settlement(tenant, WorkId(work))).adoption;
  };
  EXPECT_EQ(adoption("work-0"), ledger::Adoption::kNone);
  EXPECT_EQ(adoption("work-1"), ledger::Adoption::kPerson);
}

TEST(SqlStoreTest, Prepare_OlderEpochs_ASecondOpenKeepsTheEpoch) {
  TemporaryFolder folder;
  const auto file = folder.path() / "hub.sqlite";
  const auto epoch = open_file(file).store->epoch();
  EXPECT_EQ(open_file(file).store->epoch(), epoch);
}

// The writes of one posting step, one statement of the contract after the other.
std::vector<std::function<void(StoreTransaction&)>> posting_step(const ports::WorkRecord& claimed) {
  ports::WorkRecord next = claimed;
  next.state = "posted";
  next.owner.clear();
  auto document = document_record("1", "01");
  document.number = ledger::DocumentNumber{"1000", "0100000001", "2026"};
  return {
      [=](StoreTransaction& t) { must(t.save_work(next)); },
      [=](StoreTransaction& t) { must(t.put_settlement(settlement_record("1", "5"))); },
      [=](StoreTransaction& t) { must(t.put_manifest(tenant(), next.id, 'A', "text")); },
      [=](StoreTransaction& t) { must(t.put_document(document)); },
      [=](StoreTransaction& t) {
        must(
            t.put_intent({tenant(), UnitId("u"), next.id, "post", identity(), "1000", "h", at(1)}));
      },
      [=](StoreTransaction& t) {
        must(t.add_journal(tenant(), {UnitId("u"), ports::JournalStep::kStarted, at(1), ""}));
      },
      [=](StoreTransaction& t) { must(t.put_fact(tenant(), "f", "v")); },
      [=](StoreTransaction& t) {
        must(t.append_audit(tenant(), {at(1), "daemon", "state", "settlement 5", {}}));
      },
      [=](StoreTransaction& t) { must(t.commit()); },
  };
}

// What a reader finds of the step: how many of its parts.
int parts_found(const OpenStore& open) {
  auto t = must(open.store->begin());
  int found = 0;
  found += must(t->work(tenant(), WorkId("work-1"))).state == "posted" ? 1 : 0;
  found += static_cast<int>(must(t->list_settlements(tenant())).size());
  found += must(t->manifest(tenant(), WorkId("work-1"), 'A')).has_value() ? 1 : 0;
  found += static_cast<int>(must(t->documents(tenant(), WorkId("work-1"))).size());
  found += must(t->latest_intent(tenant(), WorkId("work-1"))).has_value() ? 1 : 0;
  found += static_cast<int>(must(t->journal(tenant(), UnitId("u"))).size());
  found += must(t->fact(tenant(), "f")).has_value() ? 1 : 0;
  t.reset();
  AuditLog log(*open.database, "test.example");
  found += static_cast<int>(must(log.sequence(tenant())).size);
  return found;
}

// Runs the first `count` writes in another process, which is killed right after them.
void run_and_kill(const database::Settings& settings, std::size_t count) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto open = open_store(settings);
    auto transaction = must(open.store->begin());
    const auto work = must(transaction->work(tenant(), WorkId("work-1")));
    const auto writes = posting_step(work);
    for (std::size_t i = 0; i < count; ++i) writes[i](*transaction);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the child failed before it was killed";
}

// A store to which `settings` lead, and a process that dies in the middle of a step, after each of
// its statements.
void expect_all_or_nothing(const database::Settings& settings, std::size_t count) {
  {
    auto open = open_store(settings);
    add_and_commit(*open.store, work_record("1", at(0)));
    (void)claim_at(*open.store, at(1));
  }
  run_and_kill(settings, count);
  auto open = open_store(settings);
  if (!settings.server) must(open.database->check_integrity());
  EXPECT_EQ(parts_found(open), count == posting_step({}).size() ? 8 : 0)
      << "killed after " << count;
  EXPECT_EQ(claim_at(*open.store, at(100)).id.str(), "work-1") << "the work goes on";
}

TEST(SqlStoreTest, ProcessKilledAfterEachStatement_LeavesAllOrNothing) {
  for (std::size_t count = 0; count <= posting_step({}).size(); ++count) {
    TemporaryFolder folder;
    expect_all_or_nothing(in_file(folder.path() / "hub.sqlite"), count);
  }
}

TEST(SqlStoreTest, ProcessKilledAfterEachStatement_OnPostgresql_LeavesAllOrNothing) {
  auto* server = database::PostgresServer::get();
  if (server == nullptr) GTEST_SKIP() << database::kNoPostgres;
  for (std::size_t count = 0; count <= posting_step({}).size(); ++count) {
    expect_all_or_nothing(database::PostgresServer::settings(server->make_schema()), count);
  }
}

}  // namespace
}  // namespace mlc::store
