// The simulator behind its socket: framing, killed clients, restarts, hands on running books.
#include <fstream>
#include <gmock/gmock.h>
#include <signal.h>
#include <sstream>
#include <sys/wait.h>
#include <thread>

#include "simulators/sap/command_line.h"
#include "simulators/sap/sap_host.h"
#include "simulators/sap/socket_channel.h"
#include "simulators/sap/testing/fixture.h"
#include "simulators/sap/wire_codec.h"

namespace mlc::simulators::sap {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const abap::Structure kSample{{"TEXT", "abc"},
                              {"NUMBER", -7},
                              {"NOTHING", abap::Value()},
                              {"ROWS", abap::Table{{{"A", "1"}}, {}}},
                              {"INNER", abap::Structure{{"B", ""}}}};

TEST(WireCodec, values_survive_the_way_and_back) {
  const auto back = decode(encode(kSample));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, kSample);
}

TEST(WireCodec, cut_at_every_byte_is_refused) {
  const auto bytes = encode(kSample);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    EXPECT_FALSE(decode(std::string_view(bytes).substr(0, cut))) << cut;
  }
  EXPECT_FALSE(decode(bytes + "x"));
  EXPECT_FALSE(decode(std::string(4, '\xFF'))) << "a count is not believed";
}

TEST(WireCodec, errors_keep_kind_facts_and_what_was_written) {
  const Error error =
      Error(abap::kException, {{"function", "F"}, {"key", "K"}}).with_written(Written::kNo);
  const auto back = decode_answer(encode_answer(failure(error)));
  ASSERT_FALSE(back);
  EXPECT_TRUE(back.error().is(abap::kException));
  EXPECT_EQ(back.error().fact("key"), "K");
  EXPECT_EQ(back.error().written(), Written::kNo);
}

class SocketTest : public SapTest {
 public:
  ~SocketTest() override {
    session_.reset();
    host_.reset();
  }

 protected:
  SocketTest() { serve(); }
  void serve() {
    auto host = SapHost::start(*system_, clock_, socket());
    ASSERT_TRUE(host) << host.error().explain();
    host_ = std::move(*host);
    session_ = remote();
  }
  std::filesystem::path socket() const { return directory_ / "sap"; }
  std::unique_ptr<abap::Session> remote() {
    auto session = SocketChannel(socket()).open();
    EXPECT_TRUE(session) << session.error().explain();
    return session ? std::move(*session) : nullptr;
  }
  // Waits until the host noticed that clients went.
  bool sessions_become(std::size_t count) {
    for (int i = 0; i < 500 && system_->open_sessions() != count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return system_->open_sessions() == count;
  }
  std::unique_ptr<SapHost> host_;
};

TEST_F(SocketTest, posting_works_as_in_the_process) {
  post_and_commit(simple_document());
  EXPECT_EQ(documents(), 1U);
  EXPECT_EQ(session_->attributes().system_id, "MLS");
  EXPECT_EQ(session_->attributes().user, "CONNECTOR");
}

TEST_F(SocketTest, killed_client_takes_its_session_and_documents_with_it) {
  session_.reset();
  ASSERT_TRUE(sessions_become(0));
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const auto child = ::fork();
  if (child == 0) {
    const auto session = SocketChannel(socket()).open();
    const bool posted =
        session && (*session)->call("BAPI_ACC_DOCUMENT_POST", simple_document()).has_value();
    const char word = posted ? 'y' : 'n';
    (void)!::write(ready[1], &word, 1);
    for (;;) ::pause();
  }
  char word = ' ';
  ASSERT_EQ(::read(ready[0], &word, 1), 1);
  EXPECT_EQ(word, 'y');
  EXPECT_EQ(system_->open_sessions(), 1U);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
  EXPECT_TRUE(sessions_become(0));
  session_ = remote();
  EXPECT_THAT(commit(), IsEmpty());
  EXPECT_EQ(documents(), 0U);
  EXPECT_EQ(post(simple_document()), "200000000110002026") << "the number is lost";
}

TEST_F(SocketTest, dropped_connection_is_perhaps_written) {
  faults_.add({"commit", 1, "drop_after", {}});
  post(simple_document());
  const auto answer = session_->call("BAPI_TRANSACTION_COMMIT", {{"WAIT", "X"}});
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(abap::kCommunicationFailure));
  EXPECT_EQ(answer.error().written(), Written::kPerhaps);
  EXPECT_FALSE(session_->is_open());
  session_ = remote();
  EXPECT_EQ(documents(), 1U);
}

TEST_F(SocketTest, host_that_ends_breaks_its_sessions_and_books_stay) {
  post_and_commit(simple_document());
  host_.reset();
  const auto answer = session_->call("RFC_PING", {});
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is(abap::kCommunicationFailure));
  const auto refused = SocketChannel(socket(), {}, "MLS").open();
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(kUnreachable));
  EXPECT_EQ(refused.error().fact("system"), "MLS/100");
  EXPECT_EQ(refused.error().fact("socket"), socket().string());
  EXPECT_EQ(refused.error().written(), Written::kNo);
  start();
  serve();
  EXPECT_EQ(documents(), 1U);
}

TEST_F(SocketTest, aborted_from_another_thread_the_session_is_closed) {
  std::thread([this] { session_->abort(); }).join();
  EXPECT_FALSE(session_->is_open());
  EXPECT_TRUE(session_->call("RFC_PING", {}).error().is(abap::kSessionClosed));
}

TEST_F(SocketTest, second_host_on_the_same_socket_is_refused) {
  const auto second = SapHost::start(*system_, clock_, socket());
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is(kSocketUnusable));
  const auto wrong = SocketChannel(socket(), {"CONNECTOR", Secret("x"), "100"}).open();
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().is(abap::kLogonFailed));
}

TEST_F(SocketTest, hands_work_on_the_books_of_a_running_system) {
  const auto key = post_and_commit(simple_document());
  std::ostringstream out;
  const auto act = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"hand", "--books", directory_.string()});
    const auto options = read_options(words);
    EXPECT_TRUE(options);
    return options ? move_by_command(*options, clock_.now(), out) : failure(options.error());
  };
  EXPECT_TRUE(act({"reverse", key.bukrs, key.belnr, key.gjahr}));
  const auto again = act({"reverse", key.bukrs, key.belnr, key.gjahr});
  ASSERT_FALSE(again);
  EXPECT_TRUE(again.error().is(kRefused));
  EXPECT_EQ(documents(), 2U) << "document and reversal, seen by the running system";
  EXPECT_TRUE(act({"list"}));
  EXPECT_THAT(out.str(), HasSubstr("2000000000 2026"));
  EXPECT_TRUE(act({"key", "1000", "FOREIGN", "20261101", "0000140100", "0000400000", "500"}));
  EXPECT_EQ(documents("FOREIGN"), 1U);
  EXPECT_TRUE(act({"close-period", "1000", "+", "2026", "011"}));
  EXPECT_THAT(messages(call("BAPI_ACC_DOCUMENT_CHECK", simple_document())),
              ElementsAre("E RW 609", "E F5 201"));
  EXPECT_TRUE(act({"open-period", "1000", "+", "2026", "001", "2026", "012"}));
  EXPECT_TRUE(act({"snapshot", "now"}));
  post_and_commit(simple_document("LATER"));
  EXPECT_TRUE(act({"restore", "now"}));
  EXPECT_EQ(documents("LATER"), 0U);
  EXPECT_FALSE(act({"restore", "never"}));
}

TEST(CommandLine, hand_on_a_missing_system_is_refused) {
  const auto options = read_options({"hand", "--books", "no-such-directory", "list"});
  ASSERT_TRUE(options);
  std::ostringstream out;
  const auto status = move_by_command(*options, Instant{}, out);
  ASSERT_FALSE(status);
  EXPECT_TRUE(status.error().is(kBooksUnusable));
  EXPECT_FALSE(std::filesystem::exists("no-such-directory"));
}

TEST(CommandLine, words_that_make_no_sense_are_refused) {
  using Words = std::vector<std::string>;
  for (const auto& words :
       {Words{}, Words{"--books"}, Words{"--books", "x"}, Words{"serve"},
        Words{"--books", "x", "--socket", "y", "--landscape", "other"},
        Words{"hand", "--books", "x"}, Words{"hand", "--books", "x", "dance"},
        Words{"hand", "--books", "x", "reverse", "1000"}, Words{"hand", "list"}}) {
    const auto options = read_options(words);
    ASSERT_FALSE(options);
    EXPECT_TRUE(options.error().is(kUsage));
  }
  EXPECT_TRUE(read_options({"--help"}));
  EXPECT_TRUE(read_options({"--books", "x", "--socket", "y", "--landscape", "sample"}));
}

}  // namespace
}  // namespace mlc::simulators::sap
