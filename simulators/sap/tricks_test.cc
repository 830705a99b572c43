// What goes wrong around a posting, and what the books hold afterwards.
#include <gmock/gmock.h>
#include <set>
#include <thread>

#include "simulators/sap/messages.h"
#include "simulators/sap/testing/fixture.h"

namespace mlc::simulators::sap {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TricksTest : public SapTest {
 protected:
  void plan(std::string where, std::string kind,
            std::map<std::string, std::string, std::less<>> parameters = {}) {
    faults_.add({std::move(where), 1, std::move(kind), std::move(parameters)});
  }
  Error failing(std::string_view function, const abap::Structure& arguments = {}) {
    const auto answer = session_->call(function, arguments);
    EXPECT_FALSE(answer);
    return answer ? Error(abap::kException) : answer.error();
  }
  Error failing_commit() { return failing("BAPI_TRANSACTION_COMMIT", {{"WAIT", "X"}}); }
  void expect_dead() {
    EXPECT_FALSE(session_->is_open());
    const auto error = failing("RFC_PING");
    EXPECT_TRUE(error.is(abap::kSessionClosed));
    EXPECT_EQ(error.written(), Written::kNo);
    session_ = open();
  }
  std::string field(const BookKey& key, const std::string& name) {
    return read("BKPF", {name}, {"BUKRS = '" + key.bukrs + "' AND BELNR = '" + key.belnr + "'"},
                " ")
        .at(0);
  }
  abap::Structure reversal(const BookKey& key, abap::Structure more = {}) {
    abap::Structure row{{"OBJ_TYPE", "BKPFF"},
                        {"OBJ_SYS", "MLSCLNT100"},
                        {"OBJ_KEY_R", key.belnr + key.bukrs + key.gjahr},
                        {"REASON_REV", "01"}};
    for (const auto& [name, value] : more) row[name] = value;
    return {{"REVERSAL", row}, {"BUS_ACT", "RFBU"}, {"RETURN", abap::Table{}}};
  }
};

TEST_F(TricksTest, commit_lost_before_execution_leaves_nothing) {
  plan("commit", "drop_before");
  post(simple_document());
  const auto error = failing_commit();
  EXPECT_TRUE(error.is(abap::kCommunicationFailure));
  EXPECT_EQ(error.written(), Written::kPerhaps);
  expect_dead();
  EXPECT_EQ(documents(), 0U);
  EXPECT_TRUE(faults_.all_used());
}

TEST_F(TricksTest, commit_answer_lost_leaves_the_document) {
  plan("commit", "drop_after");
  post(simple_document());
  EXPECT_TRUE(failing_commit().is(abap::kCommunicationFailure));
  expect_dead();
  EXPECT_EQ(documents(), 1U);
}

TEST_F(TricksTest, commit_timeout_leaves_the_document) {
  plan("commit", "timeout");
  post(simple_document());
  EXPECT_TRUE(failing_commit().is(abap::kTimeout));
  expect_dead();
  EXPECT_EQ(documents(), 1U);
}

TEST_F(TricksTest, post_answer_lost_leaves_a_gap_and_nothing_else) {
  plan("BAPI_ACC_DOCUMENT_POST", "drop_after");
  failing("BAPI_ACC_DOCUMENT_POST", simple_document());
  expect_dead();
  EXPECT_THAT(commit(), IsEmpty());
  EXPECT_EQ(documents(), 0U);
  EXPECT_EQ(post(simple_document()), "200000000110002026");
}

TEST_F(TricksTest, old_session_commits_ten_minutes_after_its_client_died) {
  plan("commit", "execute_late", {{"seconds", "600"}});
  post(simple_document());
  failing_commit();
  session_ = open();
  advance(seconds(599));
  EXPECT_EQ(documents(), 0U);
  EXPECT_EQ(system_->open_sessions(), 2U);
  EXPECT_EQ(system_->next_due(), clock_.now() + seconds(1));
  advance(seconds(1));
  EXPECT_EQ(documents(), 1U);
  EXPECT_EQ(system_->open_sessions(), 1U);
  EXPECT_EQ(system_->next_due(), std::nullopt);
}

TEST_F(TricksTest, late_update_is_visible_after_its_delay_and_has_a_record) {
  plan("commit", "update_late", {{"seconds", "120"}});
  post(simple_document());
  EXPECT_THAT(commit(), IsEmpty());
  EXPECT_EQ(documents(), 0U);
  EXPECT_THAT(read("VBHDR", {"VBUSR", "VBSTATE"}), ElementsAre("CONNECTOR   | 1"));
  advance(seconds(120));
  EXPECT_EQ(documents(), 1U);
  EXPECT_THAT(read("VBHDR", {"VBKEY"}), IsEmpty());
}

TEST_F(TricksTest, late_update_survives_a_restart) {
  plan("commit", "update_late", {{"seconds", "120"}});
  post(simple_document());
  commit();
  start();
  advance(seconds(120));
  EXPECT_EQ(documents(), 1U);
}

TEST_F(TricksTest, failed_commit_says_so_and_can_be_repeated_next_morning) {
  plan("commit", "commit_fails");
  post(simple_document());
  EXPECT_THAT(commit(), ElementsAre("E S& 101"));
  EXPECT_EQ(documents(), 0U);
  advance(seconds(86400));
  EXPECT_THAT(read("VBHDR", {"VBUSR", "VBSTATE"}), ElementsAre("CONNECTOR   | 2"));
  hands([](Hands& hand) { EXPECT_EQ(hand.repeat_stopped_updates(), 1); });
  EXPECT_EQ(documents(), 1U);
  EXPECT_THAT(read("VBHDR", {"VBKEY"}), IsEmpty());
}

TEST_F(TricksTest, stopped_update_is_repeated_by_itself_when_planned) {
  plan("commit", "update_stopped", {{"seconds", "50000"}});
  post(simple_document());
  EXPECT_THAT(commit(), IsEmpty()) << "nobody tells the client";
  advance(seconds(49999));
  EXPECT_EQ(documents(), 0U);
  advance(seconds(1));
  EXPECT_EQ(documents(), 1U);
}

TEST_F(TricksTest, deleted_update_never_comes) {
  plan("commit", "commit_fails");
  post(simple_document());
  commit();
  hands([](Hands& hand) { hand.delete_stopped_updates(); });
  advance(seconds(86400));
  EXPECT_EQ(documents(), 0U);
  EXPECT_THAT(read("VBHDR", {"VBKEY"}), IsEmpty());
}

TEST_F(TricksTest, several_documents_stop_together) {
  plan("commit", "commit_fails");
  post(simple_document("20612345671-01A"));
  post(simple_document("20612345671-02A"));
  commit();
  EXPECT_THAT(read("BKPF", {"XBLNR"}), IsEmpty());
  hands([](Hands& hand) { EXPECT_EQ(hand.repeat_stopped_updates(), 1); });
  EXPECT_THAT(read("BKPF", {"XBLNR"}), SizeIs(2));
}

TEST_F(TricksTest, commit_without_wait_is_not_visible_at_once) {
  post(simple_document());
  call("BAPI_TRANSACTION_COMMIT");
  EXPECT_EQ(documents(), 0U);
  advance(seconds(1));
  EXPECT_EQ(documents(), 1U);
}

TEST_F(TricksTest, system_restored_to_yesterday_forgets_and_repeats_numbers) {
  hands([](Hands& hand) { hand.snapshot("yesterday"); });
  const auto lost = post_and_commit(simple_document());
  hands([](Hands& hand) {
    EXPECT_TRUE(hand.restore("yesterday"));
    EXPECT_FALSE(hand.restore("never"));
  });
  EXPECT_TRUE(failing("RFC_PING").is(abap::kSessionClosed));
  session_ = open();
  EXPECT_EQ(documents(), 0U);
  EXPECT_EQ(post_and_commit(simple_document("OTHER")), lost);
}

TEST_F(TricksTest, restore_in_the_middle_of_a_unit_of_work_breaks_the_connection) {
  hands([](Hands& hand) { hand.snapshot("yesterday"); });
  plan("commit", "restore");
  post(simple_document());
  EXPECT_TRUE(failing_commit().is(abap::kCommunicationFailure));
  expect_dead();
  EXPECT_EQ(documents(), 0U);
}

TEST_F(TricksTest, substitutions_change_what_was_sent) {
  plan("BAPI_ACC_DOCUMENT_POST", "substitute", {{"field", "XBLNR"}, {"value", "INV-7"}});
  plan("BAPI_ACC_DOCUMENT_POST", "substitute", {{"field", "PRCTR"}, {"value", "00000P1000"}});
  plan("BAPI_ACC_DOCUMENT_POST", "substitute",
       {{"field", "HKONT"}, {"from", "0000400000"}, {"value", "0000400900"}});
  post_and_commit(simple_document());
  EXPECT_EQ(documents("INV-7"), 1U);
  EXPECT_THAT(read("BSEG", {"HKONT", "PRCTR"}),
              ElementsAre("0000400900|00000P1000", "0000140100|00000P1000"));
}

TEST_F(TricksTest, exit_changes_local_amounts_rate_and_tax_table) {
  plan("BAPI_ACC_DOCUMENT_POST", "change_local",
       {{"account", "0000140100"}, {"by", "500"}, {"against", "0000400000"}});
  post_and_commit(simple_document());
  EXPECT_THAT(read("BSEG", {"BUZEI", "WRBTR", "DMBTR"}),
              ElementsAre("002|      100.00 |      105.00", "001|      100.00 |      105.00"));
  plan("BAPI_ACC_DOCUMENT_POST", "translate_at", {{"rate", "50000"}});
  plan("BAPI_ACC_DOCUMENT_POST", "add_tax_line", {{"code", "O1"}, {"base", "10000"}});
  const auto key = post_and_commit(simple_document("20612345671-02A"));
  EXPECT_EQ(field(key, "KURSF"), " 0.50000");
  EXPECT_THAT(read("BSEG", {"BUZEI", "DMBTR"}, {"BELNR = '" + key.belnr + "'"}),
              ElementsAre("002|       50.00", "001|       50.00"));
  EXPECT_THAT(read("BSET", {"BELNR", "MWSKZ", "FWBAS", "FWSTE"}),
              ElementsAre(key.belnr + "|O1|      100.00 |        0.00"));
}

TEST_F(TricksTest, parked_document_waits_for_its_approver) {
  plan("BAPI_ACC_DOCUMENT_POST", "park_instead");
  const auto key = post_and_commit(simple_document());
  EXPECT_EQ(field(key, "BSTAT"), "V");
  EXPECT_THAT(read("BSEG", {"BUZEI"}), IsEmpty());
  EXPECT_THAT(read("VBSEGS", {"BUZEI"}), SizeIs(2));
  hands([&](Hands& hand) {
    EXPECT_THAT(hand.post_parked(key, {"0000400000", "0000400900", "20261201"}), IsEmpty());
  });
  EXPECT_EQ(field(key, "BSTAT"), "");
  EXPECT_EQ(field(key, "BUDAT"), "20261201");
  EXPECT_EQ(field(key, "MONAT"), "12");
  EXPECT_THAT(read("BSEG", {"HKONT"}, {"SHKZG = 'H'"}), ElementsAre("0000400900"));
  EXPECT_THAT(read("VBSEGS", {"BUZEI"}), IsEmpty());
}

TEST_F(TricksTest, parked_document_deleted_keeps_its_header) {
  const auto key = post_and_commit(simple_document());
  hands([&](Hands& hand) {
    EXPECT_THAT(hand.park(key), IsEmpty());
    EXPECT_THAT(hand.park(key), SizeIs(1)) << "it is parked already";
    EXPECT_THAT(hand.delete_parked(key), IsEmpty());
    EXPECT_THAT(hand.post_parked(key), SizeIs(1));
  });
  EXPECT_EQ(field(key, "BSTAT"), "Z");
}

TEST_F(TricksTest, reversal_links_both_documents_and_keeps_the_reference) {
  const auto key = post_and_commit(simple_document());
  const auto answer = call("BAPI_ACC_DOCUMENT_REV_POST", reversal(key));
  EXPECT_THAT(messages(answer), ElementsAre("S RW 605"));
  EXPECT_EQ(field(key, "STBLG"), "") << "not before the commit";
  commit();
  EXPECT_EQ(abap::text_of(answer, "OBJ_KEY"), "010000000010002026");
  EXPECT_THAT(
      read("BKPF", {"BELNR", "BLART", "STBLG", "STJAH", "XREVERSAL", "STGRD"},
           {"XBLNR = '20612345671-01A'"}),
      ElementsAre("0100000000|AB|2000000000|2026|2|01", "2000000000|ZA|0100000000|2026|1|01"));
  EXPECT_THAT(read("BSEG", {"SHKZG", "HKONT", "WRBTR"}, {"BELNR = '0100000000'"}),
              ElementsAre("S|0000400000|      100.00", "H|0000140100|      100.00"));
}

TEST_F(TricksTest, reversal_refusals) {
  const auto key = post_and_commit(simple_document("20612345671-01A"));
  const auto cleared = post_and_commit(simple_document("20612345671-02A"));
  hands([&](Hands& hand) { hand.clear(cleared, "0000140100", "1400000001"); });
  struct Case {
    const char* what;
    abap::Structure arguments;
    const char* message;
  };
  const Case cases[] = {
      {"not there", reversal({"1000", "2000000099", "2026"}), "E RW 020"},
      {"other company code", reversal(key, {{"COMP_CODE", "2000"}}), "E RW 020"},
      {"other system", reversal(key, {{"OBJ_SYS", "OTHER"}}), "E RW 020"},
      {"no object type", reversal(key, {{"OBJ_TYPE", ""}}), "E RW 602"},
      {"reason", reversal(key, {{"REASON_REV", "99"}}), "E F5 512"},
      {"period", reversal(key, {{"PSTNG_DATE", "20240101"}}), "E F5 201"},
      {"cleared", reversal(cleared), "E F5 308"},
  };
  for (const auto& one : cases) {
    EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_REV_POST", one.arguments)),
                ElementsAre("E RW 609", one.message))
        << one.what;
  }
  hands([&](Hands& hand) { EXPECT_THAT(hand.reverse(key), IsEmpty()); });
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_REV_POST", reversal(key))),
              ElementsAre("E RW 609", "E F5 361"));
}

TEST_F(TricksTest, two_sessions_reversing_one_document_collide) {
  const auto key = post_and_commit(simple_document());
  call("BAPI_ACC_DOCUMENT_REV_POST", reversal(key));
  const auto other = open();
  const auto answer = other->call("BAPI_ACC_DOCUMENT_REV_POST", reversal(key));
  ASSERT_TRUE(answer);
  EXPECT_THAT(messages(*answer), ElementsAre("E RW 609", "E MC 601"));
  session_ = open();  // the first session ends; its lock goes with it
  const auto again = other->call("BAPI_ACC_DOCUMENT_REV_POST", reversal(key));
  ASSERT_TRUE(again);
  EXPECT_THAT(messages(*again), ElementsAre("S RW 605"));
}

TEST_F(TricksTest, document_reversed_by_hand_meanwhile_terminates_the_update) {
  const auto key = post_and_commit(simple_document());
  call("BAPI_ACC_DOCUMENT_REV_POST", reversal(key));
  hands([&](Hands& hand) { EXPECT_THAT(hand.reverse(key), IsEmpty()); });
  EXPECT_THAT(commit(), ElementsAre("E S& 101"));
  EXPECT_THAT(read("BKPF", {"BELNR"}, {"XREVERSAL = '2'"}), SizeIs(1));
}

TEST_F(TricksTest, enqueue_collision_is_an_error_message_and_the_session_lives) {
  plan("BAPI_ACC_DOCUMENT_POST", "enqueue_collision", {{"user", "MILLER"}});
  const auto answer = call("BAPI_ACC_DOCUMENT_POST", simple_document());
  EXPECT_THAT(messages(answer), ElementsAre("E RW 609", "E MC 601"));
  EXPECT_EQ(abap::text_of(abap::table_of(answer, "RETURN")[1], "MESSAGE_V1"), "MILLER");
  post_and_commit(simple_document());
}

TEST_F(TricksTest, period_closed_between_check_and_post) {
  plan("BAPI_ACC_DOCUMENT_POST", "close_period", {{"year", "2026"}, {"period", "011"}});
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_CHECK", simple_document())),
              ElementsAre("S RW 614"));
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_POST", simple_document())),
              ElementsAre("E RW 609", "E F5 201"));
  hands([](Hands& hand) { hand.open_period("1000", "+", "2026", "001", "2026", "012"); });
  post(simple_document());
}

TEST_F(TricksTest, foreign_document_keyed_by_hand) {
  plan("RFC_READ_TABLE", "key_by_hand", {{"xblnr", "20612345671"}, {"amount", "12345"}});
  EXPECT_THAT(read("BKPF", {"XBLNR", "USNAM"}, {"XBLNR LIKE '20612345671%'"}),
              ElementsAre("20612345671     |ACCOUNTANT"));
}

TEST_F(TricksTest, dump_and_abort_end_the_session_and_roll_back) {
  plan("RFC_PING", "runtime_failure", {{"text", "TIME_OUT"}});
  post(simple_document());
  const auto dump = failing("RFC_PING");
  EXPECT_TRUE(dump.is(abap::kRuntimeFailure));
  EXPECT_EQ(dump.written(), Written::kNo);
  expect_dead();
  plan("BAPI_ACC_DOCUMENT_CHECK", "message_abort", {{"id", "F5"}, {"number", "999"}});
  EXPECT_TRUE(failing("BAPI_ACC_DOCUMENT_CHECK", simple_document()).is(abap::kMessageAbort));
  expect_dead();
  EXPECT_EQ(documents(), 0U);
}

TEST_F(TricksTest, logon_refusals) {
  const auto refused = [this](Logon logon) {
    return SimulatedChannel(*system_, clock_, std::move(logon)).open().error();
  };
  EXPECT_TRUE(refused({"CONNECTOR", Secret("wrong"), "100"}).is(abap::kLogonFailed));
  EXPECT_TRUE(refused({"NOBODY", Secret("initial1"), "100"}).is(abap::kLogonFailed));
  EXPECT_TRUE(refused({"CONNECTOR", Secret("initial1"), "999"}).is(abap::kLogonFailed));
  plan("logon", "no_session_free");
  EXPECT_TRUE(channel_->open().error().is(abap::kNoSessionFree));
  plan("logon", "communication_failure");
  EXPECT_TRUE(channel_->open().error().is(abap::kCommunicationFailure));
  std::vector<std::unique_ptr<abap::Session>> many;
  while (many.size() < 49) many.push_back(open());
  EXPECT_TRUE(channel_->open().error().is(abap::kNoSessionFree));
}

TEST_F(TricksTest, argument_errors_are_raised_before_anything_is_sent) {
  EXPECT_TRUE(failing("RFC_PING", {{"X", "1"}}).is(abap::kUnknownParameter));
  auto arguments = simple_document("20612345671-01A-TOO-LONG");
  const auto error = failing("BAPI_ACC_DOCUMENT_POST", arguments);
  EXPECT_TRUE(error.is(abap::kValueTooLong));
  EXPECT_EQ(error.fact("field"), "REF_DOC_NO");
  arguments = simple_document();
  arguments["ACCOUNTGL"].table()[0]["BUSINESSPLACE"] = "0001";
  EXPECT_TRUE(failing("BAPI_ACC_DOCUMENT_POST", arguments).is(abap::kUnknownField));
  EXPECT_EQ(failing("Z_NONE").fact("key"), "FU_NOT_FOUND");
  EXPECT_TRUE(session_->is_open());
  EXPECT_TRUE(failing("STFC_CONNECTION").is(abap::kRuntimeFailure)) << "mandatory parameter";
  EXPECT_FALSE(session_->is_open());
}

TEST_F(TricksTest, connection_tests_answer) {
  const auto answer = call("STFC_CONNECTION", {{"REQUTEXT", "\xC3\xA4\xE2\x82\xAC"}});
  EXPECT_EQ(abap::text_of(answer, "ECHOTEXT"), "\xC3\xA4\xE2\x82\xAC");
  EXPECT_THAT(abap::text_of(answer, "RESPTEXT"), ::testing::HasSubstr("100/CONNECTOR/E"));
  const auto info = call("RFC_SYSTEM_INFO");
  EXPECT_EQ(abap::text_of(abap::structure_of(info, "RFCSI_EXPORT"), "RFCSYSID"), "MLS");
  EXPECT_EQ(session_->attributes().client, "100");
}

TEST_F(TricksTest, aborted_session_is_gone_with_its_documents) {
  post(simple_document());
  session_->abort();
  expect_dead();
  EXPECT_EQ(system_->open_sessions(), 1U);
  EXPECT_EQ(documents(), 0U);
}

TEST(Messages, class_and_number_are_unique) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const auto& kind : all_messages()) {
    EXPECT_TRUE(seen.emplace(kind.id, kind.number).second) << kind.id << kind.number;
    EXPECT_EQ(kind.number.size(), 3U);
  }
}

TEST_F(TricksTest, auditor_finds_balanced_documents_and_duplicates_in_the_file) {
  post_and_commit(document({{"0000140100", "0.05"},
                            {"0000140100", "0.05"},
                            {"0000140100", "0.05"},
                            {"0000400000", "-0.15"}},
                           {}, "CAD"));
  post_and_commit(simple_document());
  const auto books = Books::open(directory_, false);
  ASSERT_TRUE(books);
  EXPECT_THAT(
      (*books)->query("SELECT BELNR, sum(CASE SHKZG WHEN 'S' THEN WRBTR ELSE -WRBTR END) AS D, "
                      "sum(CASE SHKZG WHEN 'S' THEN DMBTR ELSE -DMBTR END) AS L FROM BSEG "
                      "GROUP BY MANDT, BUKRS, BELNR, GJAHR HAVING D <> 0 OR L <> 0"),
      IsEmpty());
  const auto twice = (*books)->query(
      "SELECT XBLNR, count(*) AS N FROM BKPF WHERE BSTAT = '' AND XREVERSAL = '' AND XBLNR <> '' "
      "GROUP BY MANDT, BUKRS, XBLNR HAVING N > 1");
  ASSERT_THAT(twice, SizeIs(1));
  EXPECT_EQ(at(twice[0], "N"), "2");
}

TEST_F(TricksTest, threads_post_in_sessions_of_their_own_without_mixing) {
  std::vector<std::thread> threads;
  for (int worker = 0; worker < 4; ++worker) {
    threads.emplace_back([this, worker] {
      const auto session = channel_->open();
      for (int i = 0; session && i < 5; ++i) {
        const auto reference = "W" + std::to_string(worker) + "-" + std::to_string(i);
        (void)(*session)->call("BAPI_ACC_DOCUMENT_POST", simple_document(reference));
        // Every second unit of work is given up.
        const bool commit = i % 2 == 0;
        (void)(*session)->call(commit ? "BAPI_TRANSACTION_COMMIT" : "BAPI_TRANSACTION_ROLLBACK",
                               commit ? abap::Structure{{"WAIT", "X"}} : abap::Structure{});
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(read("BKPF", {"BELNR"}), SizeIs(12));
  EXPECT_THAT(read("BKPF", {"BELNR"}, {"XBLNR LIKE '%-1' OR XBLNR LIKE '%-3'"}), IsEmpty());
}

TEST_F(TricksTest, list_shows_documents_for_people) {
  post_and_commit(simple_document());
  std::string list;
  hands([&list](Hands& hand) { list = hand.list(); });
  EXPECT_THAT(list, ::testing::HasSubstr("1000  2000000000 2026  ZA    20261108 20612345671-01A"));
  EXPECT_THAT(list, ::testing::HasSubstr("USD   100.00\n"));
}

}  // namespace
}  // namespace mlc::simulators::sap
