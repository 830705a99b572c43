// Two hubs before one SAP simulator, under each strength of the fence inside SAP.
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <sstream>

#include "sap/posting_protocol.h"
#include "sap/testing/sample.h"
#include "simulators/sap/simulated_channel.h"

namespace mlc::sap {
namespace {

namespace simulator = simulators::sap;
using ports::Outcome;
using simulators::FaultPlan;

constexpr auto kStart = std::chrono::sys_days{std::chrono::year(2026) / 11 / 5};
constexpr const char* kLock = "Z_MLC_LOCK_POSTING";
constexpr const char* kKeys = "Z_MLC_RESERVE_KEYS";
constexpr const char* kPost = "BAPI_ACC_DOCUMENT_POST";

// The holder says yes, and then the process is paused while others go on.
class PausedHolder final : public ports::HolderCheck {
 public:
  [[nodiscard]] Status may_write(const ports::Fence& /*fence*/, Instant /*deadline*/) override {
    if (++asked_ != pause_after) return {};
    if (meanwhile) meanwhile();
    return {};
  }
  int pause_after = 0;  // which question, from 1; 0 never
  std::function<void()> meanwhile;

 private:
  int asked_ = 0;
};

// One hub's side of SAP.
struct Hub {
  Hub(simulator::SapSystem& system, runtime::ManualClock& clock, const Settings& settings)
      : channel(system, clock), protocol(channel, journal, holder, clock, settings) {}
  simulator::SimulatedChannel channel;
  testing::MemoryJournal journal;
  PausedHolder holder;
  PostingProtocol protocol;
};

class FenceTest : public ::testing::Test {
 public:
  ~FenceTest() override {
    first_.reset();
    second_.reset();
    system_.reset();
    std::filesystem::remove_all(directory_);
  }

 protected:
  FenceTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "mlc-fence-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    simulator::SystemSettings settings;
    settings.books = directory_;
    settings.durable = false;
    system_ = std::move(
        simulator::SapSystem::open(settings, simulator::sample_landscape(), &faults_).value());
  }

  // Both hubs use the strength, and the site has what it needs.
  void use(FenceStrength strength) {
    Settings settings;
    settings.fence.strength = strength;
    first_ = std::make_unique<Hub>(*system_, clock_, settings);
    second_ = std::make_unique<Hub>(*system_, clock_, settings);
    hands([](simulator::Hands& hand) {
      EXPECT_TRUE(hand.install_function(kLock, kLock));
      EXPECT_TRUE(hand.install_function(kKeys, kKeys));
    });
  }
  void plan(std::string where, std::string kind, std::string seconds = "0", std::uint64_t nth = 1) {
    faults_.add({std::move(where), nth, std::move(kind), {{"seconds", std::move(seconds)}}});
  }
  template <class Work>
  void hands(Work work) {
    system_->by_hand(clock_.now(), work);
  }
  void wait(Duration duration) {
    clock_.advance(duration);
    system_->tick(clock_.now());
  }
  ports::PostResult post(Hub& hub) { return hub.protocol.post(unit_); }
  int live(const std::string& prefix = "20612345671") {
    int count = 0;
    hands([&](simulator::Hands& hand) {
      std::istringstream lines(hand.list());
      for (std::string line; std::getline(lines, line);) {
        const bool ours = line.compare(38, prefix.size(), prefix) == 0;
        const bool posted = line.substr(55, 16).find_first_not_of(' ') == std::string::npos;
        count += ours && posted ? 1 : 0;
      }
    });
    return count;
  }
  // What the second hub is told while the first is paused at its holder's nth answer.
  ports::PostResult post_while_paused(int question, ports::PostResult& paused) {
    ports::PostResult other;
    first_->holder.pause_after = question;
    first_->holder.meanwhile = [&] { other = post(*second_); };
    paused = post(*first_);
    return other;
  }
  void expect_both_know_it() {
    EXPECT_EQ(post(*first_).outcome, Outcome::kAlreadyPosted);
    EXPECT_EQ(post(*second_).outcome, Outcome::kAlreadyPosted);
    EXPECT_EQ(live(), 2);
  }
  static std::string id_of(const std::optional<Error>& error) {
    return error ? std::string(error->id()) : "";
  }

  std::filesystem::path directory_;
  FaultPlan faults_;
  runtime::ManualClock clock_{kStart};
  std::unique_ptr<simulator::SapSystem> system_;
  std::unique_ptr<Hub> first_;
  std::unique_ptr<Hub> second_;
  ports::PostUnit unit_ = testing::post_unit(testing::manifest());
};

// A process that was paused right after its holder said yes: before the first POST, before the
// second, before COMMIT.
TEST_F(FenceTest, none_lets_a_paused_hub_post_twice_and_read_back_finds_it) {
  use(FenceStrength::kNone);
  ports::PostResult paused;
  EXPECT_EQ(post_while_paused(3, paused).outcome, Outcome::kPosted);
  EXPECT_EQ(paused.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(paused.error), "sap.duplicate_found");
  EXPECT_EQ(live(), 4);
  hands([](simulator::Hands& hand) {
    for (const char* reference : {"20612345671-01A", "20612345671-02A"}) {
      const auto key = hand.find_by_reference("1000", reference);
      ASSERT_TRUE(key);
      EXPECT_TRUE(hand.reverse(*key).empty());
    }
  });
  expect_both_know_it();
}

TEST_F(FenceTest, session_lock_keeps_a_second_hub_out_while_the_first_is_paused) {
  for (const int question : {1, 2, 3}) {
    SCOPED_TRACE(question);
    use(FenceStrength::kSessionLock);
    unit_ = testing::post_unit(testing::manifest(2, static_cast<char>('A' + question - 1)));
    ports::PostResult paused;
    const auto other = post_while_paused(question, paused);
    EXPECT_EQ(other.outcome, Outcome::kDeferred);
    EXPECT_EQ(id_of(other.error), "sap.posting_held");
    EXPECT_EQ(other.error->written(), Written::kNo);
    EXPECT_EQ(paused.outcome, Outcome::kPosted);
    expect_both_know_it();
    ports::ReverseUnit reverse{UnitId("r"),
                               unit_.expected,
                               paused.parts,
                               "01",
                               Date{std::chrono::year(2026) / 10 / 31},
                               {},
                               {}};
    EXPECT_EQ(second_->protocol.reverse(reverse).outcome, Outcome::kPosted);
    EXPECT_EQ(live(), 0);
  }
}

TEST_F(FenceTest, z_wrapper_keeps_a_second_hub_from_keys_that_are_on_their_way) {
  for (const int question : {1, 2, 3}) {
    SCOPED_TRACE(question);
    use(FenceStrength::kZWrapper);
    unit_ = testing::post_unit(testing::manifest(2, static_cast<char>('A' + question - 1)));
    ports::PostResult paused;
    const auto other = post_while_paused(question, paused);
    EXPECT_EQ(other.outcome, Outcome::kDeferred);
    EXPECT_EQ(id_of(other.error), "sap.key_in_use");
    EXPECT_EQ(other.error->written(), Written::kNo);
    EXPECT_EQ(paused.outcome, Outcome::kPosted);
    expect_both_know_it();
    ports::ReverseUnit reverse{UnitId("r"),
                               unit_.expected,
                               paused.parts,
                               "01",
                               Date{std::chrono::year(2026) / 10 / 31},
                               {},
                               {}};
    EXPECT_EQ(second_->protocol.reverse(reverse).outcome, Outcome::kPosted);
    EXPECT_EQ(live(), 0);
  }
}

// Paused between its look-up and its keys: the first CHECK is where the second hub overtakes.
TEST_F(FenceTest, z_wrapper_overtaken_after_the_look_up_finds_what_the_other_posted) {
  use(FenceStrength::kZWrapper);
  first_->journal.before_record = [this](ports::JournalStep step) {
    if (step == ports::JournalStep::kChecked) {
      EXPECT_EQ(post(*second_).outcome, Outcome::kPosted);
    }
  };
  const auto overtaken = post(*first_);
  EXPECT_EQ(overtaken.outcome, Outcome::kAlreadyPosted);
  EXPECT_EQ(overtaken.parts.size(), 2U);
  EXPECT_FALSE(first_->journal.has(ports::JournalStep::kPostSent));
  first_->journal.before_record = nullptr;
  expect_both_know_it();
}

TEST_F(FenceTest, a_session_that_commits_after_its_client_died_keeps_successors_out) {
  for (const auto strength : {FenceStrength::kSessionLock, FenceStrength::kZWrapper}) {
    SCOPED_TRACE(strength == FenceStrength::kSessionLock ? "session_lock" : "z_wrapper");
    const char revision = strength == FenceStrength::kSessionLock ? 'A' : 'B';
    use(strength);
    unit_ = testing::post_unit(testing::manifest(2, revision));
    plan("commit", "execute_late", "600");
    EXPECT_EQ(post(*first_).outcome, Outcome::kInDoubt);
    wait(std::chrono::seconds(599));
    EXPECT_EQ(post(*second_).outcome, Outcome::kDeferred);
    EXPECT_EQ(live(), 0);
    wait(std::chrono::seconds(1));
    const auto posted = post(*second_);
    EXPECT_EQ(posted.outcome, Outcome::kAlreadyPosted);
    expect_both_know_it();
    ports::ReverseUnit reverse{UnitId("r"),
                               unit_.expected,
                               posted.parts,
                               "01",
                               Date{std::chrono::year(2026) / 10 / 31},
                               {},
                               {}};
    EXPECT_EQ(second_->protocol.reverse(reverse).outcome, Outcome::kPosted);
  }
}

TEST_F(FenceTest, a_dead_client_that_never_committed_is_waited_for_and_then_posted) {
  for (const auto strength : {FenceStrength::kSessionLock, FenceStrength::kZWrapper}) {
    SCOPED_TRACE(strength == FenceStrength::kSessionLock ? "session_lock" : "z_wrapper");
    const char revision = strength == FenceStrength::kSessionLock ? 'A' : 'B';
    use(strength);
    unit_ = testing::post_unit(testing::manifest(2, revision));
    plan(kPost, "linger", "600", 2);
    EXPECT_EQ(post(*first_).outcome, Outcome::kInDoubt);
    EXPECT_EQ(post(*second_).outcome, Outcome::kDeferred);
    wait(std::chrono::seconds(600));
    const auto posted = post(*second_);
    EXPECT_EQ(posted.outcome, Outcome::kPosted) << id_of(posted.error);
    expect_both_know_it();
    ports::ReverseUnit reverse{UnitId("r"),
                               unit_.expected,
                               posted.parts,
                               "01",
                               Date{std::chrono::year(2026) / 10 / 31},
                               {},
                               {}};
    EXPECT_EQ(second_->protocol.reverse(reverse).outcome, Outcome::kPosted);
  }
}

TEST_F(FenceTest, session_lock_posts_nothing_while_an_update_of_ours_may_still_come) {
  use(FenceStrength::kSessionLock);
  plan("commit", "update_stopped");
  EXPECT_EQ(post(*first_).outcome, Outcome::kInDoubt);
  const auto other = post(*second_);
  EXPECT_EQ(other.outcome, Outcome::kDeferred);
  EXPECT_EQ(id_of(other.error), "sap.updates_pending");
  EXPECT_EQ(id_of(second_->protocol.check(unit_).error), "sap.updates_pending");
  hands([](simulator::Hands& hand) { EXPECT_EQ(hand.repeat_stopped_updates(), 1); });
  expect_both_know_it();
}

TEST_F(FenceTest, z_wrapper_refuses_a_stopped_update_that_comes_too_late) {
  use(FenceStrength::kZWrapper);
  plan("commit", "update_stopped");
  EXPECT_EQ(post(*first_).outcome, Outcome::kInDoubt);
  EXPECT_EQ(post(*second_).outcome, Outcome::kPosted) << "the stopped update wrote no key";
  hands([](simulator::Hands& hand) { EXPECT_EQ(hand.repeat_stopped_updates(), 0); });
  expect_both_know_it();
  hands([](simulator::Hands& hand) { hand.delete_stopped_updates(); });
  expect_both_know_it();
}

TEST_F(FenceTest, z_wrapper_repeats_a_stopped_update_with_its_keys) {
  use(FenceStrength::kZWrapper);
  plan("commit", "commit_fails");
  EXPECT_EQ(post(*first_).outcome, Outcome::kInDoubt);
  hands([](simulator::Hands& hand) { EXPECT_EQ(hand.repeat_stopped_updates(), 1); });
  expect_both_know_it();
}

// An exit changed the references: no look-up finds the documents, but their keys are taken.
TEST_F(FenceTest, a_key_whose_document_cannot_be_found_is_named_and_freed_by_a_person) {
  use(FenceStrength::kZWrapper);
  for (const std::uint64_t nth : {1U, 2U}) {
    faults_.add({kPost, nth, "substitute", {{"field", "XBLNR"}, {"value", "AMAZON"}}});
  }
  EXPECT_EQ(id_of(post(*first_).error), "sap.carrier_overwritten");
  const auto result = post(*second_);
  EXPECT_EQ(result.outcome, Outcome::kRejected);
  ASSERT_EQ(id_of(result.error), "sap.key_without_document");
  EXPECT_EQ(result.error->written(), Written::kNo);
  EXPECT_EQ(result.error->fact("keys"), "20612345671-01A,20612345671-02A");
  EXPECT_EQ(live(), 0);
  EXPECT_EQ(live("AMAZON"), 2);
  hands([](simulator::Hands& hand) {
    hand.delete_key("1000", "20612345671-01A");
    hand.delete_key("1000", "20612345671-02A");
  });
  EXPECT_EQ(post(*second_).outcome, Outcome::kPosted);
  expect_both_know_it();
}

TEST_F(FenceTest, a_module_that_is_not_there_is_named_at_check_and_at_post_and_nothing_is_posted) {
  for (const auto strength : {FenceStrength::kSessionLock, FenceStrength::kZWrapper}) {
    const std::string name = strength == FenceStrength::kSessionLock ? kLock : kKeys;
    SCOPED_TRACE(name);
    use(strength);
    hands([&](simulator::Hands& hand) { hand.remove_function(name); });
    const auto check = first_->protocol.check(unit_);
    EXPECT_EQ(check.outcome, Outcome::kDeferred);
    EXPECT_EQ(id_of(check.error), "sap.fence_missing");
    EXPECT_EQ(check.error->fact("function"), name);
    const auto result = post(*first_);
    EXPECT_EQ(result.outcome, Outcome::kDeferred);
    EXPECT_EQ(id_of(result.error), "sap.fence_missing");
    EXPECT_EQ(result.error->written(), Written::kNo);
    EXPECT_EQ(live(), 0);
  }
  use(FenceStrength::kZWrapper);
  EXPECT_EQ(first_->protocol.check(unit_).outcome, Outcome::kPosted);
  EXPECT_EQ(post(*first_).outcome, Outcome::kPosted);
  EXPECT_EQ(live(), 2);
}

TEST_F(FenceTest, a_module_with_another_contract_is_refused_as_such) {
  use(FenceStrength::kSessionLock);
  hands([](simulator::Hands& hand) { EXPECT_TRUE(hand.install_function(kLock, kKeys)); });
  const auto swapped = post(*first_);
  EXPECT_EQ(swapped.outcome, Outcome::kDeferred);
  EXPECT_EQ(id_of(swapped.error), "sap.fence_wrong");
  EXPECT_EQ(live(), 0);
  hands([](simulator::Hands& hand) { EXPECT_TRUE(hand.install_function(kLock, kLock)); });
  EXPECT_EQ(post(*first_).outcome, Outcome::kPosted);
}

TEST_F(FenceTest, a_reversal_waits_for_whoever_holds_posting) {
  use(FenceStrength::kSessionLock);
  const auto posted = post(*first_);
  const auto session = first_->channel.open().value();
  EXPECT_TRUE(session->call(kLock, {{"I_BUKRS", "1000"}, {"I_NAME", "ML-CONNECTOR"}}));
  ports::ReverseUnit unit{
      UnitId("r"), unit_.expected, posted.parts, "01", Date{std::chrono::year(2026) / 10 / 31}, {},
      {}};
  const auto waits = second_->protocol.reverse(unit);
  EXPECT_EQ(waits.outcome, Outcome::kDeferred);
  EXPECT_EQ(id_of(waits.error), "sap.posting_held");
  EXPECT_EQ(live(), 2);
  session->abort();
  EXPECT_EQ(second_->protocol.reverse(unit).outcome, Outcome::kPosted);
  EXPECT_EQ(live(), 0);
}

TEST_F(FenceTest, system_restored_to_yesterday_takes_its_keys_with_it) {
  use(FenceStrength::kZWrapper);
  hands([](simulator::Hands& hand) { hand.snapshot("yesterday"); });
  ASSERT_EQ(post(*first_).outcome, Outcome::kPosted);
  hands([](simulator::Hands& hand) { EXPECT_TRUE(hand.restore("yesterday")); });
  EXPECT_EQ(live(), 0);
  EXPECT_EQ(post(*second_).outcome, Outcome::kPosted);
  expect_both_know_it();
}

// Every call of the protocol, the fence's own included, loses its answer or never arrives.
TEST_F(FenceTest, answer_lost_at_every_call_ends_with_each_part_once) {
  int settlement = 100;
  for (const auto strength : {FenceStrength::kSessionLock, FenceStrength::kZWrapper}) {
    use(strength);
    const char* own = strength == FenceStrength::kSessionLock ? kLock : kKeys;
    const std::vector<std::pair<std::string, int>> places{
        {own, 1}, {"RFC_READ_TABLE", 6}, {kPost, 2}, {"commit", 1}};
    for (const auto& [where, visits] : places) {
      for (int nth = 1; nth <= visits; ++nth) {
        for (const char* kind : {"drop_before", "drop_after", "timeout", "runtime_failure"}) {
          SCOPED_TRACE(where + " " + std::to_string(nth) + " " + kind);
          const std::string id = std::to_string(++settlement) + "000";
          auto manifest = testing::manifest();
          manifest.settlement = SettlementId(id);
          manifest.stem = id + "-";
          for (auto& document : manifest.documents) document.key.stem = manifest.stem;
          unit_.manifest = testing::with_hash(std::move(manifest));
          plan(where, kind, "0", static_cast<std::uint64_t>(nth));
          const auto broken = post(*first_);
          EXPECT_TRUE(faults_.all_used());
          EXPECT_TRUE(broken.outcome == Outcome::kInDoubt || broken.outcome == Outcome::kDeferred);
          if (broken.outcome == Outcome::kDeferred) {
            EXPECT_EQ(live(id), 0);
          }
          const auto next = post(*second_);
          EXPECT_TRUE(next.outcome == Outcome::kPosted || next.outcome == Outcome::kAlreadyPosted)
              << id_of(next.error);
          EXPECT_EQ(live(id), 2);
        }
      }
    }
  }
}

}  // namespace
}  // namespace mlc::sap
