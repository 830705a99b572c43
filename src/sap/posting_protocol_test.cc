#include "sap/posting_protocol.h"

#include <gtest/gtest.h>

#include "abap/errors.h"
#include "sap/errors.h"
#include "sap/testing/fake_sap.h"
#include "sap/testing/sample.h"

namespace mlc::sap {
namespace {

using ports::JournalStep;
using ports::Outcome;
using testing::FakeSap;
using testing::message;

struct World {
  FakeSap sap;
  testing::MemoryJournal journal;
  testing::CountingHolder holder;
  runtime::ManualClock clock{Instant{}};
  PostingProtocol protocol{sap, journal, holder, clock, Settings{}};
  ports::PostUnit unit = testing::post_unit(testing::manifest());
  ports::PostResult post() { return protocol.post(unit); }
  std::size_t documents() { return sap.tables["BKPF"].size(); }
};

std::string id_of(const std::optional<Error>& error) {
  return error ? std::string(error->id()) : "";
}

TEST(Post, nothing_in_sap_posts_all_parts_once_and_reads_them_back) {
  World world;
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kPosted) << (result.error ? result.error->explain() : "");
  EXPECT_EQ(world.documents(), 2U);
  ASSERT_EQ(result.parts.size(), 2U);
  EXPECT_EQ(result.parts[0].part, "01");
  EXPECT_EQ(result.parts[0].number.text(), "1000/2000000001/2026");
  EXPECT_EQ(world.journal.words(),
            "started looked_up checked post_sent commit_about_to_be_sent committed read_back");
  EXPECT_EQ(world.journal.entries[4].detail, "200000000110002026,200000000210002026");
  EXPECT_EQ(world.holder.asked, 3);  // before each POST and before COMMIT
  EXPECT_EQ(world.sap.count("BAPI_ACC_DOCUMENT_CHECK"), 2);
}

TEST(Post, posted_before_is_found_and_nothing_is_sent) {
  World world;
  EXPECT_EQ(world.post().outcome, Outcome::kPosted);
  const auto again = world.post();
  EXPECT_EQ(again.outcome, Outcome::kAlreadyPosted);
  EXPECT_EQ(again.parts.size(), 2U);
  EXPECT_EQ(world.documents(), 2U);
  EXPECT_EQ(world.sap.count("BAPI_ACC_DOCUMENT_POST"), 2);
}

// Every call, broken before and after it is executed: the outcome depends on the side of POST only,
// and the next run of the same unit ends with each part once, whatever happened.
TEST(Post, broken_at_every_call_is_never_posted_twice) {
  World rehearsal;
  ASSERT_EQ(rehearsal.post().outcome, Outcome::kPosted);
  const auto calls = rehearsal.sap.calls();
  const auto first_post = std::ranges::find(calls, "BAPI_ACC_DOCUMENT_POST") - calls.begin();
  for (int index = 0; index < static_cast<int>(calls.size()); ++index) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE(calls[static_cast<std::size_t>(index)] + (after ? " after" : " before"));
      World world;
      world.sap.break_call(index, after);
      const auto result = world.post();
      const bool sent = index >= first_post;
      EXPECT_EQ(result.outcome, sent ? Outcome::kInDoubt : Outcome::kDeferred);
      ASSERT_TRUE(result.error);
      EXPECT_EQ(result.error->written(), sent ? Written::kPerhaps : Written::kNo);
      EXPECT_EQ(world.journal.has(JournalStep::kPostSent), sent);
      world.sap.break_call(-1, false);
      const auto next = world.post();
      EXPECT_TRUE(next.outcome == Outcome::kPosted || next.outcome == Outcome::kAlreadyPosted);
      EXPECT_EQ(world.documents(), 2U);
    }
  }
}

TEST(Post, manifest_changed_on_its_way_is_refused_before_sap_is_asked) {
  World world;
  world.unit.manifest.documents[0].lines[0].account = "0000999999";
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kRejected);
  EXPECT_EQ(id_of(result.error), "ledger.bad_manifest");
  world.unit.manifest = testing::manifest(0);
  EXPECT_EQ(id_of(world.post().error), "sap.empty_manifest");
  EXPECT_TRUE(world.sap.calls().empty());
}

TEST(Post, session_closed_before_the_first_post_is_deferred) {
  World world;
  world.sap.before_call = [&](const std::string& name) {
    if (name == "BAPI_ACC_DOCUMENT_CHECK" && world.sap.count(name) == 1) world.sap.generation = 2;
  };
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kDeferred);
  EXPECT_EQ(id_of(result.error), "abap.session_closed");
  EXPECT_EQ(world.sap.count("BAPI_ACC_DOCUMENT_POST"), 0);
}

TEST(Post, reopened_session_refuses_the_commit) {
  World world;
  world.sap.before_call = [&](const std::string& name) {
    if (name == "BAPI_ACC_DOCUMENT_POST") world.sap.generation = 2;
  };
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kInDoubt);
  EXPECT_EQ(world.sap.count("BAPI_TRANSACTION_COMMIT"), 0);
}

TEST(Post, watchdog_cut_during_post_is_in_doubt) {
  World world;
  world.sap.before_call = [&](const std::string& name) {
    if (name == "BAPI_ACC_DOCUMENT_POST") world.protocol.abort_current();
  };
  EXPECT_EQ(world.post().outcome, Outcome::kInDoubt);
  EXPECT_EQ(world.sap.count("BAPI_TRANSACTION_COMMIT"), 0);
  EXPECT_EQ(world.documents(), 0U);
}

struct HolderCase {
  int refuse_from;
  int posts;
  int rollbacks;
};
TEST(Post, lost_lease_writes_nothing_wherever_it_is_noticed) {
  for (const auto& [refuse_from, posts, rollbacks] :
       {HolderCase{1, 0, 0}, HolderCase{2, 1, 1}, HolderCase{3, 2, 1}}) {
    World world;
    world.holder.refuse_from = refuse_from;
    const auto result = world.post();
    EXPECT_EQ(result.outcome, Outcome::kDeferred);
    EXPECT_EQ(id_of(result.error), "test.lease_lost");
    EXPECT_EQ(world.sap.count("BAPI_ACC_DOCUMENT_POST"), posts);
    EXPECT_EQ(world.sap.count("BAPI_TRANSACTION_ROLLBACK"), rollbacks);
    EXPECT_EQ(world.sap.count("BAPI_TRANSACTION_COMMIT"), 0);
    EXPECT_EQ(world.documents(), 0U);
    EXPECT_TRUE(world.journal.has(JournalStep::kRolledBack));
  }
}

TEST(Post, journal_that_cannot_write_stops_before_the_send) {
  for (const auto step : {JournalStep::kStarted, JournalStep::kLookedUp, JournalStep::kChecked,
                          JournalStep::kPostSent, JournalStep::kCommitAboutToBeSent}) {
    World world;
    world.journal.failure_kind = &testing::kLeaseLost;
    world.journal.fail_at = step;
    EXPECT_EQ(world.post().outcome, Outcome::kDeferred) << ports::to_word(step);
    EXPECT_EQ(world.sap.count("BAPI_TRANSACTION_COMMIT"), 0);
    EXPECT_EQ(world.documents(), 0U);
  }
}

struct ReturnCase {
  const char* function;
  int nth;
  abap::Table rows;
  Outcome outcome;
  const char* error;
};
TEST(Post, every_class_of_return_has_its_outcome) {
  const abap::Structure leading = message('E', "RW", "609", "Error in document: BKPFF $ MLS");
  const ReturnCase cases[] = {
      {"BAPI_ACC_DOCUMENT_CHECK",
       1,
       {leading, message('E', "KI", "235")},
       Outcome::kRejected,
       "sap.rejected"},
      {"BAPI_ACC_DOCUMENT_CHECK",
       2,
       {message('A', "XX", "999")},
       Outcome::kRejected,
       "sap.rejected"},
      {"BAPI_ACC_DOCUMENT_CHECK",
       1,
       {leading, message('E', "F5", "201")},
       Outcome::kDeferred,
       "sap.period_closed"},
      {"BAPI_ACC_DOCUMENT_CHECK",
       1,
       {message('E', "MC", "601")},
       Outcome::kRejected,
       "sap.rejected"},
      {"BAPI_ACC_DOCUMENT_POST",
       1,
       {leading, message('E', "F5", "201")},
       Outcome::kDeferred,
       "sap.period_closed"},
      {"BAPI_ACC_DOCUMENT_POST",
       2,
       {leading, message('E', "GLT2", "201")},
       Outcome::kRejected,
       "sap.rejected"},
      {"BAPI_TRANSACTION_COMMIT",
       1,
       {message('E', "S&", "101")},
       Outcome::kInDoubt,
       "sap.commit_failed"},
      {"BAPI_TRANSACTION_COMMIT",
       1,
       {message('A', "XX", "001")},
       Outcome::kInDoubt,
       "sap.commit_failed"},
  };
  for (const ReturnCase& one : cases) {
    SCOPED_TRACE(std::string(one.function) + " " + std::to_string(one.nth));
    World world;
    world.sap.returns[{one.function, one.nth}] = one.rows;
    const auto result = world.post();
    EXPECT_EQ(result.outcome, one.outcome);
    EXPECT_EQ(id_of(result.error), one.error);
    EXPECT_EQ(result.messages.size(), one.rows.size());
    EXPECT_EQ(world.documents(), 0U);
    const bool after_post = std::string(one.function) == "BAPI_ACC_DOCUMENT_POST";
    EXPECT_EQ(world.sap.count("BAPI_TRANSACTION_ROLLBACK"), after_post ? 1 : 0);
  }
}

TEST(Post, rollback_that_is_not_confirmed_is_in_doubt) {
  World world;
  world.sap.returns[{"BAPI_ACC_DOCUMENT_POST", 1}] = {message('E', "KI", "235")};
  world.sap.returns[{"BAPI_TRANSACTION_ROLLBACK", 1}] = {message('E', "XX", "001")};
  EXPECT_EQ(world.post().outcome, Outcome::kInDoubt);
}

TEST(Post, other_system_client_or_logical_system_is_refused) {
  for (const ports::SystemIdentity& other : {ports::SystemIdentity{"QAS", "100", "MLSCLNT100"},
                                             ports::SystemIdentity{"MLS", "200", "MLSCLNT100"},
                                             ports::SystemIdentity{"MLS", "100", "OTHER"}}) {
    World world;
    world.unit.expected = other;
    const auto result = world.post();
    EXPECT_EQ(result.outcome, Outcome::kRejected);
    EXPECT_EQ(id_of(result.error), "sap.wrong_system");
    EXPECT_EQ(world.sap.count("BAPI_"), 0);
  }
}

TEST(Post, missing_or_reused_control_document_stops) {
  World world;
  ASSERT_EQ(world.post().outcome, Outcome::kPosted);
  world.unit.control = ports::PositiveControl{{"1000", "2000000002", "2026"}, "20612345671-02A"};
  EXPECT_EQ(world.post().outcome, Outcome::kAlreadyPosted);
  world.sap.tables["BKPF"][1]["XBLNR"] = "SOMETHING ELSE";
  EXPECT_EQ(id_of(world.post().error), "sap.control_missing");
  world.sap.tables["BKPF"].clear();
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kRejected);
  EXPECT_EQ(id_of(result.error), "sap.control_missing");
  EXPECT_EQ(world.documents(), 0U);
}

TEST(Post, without_the_right_to_read_nothing_is_posted) {
  for (const char* table : {"BKPF", "T000"}) {
    World world;
    world.sap.table_exceptions[table] = "NOT_AUTHORIZED";
    const auto result = world.post();
    EXPECT_EQ(result.outcome, Outcome::kDeferred);
    EXPECT_EQ(id_of(result.error), "sap.read_right_missing");
    EXPECT_EQ(world.sap.count("BAPI_"), 0);
  }
}

TEST(Post, substitution_of_the_reference_is_recognised_by_key) {
  World world;
  world.sap.substitute = [](testing::Cells& header) { header["XBLNR"] = "AMAZON"; };
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(result.error), "sap.carrier_overwritten");
  EXPECT_EQ(result.error->written(), Written::kYes);
}

TEST(Post, document_that_is_not_visible_after_the_commit_is_in_doubt) {
  World world;
  world.sap.lose_commits = true;
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kInDoubt);
  EXPECT_EQ(id_of(result.error), "sap.not_visible_yet");
  ASSERT_EQ(result.parts.size(), 2U);
  EXPECT_EQ(result.parts[1].number.number, "2000000002");
}

TEST(Post, second_live_document_of_a_part_is_named) {
  World world;
  ASSERT_EQ(world.post().outcome, Outcome::kPosted);
  auto copy = world.sap.tables["BKPF"][0];
  copy["BELNR"] = "2000000077";
  world.sap.tables["BKPF"].push_back(copy);
  const auto result = world.post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(result.error), "sap.duplicate_found");
}

TEST(Post, all_doubled_parts_are_named_at_once) {
  World world;
  ASSERT_EQ(world.post().outcome, Outcome::kPosted);
  for (const std::size_t at : {0U, 1U}) {
    auto copy = world.sap.tables["BKPF"][at];
    copy["BELNR"] = "200000007" + std::to_string(at);
    world.sap.tables["BKPF"].push_back(copy);
  }
  const auto result = world.post();
  ASSERT_EQ(id_of(result.error), "sap.duplicate_found");
  EXPECT_EQ(result.error->fact("part"), "01, 02");
  EXPECT_NE(result.error->text().find("2000000070"), std::string::npos);
  EXPECT_NE(result.error->text().find("2000000071"), std::string::npos);
}

struct FoundCase {
  const char* reference;
  const char* status;
  Outcome outcome;
  const char* error;
};
TEST(Post, parked_and_foreign_documents_wait_for_a_person) {
  for (const FoundCase& one :
       {FoundCase{"20612345671-01A", "V", Outcome::kConflicts, "sap.parked_by_hand"},
        FoundCase{"20612345671-01A", "Z", Outcome::kReversed, ""},
        FoundCase{"20612345671", "", Outcome::kConflicts, "sap.foreign_reference"},
        FoundCase{"20612345671-X", "", Outcome::kConflicts, "sap.foreign_reference"},
        FoundCase{"206123456719-01A", "", Outcome::kPosted, ""}}) {
    SCOPED_TRACE(one.reference);
    World world;
    world.sap.tables["BKPF"] = {{{"BUKRS", "1000"},
                                 {"BELNR", "0100000001"},
                                 {"GJAHR", "2026"},
                                 {"XBLNR", one.reference},
                                 {"BSTAT", one.status},
                                 {"BLDAT", "20261031"},
                                 {"BUDAT", "20261031"},
                                 {"WAERS", "USD"},
                                 {"HWAER", "USD"}}};
    const auto result = world.post();
    EXPECT_EQ(result.outcome, one.outcome);
    EXPECT_EQ(id_of(result.error), one.error);
  }
}

TEST(Check, shows_sap_s_causes_and_writes_nothing) {
  World world;
  EXPECT_EQ(world.protocol.check(world.unit).outcome, Outcome::kPosted);
  world.sap.returns[{"BAPI_ACC_DOCUMENT_CHECK", 3}] = {message('E', "RW", "609"),
                                                       message('E', "KI", "235", "CO object")};
  const auto result = world.protocol.check(world.unit);
  EXPECT_EQ(result.outcome, Outcome::kRejected);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->fact("causes"), "KI 235 CO object");
  EXPECT_EQ(world.sap.count("BAPI_ACC_DOCUMENT_POST"), 0);
  EXPECT_TRUE(world.journal.entries.empty());
}

ports::ReverseUnit reverse_unit(const ports::PostResult& posted) {
  ports::ReverseUnit unit;
  unit.id = UnitId("unit-2");
  unit.expected = {"MLS", "100", "MLSCLNT100"};
  unit.parts = posted.parts;
  unit.reason = "01";
  unit.posting_date = Date{std::chrono::year(2026) / 10 / 31};
  return unit;
}

TEST(Reverse, all_parts_in_one_unit_and_a_second_run_finds_them_done) {
  World world;
  const auto unit = reverse_unit(world.post());
  const auto result = world.protocol.reverse(unit);
  EXPECT_EQ(result.outcome, Outcome::kPosted);
  EXPECT_EQ(result.reversals.size(), 2U);
  EXPECT_EQ(world.protocol.reverse(unit).outcome, Outcome::kPosted);
  EXPECT_EQ(world.sap.count("BAPI_ACC_DOCUMENT_REV_POST"), 2);
  EXPECT_EQ(world.post().outcome, Outcome::kReversed);
}

TEST(Reverse, broken_at_every_call_is_never_reversed_twice) {
  World rehearsal;
  const auto unit = reverse_unit(rehearsal.post());
  const auto start = static_cast<int>(rehearsal.sap.calls().size());
  ASSERT_EQ(rehearsal.protocol.reverse(unit).outcome, Outcome::kPosted);
  const auto calls = rehearsal.sap.calls();
  const auto first = std::ranges::find(calls, "BAPI_ACC_DOCUMENT_REV_POST") - calls.begin();
  for (int index = start; index < static_cast<int>(calls.size()); ++index) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE(calls[static_cast<std::size_t>(index)]);
      World world;
      ASSERT_EQ(world.post().outcome, Outcome::kPosted);
      world.sap.break_call(index, after);
      const auto result = world.protocol.reverse(unit);
      EXPECT_EQ(result.outcome, index >= first ? Outcome::kInDoubt : Outcome::kDeferred);
      world.sap.break_call(-1, false);
      EXPECT_EQ(world.protocol.reverse(unit).outcome, Outcome::kPosted);
    }
  }
}

TEST(Reverse, document_that_is_not_there_is_named) {
  World world;
  ports::PostResult none;
  none.parts = {{"01", {"1000", "2000000001", "2026"}}};
  const auto result = world.protocol.reverse(reverse_unit(none));
  EXPECT_EQ(result.outcome, Outcome::kRejected);
  EXPECT_EQ(id_of(result.error), "sap.not_reversible");
}

TEST(LookUp, update_records_that_cannot_be_read_never_look_like_none) {
  World world;
  ports::LookUpUnit unit{world.unit.expected, "20612345671-", {"1000"}, std::nullopt, true};
  EXPECT_TRUE(world.protocol.look_up(unit)->update_records.empty());
  world.sap.table_exceptions["VBHDR"] = "FIELD_NOT_VALID";
  const auto result = world.protocol.look_up(unit);
  ASSERT_TRUE(result);
  ASSERT_EQ(result->update_records.size(), 1U);
  EXPECT_EQ(result->update_records[0].state, "unreadable");
  EXPECT_EQ(result->longest_run, std::chrono::hours(1));
}

TEST(LookUp, control_is_found_missing_or_not_asked) {
  World world;
  ASSERT_EQ(world.post().outcome, Outcome::kPosted);
  ports::LookUpUnit unit{world.unit.expected, "20612345671-", {"1000"}, std::nullopt, false};
  EXPECT_EQ(world.protocol.look_up(unit)->control, ports::ControlFinding::kNotAsked);
  unit.control = ports::PositiveControl{{"1000", "2000000001", "2026"}, "20612345671-01A"};
  const auto found = world.protocol.look_up(unit);
  EXPECT_EQ(found->control, ports::ControlFinding::kFound);
  EXPECT_EQ(found->documents.size(), 2U);
  unit.control->number.number = "2000000009";
  EXPECT_EQ(world.protocol.look_up(unit)->control, ports::ControlFinding::kMissing);
}

}  // namespace
}  // namespace mlc::sap
