#include <gmock/gmock.h>

#include "database/migrations.h"
#include "database/testing/postgres_server.h"
#include "store/audit_entry.h"
#include "store/audit_errors.h"
#include "store/audit_log.h"
#include "store/audit_merkle.h"
#include "store/audit_schema.h"

namespace mlc::store {
namespace {

using database::Database;
using database::Sql;

const TenantId kTenant("acme");

std::string unhex(std::string_view text) { return *from_hex(text); }

// The tree hash vectors that certificate transparency implementations share: the leaves of
// "test data" and the roots over the first n of them.
TEST(MerkleTest, KnownLeavesGiveKnownRoots) {
  const std::vector<std::pair<std::string, std::string>> leaf_and_root = {
      {"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
      {"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
      {"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
      {"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
      {"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
      {"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
      {"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
      {"606162636465666768696a6b6c6d6e6f",
       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}};
  MerkleEdge edge;
  EXPECT_EQ(to_hex(edge.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (const auto& [leaf, root] : leaf_and_root) {
    edge.add(merkle_leaf(unhex(leaf)));
    EXPECT_EQ(to_hex(edge.root()), root) << edge.size();
    const auto stored = MerkleEdge::from(edge.size(), edge.bytes());
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->root(), edge.root());
  }
  EXPECT_FALSE(MerkleEdge::from(7, edge.bytes()));
}

TEST(AuditEntryTest, TextIsCanonicalAndReadsBack) {
  const ports::AuditEntry entry{*parse_instant("2026-11-23T11:42:00Z"),
                                "op \"anna\"",
                                "state",
                                "settlement 28471003921",
                                {{"to", "posted"}, {"note", "\xC3\xBC\n\x01/\\"}}};
  const std::string text = write_audit_entry(entry);
  EXPECT_EQ(text, R"({"action":"state","actor":"op \"anna\"","at":"2026-11-23T11:42:00.000Z",)"
                  R"("facts":[["to","posted"],["note","ü\n\u0001/\\"]],)"
                  R"("subject":"settlement 28471003921"})");
  const auto back = read_audit_entry(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->facts, entry.facts);
  EXPECT_EQ(back->at, entry.at);
  EXPECT_FALSE(read_audit_entry(" " + text));
  EXPECT_FALSE(read_audit_entry(text + "\n"));
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    EXPECT_FALSE(read_audit_entry(text.substr(0, cut))) << cut;
  }
}

TEST(AuditEntryTest, BytesThatAreNoTextAreReplacedOnce) {
  ports::AuditEntry entry;
  entry.subject = "a\xFFz";
  const std::string text = write_audit_entry(entry);
  const auto back = read_audit_entry(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->subject, "a\xEF\xBF\xBDz");
}

// --- checkpoints ---

SigningKey key_of(char seed) { return signing_key_from_seed(Secret(std::string(32, seed))); }

TEST(CheckpointTest, SignedNoteIsReadBackAndEveryChangedByteRefused) {
  const auto key = key_of('k');
  const Checkpoint checkpoint{"erp.example/audit/acme/1", 3, sha256("root")};
  const std::string note = sign_checkpoint(checkpoint, key);
  EXPECT_THAT(note, testing::StartsWith("erp.example/audit/acme/1\n3\n" +
                                        to_base64(as_bytes(checkpoint.root)) +
                                        "\n\n\u2014 erp.example/audit/acme/1 "));
  const auto back = open_checkpoint(note, "a.note", {key_of('x').public_key, key.public_key});
  ASSERT_TRUE(back) << back.error().explain();
  EXPECT_EQ(*back, checkpoint);
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open_checkpoint(changed, "a.note", {key.public_key})) << i;
    EXPECT_FALSE(open_checkpoint(note.substr(0, i), "a.note", {key.public_key})) << i;
  }
  const auto stranger = open_checkpoint(note, "a.note", {key_of('x').public_key});
  ASSERT_FALSE(stranger);
  EXPECT_TRUE(stranger.error().is(kAuditBadSignature));
}

// Keys that the world verifies signed notes with.
TEST(CheckpointTest, VerifierKeysOfOthersAreSpelledTheSame) {
  const std::vector<std::string> keys = {
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"};
  for (const std::string& key : keys) {
    const auto raw = from_base64(std::string_view(key).substr(key.find('+') + 10));
    ASSERT_TRUE(raw) << key;
    EXPECT_EQ(verifier_key(key.substr(0, key.find('+')), raw->substr(1)), key);
  }
}

// The vectors of docs/formats/audit.md.
TEST(AuditVectorsTest, DocumentedEntriesRootsAndCheckpointAreWhatIsWritten) {
  const std::vector<std::pair<ports::AuditEntry, std::string>> entry_and_root = {
      {{*parse_instant("2026-11-23T11:42:00Z"),
        "daemon",
        "state",
        "settlement 28471003921",
        {{"to", "proved"}, {"sum", "582.89"}}},
       "686a6fd1c2ea27cef8cc5aa78aee2f9a362e44da23842caa5f820cfcbe6db1eb"},
      {{*parse_instant("2026-11-23T11:43:00.5Z"),
        "anna",
        "request",
        "settlement 28471003921",
        {{"verb", "approve"}}},
       "2fc8aa7c6a7ca584527cde584f6fd2687a0e1d91d29f4133d98c9740e11667b5"},
      {{*parse_instant("2026-11-23T11:44:00Z"),
        "daemon",
        "intent",
        "settlement 28471003921",
        {{"note", "M\u00fcller \"x\"\n"}}},
       "40773f56957574881783a68d460adf251d857063bb90cc11346d46ef44111889"}};
  MerkleEdge edge;
  for (const auto& [entry, root] : entry_and_root) {
    edge.add(merkle_leaf(write_audit_entry(entry)));
    EXPECT_EQ(to_hex(edge.root()), root);
  }
  EXPECT_EQ(sign_checkpoint({"erp.example/audit/acme/1", 3, edge.root()}, key_of('k')),
            "erp.example/audit/acme/1\n3\nQHc/VpV1dIgXg6aNRgrfJR2FcGO7kMwRNG1G70QRGIk=\n\n"
            "\u2014 erp.example/audit/acme/1 mRbObC9O/e8lexT4Q9aKnT2K4S3k1LDtSwRumuaXNS93l2TRNpKj"
            "kOeko1PLsQJCRT5bRbicNMSQCIQvEqUVcAgWCQg=\n");
}

// --- the log ---

class AuditLogTest : public testing::TestWithParam<database::Dialect> {
 protected:
  void SetUp() override {
    database::Settings settings{.file = ":memory:"};
    if (GetParam() == database::Dialect::kPostgres) {
      auto* server = database::PostgresServer::get();
      if (server == nullptr) GTEST_SKIP() << database::kNoPostgres;
      settings = database::PostgresServer::settings(server->make_schema());
    }
    auto opened = Database::open(settings);
    ASSERT_TRUE(opened);
    database_ = std::move(*opened);
    const database::Migration step{1, "audit", kAuditSchema};
    ASSERT_TRUE(migrate(*database_, std::span(&step, 1), at(0)));
    log_ = std::make_unique<AuditLog>(*database_, "erp.example/audit");
    if (GetParam() != database::Dialect::kPostgres) return;
    tamper(
        "CREATE FUNCTION zeroblob(size int) RETURNS bytea LANGUAGE sql AS"
        " 'SELECT decode(repeat(''00'', size), ''hex'')'");
  }

  static Instant at(int second) {
    return *parse_instant("2026-11-23T00:00:00Z") + std::chrono::seconds(second);
  }

  void append(int from, int to) {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction);
    for (int i = from; i < to; ++i) {
      const ports::AuditEntry entry{
          at(i), "daemon", "state", "settlement " + std::to_string(i), {{"to", "proved"}}};
      ASSERT_TRUE(append_audit(*transaction, kTenant, entry));
    }
    ASSERT_TRUE(transaction->commit());
  }

  void tamper(std::string_view sql) {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction);
    const auto done = transaction->script({"tamper", sql});
    ASSERT_TRUE(done) << done.error().explain();
    ASSERT_TRUE(transaction->commit());
  }

  std::string checkpoint() {
    const auto note = log_->checkpoint(kTenant, key_, at(9));
    EXPECT_TRUE(note) << note.error().explain();
    return note.value_or("");
  }

  Result<AuditReport> verify(const std::vector<EarlierCheckpoint>& earlier = {}) {
    return log_->verify(kTenant, {key_.public_key}, earlier);
  }

  // Verifies and returns the id of the finding, with its position or range; "" when all is right.
  std::string finding(const std::vector<EarlierCheckpoint>& earlier = {}) {
    const auto report = verify(earlier);
    if (report) return "";
    const Error& error = report.error();
    std::string out(error.id());
    if (!error.fact("position").empty()) out += " " + std::string(error.fact("position"));
    if (!error.fact("from").empty()) {
      out += " " + std::string(error.fact("from")) + ".." + std::string(error.fact("to"));
    }
    return out;
  }

  SigningKey key_ = key_of('k');
  std::unique_ptr<Database> database_;
  std::unique_ptr<AuditLog> log_;
};

TEST_P(AuditLogTest, EntriesAreNumberedInTheirOrderAndVerify) {
  append(0, 5);
  auto report = verify();
  ASSERT_TRUE(report) << report.error().explain();
  EXPECT_EQ(report->head.size, 0U);
  EXPECT_EQ(report->pending, 5U);
  const auto head = log_->sequence(kTenant);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->size, 5U);
  EXPECT_EQ(*log_->sequence(kTenant), *head);
  report = verify();
  ASSERT_TRUE(report) << report.error().explain();
  EXPECT_EQ(report->head, *head);
  EXPECT_EQ(report->pending, 0U);
  const auto entries = log_->entries(kTenant, 3, 10);
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ(entries->at(0).position, 3U);
  EXPECT_EQ(entries->at(0).entry.subject, "settlement 3");
  EXPECT_EQ(log_->entries(kTenant, 0, 10, "settlement 4")->size(), 1U);
  EXPECT_THAT(*log_->tenants(), testing::ElementsAre(kTenant));
}

TEST_P(AuditLogTest, RolledBackBusinessLeavesNoEntry) {
  {
    auto transaction = database_->begin();
    ASSERT_TRUE(append_audit(*transaction, kTenant, {}));
  }
  EXPECT_EQ(log_->sequence(kTenant)->size, 0U);
}

TEST_P(AuditLogTest, TenantsHaveTreesOfTheirOwn) {
  append(0, 3);
  const TenantId other("b / c");
  auto transaction = database_->begin();
  ASSERT_TRUE(append_audit(*transaction, other, {}));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(log_->sequence(kTenant)->size, 3U);
  EXPECT_EQ(log_->sequence(other)->size, 1U);
  const auto note = log_->checkpoint(other, key_, at(1));
  ASSERT_TRUE(note);
  EXPECT_THAT(*note, testing::StartsWith("erp.example/audit/b%20%2f%20c/1\n1\n"));
  EXPECT_EQ(finding({{"theirs.note", *note}}), "store.audit_other_log");
}

TEST_P(AuditLogTest, CheckpointsKeptAndExportedAgree) {
  append(0, 3);
  const std::string first = checkpoint();
  append(3, 8);
  const std::string second = checkpoint();
  EXPECT_EQ(checkpoint(), second);
  append(8, 9);
  const auto report = verify({{"first.note", first}, {"second.note", second}});
  ASSERT_TRUE(report) << report.error().explain();
  EXPECT_EQ(report->checkpoints, 4U);
  EXPECT_EQ(report->pending, 1U);
}

TEST_P(AuditLogTest, SealsOnlyWhatIsNew) {
  const auto signed_at = [&] {
    auto transaction = database_->read();
    const auto rows = transaction->query(
        {"look", "SELECT size, signed_at FROM audit_checkpoint ORDER BY size"}, {});
    std::vector<std::string> out;
    for (const auto& row : *rows) out.push_back(std::to_string(row.integer(0)) + " " + row.text(1));
    return out;
  };
  append(0, 3);
  ASSERT_TRUE(log_->seal(kTenant, key_, at(10)));
  const auto first = signed_at();
  EXPECT_EQ(first.size(), 1U);
  ASSERT_TRUE(log_->seal(kTenant, key_, at(11)));
  EXPECT_EQ(signed_at(), first);
  append(3, 4);
  ASSERT_TRUE(log_->seal(kTenant, key_, at(12)));
  EXPECT_EQ(signed_at().size(), 2U);
  append(4, 5);
  ASSERT_TRUE(log_->sequence(kTenant));  // another program numbered it and was stopped
  ASSERT_TRUE(log_->seal(kTenant, key_, at(13)));
  EXPECT_EQ(signed_at().size(), 3U);
  EXPECT_EQ(verify()->pending, 0U);
}

TEST_P(AuditLogTest, EveryChangedByteOfEveryEntryIsNamed) {
  append(0, 7);
  checkpoint();
  const auto entries = log_->entries(kTenant, 0, 10);
  ASSERT_TRUE(entries);
  for (const auto& entry : *entries) {
    for (std::size_t i = 0; i < entry.content.size(); ++i) {
      std::string changed = entry.content;
      changed[i] = static_cast<char>(changed[i] ^ 1);
      auto transaction = database_->begin();
      ASSERT_TRUE(
          transaction->execute({"tamper", "UPDATE audit_entry SET content = ? WHERE position = ?"},
                               {changed, entry.position}));
      const auto report =
          verify_audit(*transaction, {kTenant, "erp.example/audit", {key_.public_key}, {}});
      ASSERT_FALSE(report);
      EXPECT_TRUE(report.error().is(kAuditEntryChanged));
      EXPECT_EQ(report.error().fact("position"), std::to_string(entry.position));
    }
  }
  EXPECT_EQ(finding(), "");
}

struct Tampering {
  std::string what;
  std::string sql;
  std::string finding;
};

TEST_P(AuditLogTest, EveryTamperingIsNamed) {
  const std::vector<Tampering> table = {
      {"leaf hash", "UPDATE audit_entry SET leaf_hash = zeroblob(32) WHERE position = 4",
       "store.audit_entry_changed 4"},
      {"subject beside the leaf", "UPDATE audit_entry SET subject = 'x' WHERE position = 2",
       "store.audit_entry_changed 2"},
      {"other tenant", "UPDATE audit_entry SET tenant = 'x' WHERE position = 2",
       "store.audit_entry_missing 2"},
      {"taken out", "DELETE FROM audit_entry WHERE position = 5", "store.audit_entry_missing 5"},
      {"cut off", "DELETE FROM audit_entry WHERE position >= 6", "store.audit_truncated"},
      {"exchanged",
       "UPDATE audit_entry SET position = 100 WHERE position = 4;"
       "UPDATE audit_entry SET position = 4 WHERE position = 5;"
       "UPDATE audit_entry SET position = 5 WHERE position = 100",
       "store.audit_tree_changed 3..7"},
      {"cut off and begun anew",
       "UPDATE audit_entry SET position = NULL, leaf_hash = NULL;"
       "DELETE FROM audit_tree; DELETE FROM audit_checkpoint",
       "store.audit_truncated"},
      {"tree's edge", "UPDATE audit_tree SET edge = zeroblob(96)", "store.audit_tree_changed 7..7"},
      {"tree's size", "UPDATE audit_tree SET size = 6", "store.audit_tree_changed 7..7"},
      {"tree gone", "DELETE FROM audit_tree", "store.audit_tree_changed 7..7"},
      {"tree's epoch", "UPDATE audit_tree SET epoch = 2", "store.audit_epoch_changed 7"},
      {"checkpoint's size", "UPDATE audit_checkpoint SET size = 2 WHERE size = 3",
       "store.audit_not_a_checkpoint"},
      {"checkpoint's text",
       "UPDATE audit_checkpoint SET note ="
       " replace(note, '\n3\n', '\n4\n')",
       "store.audit_bad_signature"}};
  for (const Tampering& row : table) {
    SetUp();
    append(0, 3);
    const std::string first = checkpoint();
    append(3, 7);
    const std::string second = checkpoint();
    ASSERT_EQ(finding(), "");
    tamper(row.sql);
    EXPECT_EQ(finding({{"first.note", first}, {"second.note", second}}), row.finding) << row.what;
  }
}

TEST_P(AuditLogTest, RewrittenLogIsProvedByAnExportedCheckpoint) {
  append(0, 3);
  const std::string first = checkpoint();
  append(3, 7);
  const std::string second = checkpoint();
  tamper(
      "UPDATE audit_entry SET content = replace(content, 'proved', 'posted') WHERE position = 4;"
      "UPDATE audit_entry SET position = NULL, leaf_hash = NULL;"
      "DELETE FROM audit_tree; DELETE FROM audit_checkpoint");
  ASSERT_TRUE(log_->sequence(kTenant));
  EXPECT_EQ(finding(), "");
  EXPECT_EQ(finding({{"first.note", first}}), "");
  EXPECT_EQ(finding({{"second.note", second}, {"first.note", first}}),
            "store.audit_tree_changed 3..7");
}

// The restore of docs/formats/audit.md: the next leaf after the three of the vectors.
TEST_P(AuditLogTest, DocumentedRestore_IsWhatIsWritten) {
  {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction);
    const std::vector<ports::AuditEntry> entries = {{*parse_instant("2026-11-23T11:42:00Z"),
                                                     "daemon",
                                                     "state",
                                                     "settlement 28471003921",
                                                     {{"to", "proved"}, {"sum", "582.89"}}},
                                                    {*parse_instant("2026-11-23T11:43:00.5Z"),
                                                     "anna",
                                                     "request",
                                                     "settlement 28471003921",
                                                     {{"verb", "approve"}}},
                                                    {*parse_instant("2026-11-23T11:44:00Z"),
                                                     "daemon",
                                                     "intent",
                                                     "settlement 28471003921",
                                                     {{"note", "M\u00fcller \"x\"\n"}}}};
    for (const auto& entry : entries) ASSERT_TRUE(append_audit(*transaction, kTenant, entry));
    ASSERT_TRUE(sequence_audit(*transaction, kTenant));
    const AuditEpoch epoch{1795507200,
                           *parse_instant("2026-11-24T08:00:00Z"),
                           "anna",
                           {{"backup", "2026-11-23"}, {"replaced", "unknown"}}};
    const auto head =
        open_audit_epoch(*transaction, kTenant, epoch, {"erp.example/audit", key_of('k')});
    ASSERT_TRUE(head);
    EXPECT_EQ(to_hex(head->root),
              "c5448895026f6673d243dda36e96fdb26b468e53ecbb3014c8d0928df2390ee6");
    ASSERT_TRUE(transaction->commit());
  }
  const auto entries = log_->entries(kTenant, 3, 1);
  ASSERT_TRUE(entries);
  EXPECT_EQ(entries->front().entry.facts.back().value,
            "gYCJZrqMV+HTgIsJmNNkKHxpg+LZ9lfI2M5c0PWrS0Y/oMFIZktdDpDVGwZa"
            "qMvCBEcN6xWKqtM66hwhgXr9rRSCYQM=");
  EXPECT_EQ(finding(), "");
}

// --- restore ---

class AuditRestoreTest : public AuditLogTest {
 protected:
  // Yesterday's state again: `size` entries, and one that waited.
  void go_back_to(std::uint64_t size) {
    ASSERT_TRUE(log_->sequence(kTenant));
    const auto entries = log_->entries(kTenant, 0, size);
    ASSERT_TRUE(entries);
    MerkleEdge edge;
    for (const auto& entry : *entries) edge.add(merkle_leaf(entry.content));
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction);
    const auto run = [&](std::string_view text, const database::Values& values) {
      const auto done = transaction->execute({"go back", text}, values);
      ASSERT_TRUE(done) << done.error().explain();
    };
    run("DELETE FROM audit_entry WHERE position > ?", {size});
    run("UPDATE audit_entry SET position = NULL, leaf_hash = NULL WHERE position = ?", {size});
    run("DELETE FROM audit_checkpoint WHERE size > ?", {size});
    run("UPDATE audit_tree SET size = ?, edge = ?", {size, database::Blob{edge.bytes()}});
    ASSERT_TRUE(transaction->commit());
  }

  AuditHead head() { return *log_->head(kTenant); }

  // What a restore signs, by the key of this installation or another.
  void open_epoch(std::uint64_t epoch, const SigningKey& key, const AuditHead* replaced = nullptr) {
    AuditEpoch opened{epoch, at(100), "anna", {{"backup", "2026-11-22"}}};
    if (replaced == nullptr) {
      opened.facts.push_back({"replaced", "unknown"});
    } else {
      opened.facts.push_back({"replaced_epoch", std::to_string(replaced->epoch)});
      opened.facts.push_back({"replaced_size", std::to_string(replaced->size)});
      opened.facts.push_back({"replaced_root", to_hex(replaced->root)});
    }
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction);
    const auto opening =
        open_audit_epoch(*transaction, kTenant, opened, {"erp.example/audit", key});
    ASSERT_TRUE(opening) << opening.error().explain();
    ASSERT_TRUE(transaction->commit());
  }

  // Changes the restore and numbers everything anew, as somebody with a program of his own would.
  void rewrite_restore(std::uint64_t position, void (*edit)(ports::AuditEntry&)) {
    const auto entries = log_->entries(kTenant, position, 1);
    ASSERT_TRUE(entries);
    ports::AuditEntry entry = entries->front().entry;
    edit(entry);
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(
        transaction->execute({"tamper", "UPDATE audit_entry SET content = ? WHERE position = ?"},
                             {write_audit_entry(entry), position}));
    ASSERT_TRUE(transaction->commit());
    tamper("UPDATE audit_entry SET position = NULL, leaf_hash = NULL; DELETE FROM audit_tree");
  }

  std::vector<std::string> superseded(const std::vector<EarlierCheckpoint>& earlier) {
    const auto report = verify(earlier);
    if (!report) return {report.error().explain()};
    std::vector<std::string> out;
    for (const auto& one : report->superseded) {
      out.push_back(one.where + " " + format_instant(one.restored_at) + " " + one.restored_by);
    }
    return out;
  }
};

TEST_P(AuditLogTest, RestoreNamesItselfAndLaterCheckpointsAreSuperseded) {
  append(0, 3);
  const std::string before = checkpoint();
  append(3, 7);
  const std::string lost = checkpoint();
  // Yesterday's state again: three entries, and one that waited.
  tamper(
      "DELETE FROM audit_entry WHERE position > 3;"
      "UPDATE audit_entry SET position = NULL, leaf_hash = NULL WHERE position = 3;"
      "DELETE FROM audit_checkpoint WHERE size > 3");
  const auto edge = [] {
    MerkleEdge e;
    for (int i = 0; i < 3; ++i) {
      e.add(merkle_leaf(write_audit_entry(
          {at(i), "daemon", "state", "settlement " + std::to_string(i), {{"to", "proved"}}})));
    }
    return e;
  }();
  {
    auto transaction = database_->begin();
    ASSERT_TRUE(transaction->execute({"restore", "UPDATE audit_tree SET size = 3, edge = ?"},
                                     {database::Blob{edge.bytes()}}));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(finding({{"lost.note", lost}}), "store.audit_truncated");
  {
    auto transaction = database_->begin();
    const AuditSigner signer{"erp.example/audit", key_of('k')};
    const auto head = open_audit_epoch(*transaction, kTenant,
                                       {500, at(100), "anna", {{"backup", "2026-11-22"}}}, signer);
    ASSERT_TRUE(head) << head.error().explain();
    EXPECT_EQ(head->size, 4U);
    EXPECT_EQ(head->epoch, 500U);
    EXPECT_FALSE(open_audit_epoch(*transaction, kTenant, {500, at(100), "anna", {}}, signer));
    ASSERT_TRUE(transaction->commit());
  }
  append(10, 20);
  const std::string after = checkpoint();
  EXPECT_THAT(after, testing::StartsWith("erp.example/audit/acme/500\n15\n"));
  const auto report = verify({{"before", before}, {"lost", lost}, {"after", after}});
  ASSERT_TRUE(report) << report.error().explain();
  ASSERT_EQ(report->superseded.size(), 1U);
  EXPECT_EQ(report->superseded[0], (SupersededCheckpoint{"lost", at(100), "anna"}));
  EXPECT_EQ(report->checkpoints, 4U);
  ASSERT_EQ(report->epochs.size(), 1U);
  EXPECT_EQ(report->epochs[0].position, 3U);
  EXPECT_EQ(report->epochs[0].entry.actor, "anna");
  EXPECT_EQ(report->epochs[0].entry.facts[2], (Fact{"old_size", "3"}));
}

TEST_P(AuditLogTest, MadeUpEpochIsNamed) {
  append(0, 3);
  tamper(
      "INSERT INTO audit_entry (tenant, subject, content) VALUES ('acme', 'audit log', "
      R"('{"action":"epoch","actor":"x","at":"2026-11-23T00:00:00.000Z","facts":[["epoch","9"],)"
      R"(["old_epoch","1"],["old_size","2"],["old_root",""]],"subject":"audit log"}'))");
  ASSERT_TRUE(log_->sequence(kTenant));
  EXPECT_EQ(finding(), "store.audit_epoch_unsigned 3");
}

// Somebody who writes the database puts a restore in before the entries that he changes, so that
// every later checkpoint looks as if the restore had dropped its entries. He has no key.
TEST_P(AuditRestoreTest, ForgedRestore_RightInEverythingButItsSignature_IsTampering) {
  using Edit = void (*)(ports::AuditEntry&);
  const std::vector<std::pair<std::string, Edit>> forgeries = {
      {"signed with another key", nullptr},
      {"not signed", [](ports::AuditEntry& entry) { entry.facts.pop_back(); }},
      {"signed empty", [](ports::AuditEntry& entry) { entry.facts.back().value.clear(); }},
      {"another actor", [](ports::AuditEntry& entry) { entry.actor = "emma"; }},
      {"another moment", [](ports::AuditEntry& entry) { entry.at += Duration(1); }},
      {"a fact more", [](ports::AuditEntry& entry) {
         entry.facts.insert(entry.facts.end() - 1, Fact{"replaced_size", "9"});
       }}};
  append(0, 9);
  const std::string kept = checkpoint();
  for (const auto& [what, edit] : forgeries) {
    SetUp();
    append(0, 3);
    ASSERT_TRUE(log_->sequence(kTenant));
    open_epoch(500, key_of(edit == nullptr ? 'x' : 'k'));
    if (edit != nullptr) rewrite_restore(3, edit);
    append(3, 9);
    ASSERT_TRUE(log_->sequence(kTenant));
    EXPECT_EQ(finding({{"kept.note", kept}}), "store.audit_epoch_unsigned 3") << what;
    EXPECT_EQ(finding(), "store.audit_epoch_unsigned 3") << what;
  }
}

TEST_P(AuditRestoreTest, CheckpointsWithinWhatTheRestoreKept_MustStillAgree) {
  append(0, 5);
  const std::string inside = checkpoint();
  append(5, 9);
  const std::string lost = checkpoint();
  const AuditHead replaced = head();
  go_back_to(7);
  open_epoch(500, key_, &replaced);
  append(20, 25);
  const std::string after = checkpoint();
  EXPECT_THAT(superseded({{"inside", inside}, {"after", after}}), testing::IsEmpty());
  EXPECT_THAT(superseded({{"inside", inside}, {"lost", lost}, {"after", after}}),
              testing::ElementsAre("lost 2026-11-23T00:01:40.000Z anna"));
  const Checkpoint other{"erp.example/audit/acme/1", 6, sha256("another root")};
  EXPECT_EQ(finding({{"other", sign_checkpoint(other, key_)}}), "store.audit_tree_changed 5..6");
}

// The restore says how long the log was that it gave up: a checkpoint over more entries shows that
// it had been cut or exchanged before.
TEST_P(AuditRestoreTest, CheckpointBeyondWhatTheRestoreGaveUp_IsTampering) {
  append(0, 9);
  const std::string lost = checkpoint();
  go_back_to(6);
  const AuditHead cut = head();
  go_back_to(3);
  open_epoch(500, key_, &cut);
  EXPECT_EQ(finding({{"lost", lost}}), "store.audit_never_was_so_long");
  const Checkpoint same_length{"erp.example/audit/acme/1", 6, sha256("another root")};
  EXPECT_EQ(finding({{"other", sign_checkpoint(same_length, key_)}}),
            "store.audit_tree_changed 0..6");
  const Checkpoint given_up{"erp.example/audit/acme/1", 6, cut.root};
  EXPECT_THAT(superseded({{"given up", sign_checkpoint(given_up, key_)}}), testing::SizeIs(1));
}

// A rehearsal elsewhere opened epoch 400; its restore is signed, but is not in this log's history.
TEST_P(AuditRestoreTest, CheckpointOfAnEpochThatWasForgotten_CannotBeCompared) {
  append(0, 5);
  ASSERT_TRUE(log_->sequence(kTenant));
  open_epoch(500, key_);
  const Checkpoint elsewhere{"erp.example/audit/acme/400", 4, sha256("root")};
  EXPECT_THAT(superseded({{"elsewhere", sign_checkpoint(elsewhere, key_)}}), testing::SizeIs(1));
  const Checkpoint future{"erp.example/audit/acme/600", 4, sha256("root")};
  EXPECT_EQ(finding({{"future", sign_checkpoint(future, key_)}}), "store.audit_truncated");
}

TEST_P(AuditRestoreTest, EverySingleChangedByteOfARestoreIsNamed) {
  append(0, 2);
  go_back_to(2);
  open_epoch(500, key_);
  const auto entries = log_->entries(kTenant, 2, 1);
  ASSERT_TRUE(entries);
  const std::string content = entries->front().content;
  for (std::size_t i = 0; i < content.size(); ++i) {
    std::string changed = content;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    auto transaction = database_->begin();
    const database::Blob leaf{std::string(as_bytes(merkle_leaf(changed)))};
    ASSERT_TRUE(transaction->execute(
        {"tamper", "UPDATE audit_entry SET content = ?, leaf_hash = ? WHERE position = 2"},
        {changed, leaf}));
    EXPECT_FALSE(verify_audit(*transaction, {kTenant, "erp.example/audit", {key_.public_key}, {}}))
        << changed;
  }
}

TEST_P(AuditLogTest, EpochActionIsReserved) {
  auto transaction = database_->begin();
  const auto status = append_audit(*transaction, kTenant, {at(0), "x", "epoch", "y", {}});
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kAuditReservedAction));
}

std::string dialect_name(const testing::TestParamInfo<database::Dialect>& info) {
  return info.param == database::Dialect::kSqlite ? "Sqlite" : "Postgres";
}
const auto kDialects = testing::Values(database::Dialect::kSqlite, database::Dialect::kPostgres);
INSTANTIATE_TEST_SUITE_P(Products, AuditLogTest, kDialects, dialect_name);
INSTANTIATE_TEST_SUITE_P(Products, AuditRestoreTest, kDialects, dialect_name);

}  // namespace
}  // namespace mlc::store
