// The posting fence that a customer may build: locks that die with the session, keys that obey the
// unit of work.
#include <gmock/gmock.h>

#include "simulators/sap/testing/fixture.h"

namespace mlc::simulators::sap {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kLock = "Z_MLC_LOCK_POSTING";
constexpr const char* kKeys = "Z_MLC_RESERVE_KEYS";
constexpr const char* kOwnName = "Z_ACME_LOCK";
constexpr const char* kReference = "20612345671-01A";

class SiteFunctionsTest : public SapTest {
 protected:
  SiteFunctionsTest() {
    hands([](Hands& hand) {
      EXPECT_TRUE(hand.install_function(kOwnName, kLock));
      EXPECT_TRUE(hand.install_function(kKeys, kKeys));
      EXPECT_FALSE(hand.install_function("Z_OTHER", "Z_OTHER"));
    });
  }
  static std::string outcome(abap::Session& session, std::string_view function,
                             const abap::Structure& arguments) {
    const auto answer = session.call(function, arguments);
    if (answer) return "contract " + abap::text_of(*answer, "E_CONTRACT");
    return answer.error().is(abap::kException) ? std::string(answer.error().fact("key"))
                                               : std::string(answer.error().id());
  }
  static std::string lock(abap::Session& session, const char* company = "1000") {
    return outcome(session, kOwnName, {{"I_BUKRS", company}, {"I_NAME", "AMAZON"}});
  }
  static std::string reserve(abap::Session& session, const std::string& reference = kReference) {
    const abap::Table keys{{{"BUKRS", "1000"}, {"XBLNR", reference}}};
    return outcome(session, kKeys, {{"T_KEYS", keys}});
  }
  std::vector<std::string> keys() { return read("ZMLC_KEYS", {"BUKRS", "XBLNR"}); }
  void plan(std::string where, std::string kind, std::string delay) {
    faults_.add({std::move(where), 1, std::move(kind), {{"seconds", std::move(delay)}}});
  }
};

TEST_F(SiteFunctionsTest, only_what_the_site_installed_can_be_called) {
  EXPECT_EQ(lock(*session_), "contract 1");
  EXPECT_EQ(outcome(*session_, kLock, {}), "FU_NOT_FOUND");
  hands([](Hands& hand) { hand.remove_function(kOwnName); });
  EXPECT_EQ(lock(*session_), "FU_NOT_FOUND");
}

TEST_F(SiteFunctionsTest, a_test_call_takes_no_lock_and_no_key) {
  const abap::Structure test{{"I_BUKRS", "1000"}, {"I_NAME", "AMAZON"}, {"I_TEST", "X"}};
  EXPECT_EQ(outcome(*session_, kOwnName, test), "contract 1");
  EXPECT_EQ(outcome(*session_, kKeys, {{"I_TEST", "X"}, {"T_KEYS", abap::Table{}}}), "contract 1");
  const auto other = open();
  EXPECT_EQ(lock(*other), "contract 1");
  EXPECT_EQ(reserve(*other), "contract 1");
}

TEST_F(SiteFunctionsTest, an_empty_argument_is_refused_because_it_would_lock_everything) {
  EXPECT_EQ(lock(*session_, ""), "SYSTEM_FAILURE");
  EXPECT_EQ(reserve(*session_, ""), "SYSTEM_FAILURE");
  EXPECT_EQ(outcome(*session_, kKeys, {{"T_KEYS", abap::Table{}}}), "SYSTEM_FAILURE");
}

TEST_F(SiteFunctionsTest, the_lock_outlives_commit_and_rollback_and_ends_with_the_session) {
  const auto other = open();
  EXPECT_EQ(lock(*session_), "contract 1");
  EXPECT_EQ(lock(*session_), "contract 1") << "the same session may ask again";
  commit();
  EXPECT_EQ(lock(*other), "FOREIGN_LOCK");
  (void)call("BAPI_TRANSACTION_ROLLBACK");
  EXPECT_EQ(lock(*other), "FOREIGN_LOCK");
  EXPECT_EQ(lock(*other, "2000"), "contract 1") << "another company code";
  session_.reset();
  EXPECT_EQ(lock(*other), "contract 1");
}

TEST_F(SiteFunctionsTest, a_session_that_commits_after_its_client_died_keeps_the_lock_until_then) {
  EXPECT_EQ(lock(*session_), "contract 1");
  post(simple_document());
  plan("commit", "execute_late", "600");
  EXPECT_FALSE(session_->call("BAPI_TRANSACTION_COMMIT", {{"WAIT", "X"}}));
  session_ = open();
  advance(seconds(599));
  EXPECT_EQ(lock(*session_), "FOREIGN_LOCK");
  EXPECT_EQ(documents(), 0U);
  advance(seconds(1));
  EXPECT_EQ(documents(), 1U);
  EXPECT_EQ(lock(*session_), "contract 1");
}

TEST_F(SiteFunctionsTest, a_lingering_session_keeps_its_lock_and_is_rolled_back) {
  EXPECT_EQ(lock(*session_), "contract 1");
  post(simple_document());
  plan("commit", "linger", "600");
  EXPECT_FALSE(session_->call("BAPI_TRANSACTION_COMMIT", {{"WAIT", "X"}}));
  session_ = open();
  EXPECT_EQ(lock(*session_), "FOREIGN_LOCK");
  advance(seconds(600));
  EXPECT_EQ(lock(*session_), "contract 1");
  EXPECT_EQ(documents(), 0U);
}

TEST_F(SiteFunctionsTest, keys_are_written_with_the_document_or_not_at_all) {
  EXPECT_EQ(reserve(*session_), "contract 1");
  post(simple_document());
  (void)call("BAPI_TRANSACTION_ROLLBACK");
  commit();
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_EQ(reserve(*session_), "contract 1");
  post(simple_document());
  session_ = open();
  commit();
  EXPECT_THAT(keys(), IsEmpty()) << "the session that asked is gone";
  EXPECT_EQ(reserve(*session_), "contract 1");
  post_and_commit(simple_document());
  EXPECT_THAT(keys(), ElementsAre("1000|20612345671-01A"));
  EXPECT_EQ(reserve(*session_), "DUPLICATE_KEY");
  EXPECT_EQ(reserve(*session_, "20612345671-01B"), "contract 1");
}

TEST_F(SiteFunctionsTest, a_key_on_its_way_in_another_session_is_locked) {
  const auto other = open();
  EXPECT_EQ(reserve(*other), "contract 1");
  EXPECT_EQ(reserve(*session_), "KEY_LOCKED");
  EXPECT_EQ(reserve(*session_, "20612345671-02A"), "contract 1");
}

TEST_F(SiteFunctionsTest, a_stopped_update_that_finds_its_key_taken_writes_nothing) {
  plan("commit", "update_stopped", "0");
  EXPECT_EQ(reserve(*session_), "contract 1");
  post(simple_document());
  EXPECT_THAT(commit(), IsEmpty());
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_EQ(reserve(*session_), "contract 1") << "a stopped update holds no lock";
  post_and_commit(simple_document());
  hands([](Hands& hand) { EXPECT_EQ(hand.repeat_stopped_updates(), 0); });
  EXPECT_EQ(documents(), 1U);
  EXPECT_THAT(read("VBHDR", {"VBSTATE"}), ElementsAre(" 2"));
  hands([](Hands& hand) { hand.delete_stopped_updates(); });
  EXPECT_EQ(reserve(*session_), "DUPLICATE_KEY");
}

TEST_F(SiteFunctionsTest, the_second_commit_of_one_key_fails_whole) {
  EXPECT_EQ(reserve(*session_), "contract 1");
  EXPECT_EQ(reserve(*session_), "contract 1") << "registered twice in one unit of work";
  post(simple_document());
  EXPECT_THAT(commit(), ElementsAre("E S& 101"));
  EXPECT_EQ(documents(), 0U);
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(SiteFunctionsTest, keys_go_back_in_time_with_the_system) {
  hands([](Hands& hand) { hand.snapshot("yesterday"); });
  EXPECT_EQ(reserve(*session_), "contract 1");
  post_and_commit(simple_document());
  hands([](Hands& hand) { EXPECT_TRUE(hand.restore("yesterday")); });
  session_ = open();
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_EQ(reserve(*session_), "contract 1");
}

TEST_F(SiteFunctionsTest, a_key_that_a_person_deletes_is_free_again) {
  EXPECT_EQ(reserve(*session_), "contract 1");
  post_and_commit(simple_document());
  hands([](Hands& hand) { hand.delete_key("1000", kReference); });
  EXPECT_EQ(reserve(*session_), "contract 1");
}

TEST_F(SiteFunctionsTest, an_idle_session_is_dropped_with_its_locks_and_its_unit_of_work) {
  SystemSettings settings;
  settings.books = directory_;
  settings.durable = false;
  settings.idle_limit = std::chrono::minutes(20);
  session_.reset();
  channel_.reset();
  system_.reset();
  system_ = std::move(SapSystem::open(settings, sample_landscape(), &faults_).value());
  channel_ = std::make_unique<SimulatedChannel>(*system_, clock_);
  session_ = open();
  EXPECT_EQ(lock(*session_), "contract 1");
  post(simple_document());
  advance(seconds(1200));
  const auto other = open();
  EXPECT_EQ(lock(*other), "contract 1");
  const auto answer = session_->call("BAPI_TRANSACTION_COMMIT", {{"WAIT", "X"}});
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(abap::kCommunicationFailure));
  EXPECT_FALSE(session_->is_open());
  session_ = open();
  EXPECT_EQ(documents(), 0U);
}

}  // namespace
}  // namespace mlc::simulators::sap
