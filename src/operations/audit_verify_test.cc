// Whatever is changed beside the audit trail is named; whatever the hub does by itself agrees.
#include "operations/audit_verify.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "operations/explain.h"
#include "operations/settlement_view.h"
#include "operations/testing/hub_fixture.h"
#include "operations/verbs.h"

namespace mlc::operations {
namespace {

using testing::HubFixture;
using testing::sample_file;

constexpr const char* kId = "28471003921";

std::string other_file() {
  std::string out = sample_file();
  const auto at = out.find("100.00\n");
  out.replace(at, 7, "150.00\n");
  return out + "Order\tItemPrice\tPrincipal\tamazon.com\t50.00\n";
}

// "id field" of every difference.
std::vector<std::string> findings(HubFixture& fixture) {
  const auto verification = audit_verify(*fixture.hub);
  if (!verification) return {verification.error().explain()};
  std::vector<std::string> out;
  for (const Error& error : verification->differences) {
    const std::string field(error.fact("field"));
    out.push_back(std::string(error.id()) + (field.empty() ? "" : " " + field));
  }
  EXPECT_EQ(out.empty(), verification->agrees());
  return out;
}

using Findings = std::vector<std::string>;

void tamper(HubFixture& fixture, std::string_view sql) {
  auto transaction = fixture.store->database().begin();
  ASSERT_TRUE(transaction);
  const auto done = transaction->script({"tamper", sql});
  ASSERT_TRUE(done) << done.error().explain();
  ASSERT_TRUE(transaction->commit());
}

struct Tampering {
  std::string what;
  std::string sql;
  std::string finding;  // among the others
};

const std::vector<Tampering>& tamperings() {
  static const std::vector<Tampering> table = {
      {"total", "UPDATE settlement SET total = '1.00'", "store.record_differs total"},
      {"total against the file", "UPDATE settlement SET total = '1.00'",
       "operations.evidence_differs total"},
      {"period", "UPDATE settlement SET period_end = '2026-10-30T12:00:00.000Z'",
       "operations.evidence_differs end"},
      {"settlement-id", "UPDATE settlement SET settlement_id = '1'",
       "store.record_differs settlement-id"},
      {"rows", "UPDATE settlement SET row_count = 3", "store.record_differs rows"},
      {"what adds up", "UPDATE settlement SET posted = '99.00'",
       "store.record_differs posted + netted + excluded"},
      {"manifest's account", "UPDATE manifest SET content = replace(content, '400000', '400009')",
       "store.record_differs manifest A"},
      {"manifest gone", "DELETE FROM manifest", "store.record_differs manifest"},
      {"manifest's hash", "UPDATE settlement SET manifest_hash = 'x'",
       "store.record_differs manifest hash"},
      {"state", "UPDATE work SET state = 'reversed' WHERE kind = 'settlement'",
       "store.record_differs state"},
      {"number", "UPDATE document SET number = '0100000009'", "store.record_differs state"},
      {"outcome", "UPDATE document SET outcome = 'reversed'", "store.record_differs state"},
      {"receivable", "UPDATE document SET receivable = '1.00'", "store.record_differs receivable"},
      {"document gone", "DELETE FROM document", "store.record_differs document 28471003921-01A"},
      {"rules", "UPDATE settlement SET rules_digest = 'x'", "store.record_differs rule book"},
      {"kept rules gone", "DELETE FROM rule_book", "store.record_differs kept rule book"},
      {"approval", "UPDATE settlement SET approved_hash = manifest_hash, approved_by = 'cli:eva'",
       "store.record_differs approval"},
      {"object", "UPDATE settlement SET object = lineage", "store.record_differs object"},
      {"lineage", "UPDATE settlement SET lineage = object", "store.record_differs lineage"},
      {"class's sum", "UPDATE class_total SET sum = '1.00' WHERE class_number = 0",
       "operations.evidence_differs class 0, sum"},
      {"class gone", "DELETE FROM class_total WHERE class_number = 1",
       "operations.evidence_differs classes"},
      {"amount that is none", "UPDATE settlement SET total = 'much'", "store.damaged_record"},
      {"settlement gone", "DELETE FROM settlement; DELETE FROM work", "store.record_missing"},
      {"log gone", "DELETE FROM audit_entry; DELETE FROM audit_tree; DELETE FROM audit_checkpoint",
       "store.audit_trail_empty"},
      {"entries of the settlement gone",
       "DELETE FROM audit_entry WHERE subject LIKE 'settl%';"
       "INSERT INTO audit_entry (tenant, subject, content) VALUES ('default', 'hub', "
       R"('{"action":"backup","actor":"x","at":"2026-11-23T00:00:00.000Z","facts":[],)"
       R"("subject":"hub"}'))",
       "store.record_untold"}};
  return table;
}

TEST(AuditVerifyRecords, EveryTableChangedBesideTheTrail_IsNamed) {
  for (const Tampering& row : tamperings()) {
    HubFixture fixture(flow::PostMode::kAuto);
    fixture.import(sample_file());
    ASSERT_EQ(findings(fixture), Findings{}) << row.what;
    tamper(fixture, row.sql);
    const auto found = findings(fixture);
    EXPECT_NE(std::ranges::find(found, row.finding), found.end())
        << row.what << ": " << (found.empty() ? "nothing" : found.front());
  }
}

TEST(AuditVerifyRecords, LogGone_IsOneFindingThatCountsTheRecords) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file("1"), "a.tsv");
  fixture.import(sample_file("2"), "b.tsv");
  tamper(fixture, "DELETE FROM audit_entry");
  const auto verification = audit_verify(*fixture.hub);
  ASSERT_EQ(verification->differences.size(), 1U);
  EXPECT_EQ(verification->differences.front().fact("found"), "2");
  EXPECT_EQ(verification->differences.front().exit_code(), ExitCode::kTampered);
}

// What the hub and its operators do agrees at every rest: no false alarm.
TEST(AuditVerifyRecords, ReversedAndPostedAgain_Agrees) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  ASSERT_TRUE(reverse(*fixture.hub, kId, "01"));
  EXPECT_EQ(findings(fixture), Findings{}) << "asked, not yet done";
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "reversed");
  EXPECT_EQ(findings(fixture), Findings{});
  ASSERT_TRUE(post(*fixture.hub, kId, "B"));
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
  EXPECT_EQ(findings(fixture), Findings{});
}

TEST(AuditVerifyRecords, ApprovedHeldRejectedAndReplaced_Agree) {
  HubFixture fixture(flow::PostMode::kApprove);
  const std::string first = fixture.import(sample_file());
  EXPECT_EQ(findings(fixture), Findings{});
  ASSERT_TRUE(approve(*fixture.hub, kId, ""));
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
  EXPECT_EQ(findings(fixture), Findings{});
  const std::string second = fixture.import(other_file(), "other.tsv");
  EXPECT_EQ(fixture.state_of(second), "reissued");
  EXPECT_EQ(findings(fixture), Findings{});
  ASSERT_TRUE(reverse(*fixture.hub, kId, "01"));
  fixture.run();
  ASSERT_TRUE(resolve(*fixture.hub, second, "supersede"));
  fixture.run();
  EXPECT_EQ(fixture.state_of(first), "superseded");
  EXPECT_EQ(findings(fixture), Findings{});
  tamper(fixture, "UPDATE settlement SET approved_by = 'cli:eva' WHERE approved_hash <> ''");
  EXPECT_EQ(findings(fixture), Findings{"store.record_differs approval"});
}

TEST(AuditVerifyRecords, RowsWithoutRule_AgreeBeforeAndAfterTheRuleCame) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.use_rules({"Principal"});
  fixture.import(sample_file());
  EXPECT_EQ(findings(fixture), Findings{});
  fixture.use_rules({"Principal", "Commission", "Refund"});
  ASSERT_TRUE(retry(*fixture.hub, kId));
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "posted");
  EXPECT_EQ(findings(fixture), Findings{});
}

TEST(AuditVerifyEvidence, EveryFileTakenAway_IsNamed) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  for (const char* folder : {"/evidence/objects", "/evidence/lineage"}) {
    const auto names = fixture.files.list(folder);
    ASSERT_TRUE(names);
    ASSERT_FALSE(names->empty());
    for (const std::string& name : *names) {
      const auto file = evidence::FileSystem::Path(folder) / name;
      const std::string content = *fixture.files.content(file);
      ASSERT_TRUE(fixture.files.remove(file));
      const auto verification = audit_verify(*fixture.hub);
      ASSERT_EQ(verification->differences.size(), 1U) << file;
      const Error& error = verification->differences.front();
      EXPECT_EQ(error.id(), "operations.evidence_missing");
      EXPECT_EQ(error.fact("id"), name);
      EXPECT_EQ(error.exit_code(), ExitCode::kTampered);
      auto again = fixture.files.create(file);
      ASSERT_TRUE(again && (*again)->write(content) && (*again)->sync());
      EXPECT_TRUE(audit_verify(*fixture.hub)->agrees());
    }
  }
}

TEST(Show, LineageFileGone_ShowsTheRestAndNamesIt) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  const ObjectId lineage = show(*fixture.hub, kId)->record.lineage;
  ASSERT_TRUE(fixture.files.remove("/evidence/lineage/" + lineage.str()));
  const auto view = show(*fixture.hub, kId);
  ASSERT_TRUE(view) << view.error().explain();
  EXPECT_EQ(view->documents.size(), 1U);
  EXPECT_FALSE(view->history.empty());
  EXPECT_TRUE(view->classes.empty());
  ASSERT_EQ(view->missing.size(), 1U);
  EXPECT_EQ(view->missing.front().fact("object"), lineage.str());
}

TEST(Show, EntriesThatHaveNoPlaceYet_AreShownAndStayWithoutOne) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  EXPECT_FALSE(show(*fixture.hub, kId)->history.empty());
  EXPECT_EQ(fixture.audit->head(TenantId("default"))->size, 0U);
}

TEST(ExplainReversal, NumberOfOurReversal_NamesTheOriginalWhoWhenAndWhy) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  ASSERT_TRUE(reverse(*fixture.hub, kId, "02"));
  fixture.run();
  const auto explained = explain(*fixture.hub, "US01/0199999999/2026", 0);
  ASSERT_TRUE(explained) << explained.error().explain();
  EXPECT_EQ(explained->document.key, "28471003921-01A");
  EXPECT_FALSE(explained->lines.empty());
  ASSERT_TRUE(explained->reversal);
  EXPECT_EQ(explained->reversal->number, "US01/0199999999/2026");
  EXPECT_EQ(explained->reversal->original, "US01/0100000001/2026");
  EXPECT_EQ(explained->reversal->asked_by, "cli:anna");
  EXPECT_EQ(explained->reversal->asked_at, fixture.clock.now());
  EXPECT_EQ(explained->reversal->reason, "02");
  EXPECT_FALSE(explained->reversal->work.empty());
  EXPECT_FALSE(explain(*fixture.hub, "28471003921-01A", 0)->reversal);
}

TEST(ExplainReversal, ReversedByHandInSap_SaysThatNobodyAskedHere) {
  HubFixture fixture(flow::PostMode::kAuto);
  fixture.import(sample_file());
  fixture.sap.books.front().reversed_by = ledger::DocumentNumber{"US01", "0155555555", "2026"};
  ASSERT_TRUE(retry(*fixture.hub, kId));
  fixture.run();
  EXPECT_EQ(fixture.state_of(kId), "reversed");
  const auto explained = explain(*fixture.hub, "US01/0155555555/2026", 0);
  ASSERT_TRUE(explained) << explained.error().explain();
  ASSERT_TRUE(explained->reversal);
  EXPECT_TRUE(explained->reversal->work.empty());
  EXPECT_TRUE(explained->reversal->asked_by.empty());
}

}  // namespace
}  // namespace mlc::operations
