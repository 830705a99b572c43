// The posting protocol against the SAP simulator: what people, Basis and broken lines do to it.
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

#include "ledger/absence.h"
#include "ledger/numbered_documents.h"
#include "sap/posting_protocol.h"
#include "sap/testing/sample.h"
#include "simulators/sap/simulated_channel.h"

namespace mlc::sap {
namespace {

namespace simulator = simulators::sap;
using ports::Outcome;
using simulators::FaultOrder;
using simulators::FaultPlan;

constexpr auto kStart = std::chrono::sys_days{std::chrono::year(2026) / 11 / 5};

class SimulatorTest : public ::testing::Test {
 public:
  ~SimulatorTest() override {
    protocol_.reset();
    channel_.reset();
    system_.reset();
    std::filesystem::remove_all(directory_);
  }

 protected:
  SimulatorTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "mlc-sap-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    simulator::SystemSettings settings;
    settings.books = directory_;
    settings.durable = false;
    system_ = std::move(
        simulator::SapSystem::open(settings, simulator::sample_landscape(), &faults_).value());
    channel_ = std::make_unique<simulator::SimulatedChannel>(*system_, clock_);
    restart();
  }

  void restart(Settings settings = {}) {
    protocol_ = std::make_unique<PostingProtocol>(*channel_, journal_, holder_, clock_, settings);
  }
  void plan(std::string where, std::string kind,
            std::map<std::string, std::string, std::less<>> parameters = {},
            std::uint64_t nth = 1) {
    faults_.add({std::move(where), nth, std::move(kind), std::move(parameters)});
  }
  template <class Work>
  void hands(Work work) {
    system_->by_hand(clock_.now(), work);
  }
  void wait(Duration duration) {
    clock_.advance(duration);
    system_->tick(clock_.now());
  }
  ports::PostResult post() { return protocol_->post(unit_); }
  // Live documents (posted, not reversed) of a reference prefix, from the simulator's own list.
  int live(const std::string& prefix = "20612345671") {
    std::string list;
    hands([&](simulator::Hands& hand) { list = hand.list(); });
    int count = 0;
    std::istringstream lines(list);
    for (std::string line; std::getline(lines, line);) {
      const bool ours = line.compare(38, prefix.size(), prefix) == 0;
      const bool posted = line.substr(55, 16).find_first_not_of(' ') == std::string::npos;
      count += ours && posted ? 1 : 0;
    }
    return count;
  }
  simulator::BookKey key_of(const std::string& reference) {
    std::optional<simulator::BookKey> key;
    hands([&](simulator::Hands& hand) { key = hand.find_by_reference("1000", reference); });
    EXPECT_TRUE(key) << reference;
    return key.value_or(simulator::BookKey{});
  }
  ports::LookUpResult look_up() {
    ports::LookUpUnit unit{unit_.expected, unit_.manifest.stem, unit_.company_codes, unit_.control,
                           true};
    auto result = protocol_->look_up(unit);
    EXPECT_TRUE(result) << result.error().explain();
    return result ? *result : ports::LookUpResult{};
  }
  ledger::AbsenceLook look() {
    const auto found = look_up();
    return {clock_.now(),
            found.identity == unit_.expected,
            found.documents.empty(),
            found.control == ports::ControlFinding::kFound,
            found.control == ports::ControlFinding::kMissing,
            !found.update_records.empty()};
  }
  // A posted document of another settlement, so that there is a control to be found.
  void post_control() {
    auto other = testing::manifest(1);
    other.settlement = SettlementId("777");
    other.stem = "777-";
    other.documents[0].key.stem = "777-";
    const auto result = protocol_->post(testing::post_unit(testing::with_hash(std::move(other))));
    ASSERT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
    unit_.control = ports::PositiveControl{result.parts[0].number, "777-01A"};
  }
  static std::string explain(const std::optional<Error>& error) {
    return error ? error->explain() : "";
  }
  static std::string id_of(const std::optional<Error>& error) {
    return error ? std::string(error->id()) : "";
  }

  std::filesystem::path directory_;
  FaultPlan faults_;
  runtime::ManualClock clock_{kStart};
  testing::MemoryJournal journal_;
  testing::CountingHolder holder_;
  std::unique_ptr<simulator::SapSystem> system_;
  std::unique_ptr<simulator::SimulatedChannel> channel_;
  std::unique_ptr<PostingProtocol> protocol_;
  ports::PostUnit unit_ = testing::post_unit(testing::manifest());
};

TEST_F(SimulatorTest, posted_once_then_already_posted) {
  const auto first = post();
  EXPECT_EQ(first.outcome, Outcome::kPosted) << explain(first.error);
  EXPECT_EQ(first.parts.size(), 2U);
  const auto second = post();
  EXPECT_EQ(second.outcome, Outcome::kAlreadyPosted) << explain(second.error);
  EXPECT_EQ(second.parts[0].number, first.parts[0].number);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, answer_lost_at_every_call_ends_with_each_part_once) {
  // In the order of the protocol; all tables are read by the same function.
  const std::vector<std::pair<std::string, int>> places{{"RFC_READ_TABLE", 17},
                                                        {"BAPI_ACC_DOCUMENT_CHECK", 2},
                                                        {"BAPI_ACC_DOCUMENT_POST", 2},
                                                        {"commit", 1}};
  int part = 100;
  for (const auto& [where, visits] : places) {
    for (int nth = 1; nth <= visits; ++nth) {
      for (const char* kind : {"drop_before", "drop_after", "timeout"}) {
        SCOPED_TRACE(where + " " + std::to_string(nth) + " " + kind);
        const std::string id = std::to_string(++part) + "000";
        auto manifest = testing::manifest();
        manifest.settlement = SettlementId(id);
        manifest.stem = id + "-";
        for (auto& document : manifest.documents) document.key.stem = manifest.stem;
        unit_.manifest = testing::with_hash(std::move(manifest));
        plan(where, kind, {}, static_cast<std::uint64_t>(nth));
        const auto broken = post();
        EXPECT_TRUE(broken.outcome == Outcome::kInDoubt || broken.outcome == Outcome::kDeferred);
        EXPECT_TRUE(faults_.all_used());
        if (broken.outcome == Outcome::kDeferred) {
          EXPECT_EQ(live(id), 0);
        }
        wait(std::chrono::minutes(5));
        const auto next = post();
        EXPECT_TRUE(next.outcome == Outcome::kPosted || next.outcome == Outcome::kAlreadyPosted)
            << explain(next.error);
        EXPECT_EQ(live(id), 2);
      }
    }
  }
}

TEST_F(SimulatorTest, session_that_commits_after_the_client_died_is_never_posted_over) {
  post_control();
  plan("commit", "execute_late", {{"seconds", "600"}});
  const Instant sent = clock_.now();
  EXPECT_EQ(post().outcome, Outcome::kInDoubt);
  std::vector<ledger::AbsenceLook> looks{look()};
  wait(std::chrono::minutes(5));
  looks.push_back(look());
  const ledger::AbsenceLimits limits{sent, std::chrono::hours(1), std::chrono::minutes(2)};
  EXPECT_EQ(ledger::prove_absence(looks, limits).absence, ledger::Absence::kNotYet);
  wait(std::chrono::minutes(10));
  EXPECT_EQ(look_up().documents.size(), 2U);
  EXPECT_EQ(post().outcome, Outcome::kAlreadyPosted);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, lost_before_the_commit_is_proved_absent_after_the_longest_run) {
  post_control();
  plan("commit", "drop_before");
  const Instant sent = clock_.now();
  EXPECT_EQ(post().outcome, Outcome::kInDoubt);
  const ledger::AbsenceLimits limits{sent, look_up().longest_run, std::chrono::minutes(2)};
  std::vector<ledger::AbsenceLook> looks{look()};
  wait(std::chrono::minutes(63));
  looks.push_back(look());
  EXPECT_EQ(ledger::prove_absence(looks, limits).absence, ledger::Absence::kProved);
  EXPECT_EQ(post().outcome, Outcome::kPosted);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, stopped_update_shows_as_update_record_until_it_is_repeated) {
  post_control();
  plan("commit", "update_stopped", {{"seconds", "0"}});
  const Instant sent = clock_.now();
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kInDoubt);
  EXPECT_EQ(id_of(result.error), "sap.not_visible_yet");
  std::vector<ledger::AbsenceLook> looks{look()};
  wait(std::chrono::hours(12));
  looks.push_back(look());
  const ledger::AbsenceLimits limits{sent, std::chrono::hours(1), std::chrono::minutes(2)};
  EXPECT_NE(ledger::prove_absence(looks, limits).absence, ledger::Absence::kProved);
  hands([](simulator::Hands& hand) { EXPECT_GE(hand.repeat_stopped_updates(), 1); });
  EXPECT_EQ(post().outcome, Outcome::kAlreadyPosted);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, commit_that_fails_is_in_doubt_not_rejected) {
  plan("commit", "commit_fails", {{"seconds", "0"}});
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kInDoubt);
  EXPECT_EQ(id_of(result.error), "sap.commit_failed");
  hands([](simulator::Hands& hand) { EXPECT_GE(hand.repeat_stopped_updates(), 1); });
  EXPECT_EQ(post().outcome, Outcome::kAlreadyPosted);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, system_restored_to_yesterday_stops_instead_of_posting_again) {
  hands([](simulator::Hands& hand) { hand.snapshot("yesterday"); });
  const auto posted = post();
  ASSERT_EQ(posted.outcome, Outcome::kPosted);
  unit_.control = ports::PositiveControl{posted.parts[0].number, "20612345671-01A"};
  EXPECT_EQ(post().outcome, Outcome::kAlreadyPosted);
  hands([](simulator::Hands& hand) { EXPECT_TRUE(hand.restore("yesterday")); });
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kRejected);
  EXPECT_EQ(id_of(result.error), "sap.control_missing");
  EXPECT_EQ(live(), 0);
}

TEST_F(SimulatorTest, revoked_read_right_stops_whether_it_is_said_or_silent) {
  post_control();
  hands([](simulator::Hands& hand) { hand.revoke_read("CONNECTOR", "BKPF", "denied"); });
  EXPECT_EQ(id_of(post().error), "sap.read_right_missing");
  hands([](simulator::Hands& hand) { hand.revoke_read("CONNECTOR", "BKPF", "empty"); });
  EXPECT_EQ(id_of(post().error), "sap.control_missing");
  EXPECT_EQ(live(), 0);
  hands([](simulator::Hands& hand) { hand.grant_read("CONNECTOR", "BKPF"); });
  EXPECT_EQ(post().outcome, Outcome::kPosted);
}

TEST_F(SimulatorTest, substitution_of_an_account_is_a_conflict_that_names_it) {
  plan("BAPI_ACC_DOCUMENT_POST", "substitute",
       {{"field", "HKONT"}, {"from", "0000476100"}, {"value", "0000476200"}});
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(result.error), "sap.differs_in_sap");
  EXPECT_EQ(result.error->written(), Written::kYes);
  const std::string text = result.error->text();
  for (const char* part : {"amount on account 0000476100 is 0.00, planned ", " (WRBTR); ",
                           "amount on account 0000476200 is "}) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }
  EXPECT_EQ(live(), 2);
  EXPECT_EQ(post().outcome, Outcome::kConflicts);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, substitution_of_a_soft_field_is_posted_and_reported) {
  plan("BAPI_ACC_DOCUMENT_POST", "substitute", {{"field", "ZUONR"}, {"value", "SORT KEY"}});
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
  ASSERT_FALSE(result.judgement.differences.empty());
  EXPECT_FALSE(result.judgement.differences[0].hard);
}

TEST_F(SimulatorTest, overwritten_reference_is_recognised_by_its_number) {
  plan("BAPI_ACC_DOCUMENT_POST", "substitute", {{"field", "XBLNR"}, {"value", "AMAZON"}});
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(result.error), "sap.carrier_overwritten");
}

TEST_F(SimulatorTest, overwritten_reference_whose_answer_was_lost_is_read_by_its_numbers) {
  plan("BAPI_ACC_DOCUMENT_POST", "substitute", {{"field", "XBLNR"}, {"value", "AMAZON"}}, 0);
  plan("commit", "drop_after");
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kInDoubt);
  ASSERT_EQ(result.parts.size(), 2U);
  ports::LookUpUnit unit{unit_.expected, unit_.manifest.stem, unit_.company_codes, {}, true};
  std::vector<ledger::SentDocument> sent;
  for (const auto& part : result.parts) {
    unit.numbers.push_back(part.number);
    sent.push_back({unit_.manifest.stem + part.part + 'A', part.number});
  }
  unit.numbers.push_back({"1000", "0100009999", "2026"});
  const auto found = protocol_->look_up(unit);
  ASSERT_TRUE(found) << found.error().explain();
  EXPECT_TRUE(found->documents.empty());
  ASSERT_EQ(found->by_number.size(), 2U);
  EXPECT_EQ(found->by_number[0].reference, "AMAZON");
  const auto judged =
      ledger::judge(unit_.manifest, found->documents, found->by_number, sent, found->user);
  EXPECT_EQ(judged.judgement.finding, ledger::Finding::kAlreadyPosted);
  EXPECT_EQ(judged.lost.size(), 2U);
}

TEST_F(SimulatorTest, number_given_a_second_time_after_a_restore_is_not_taken_for_ours) {
  hands([](simulator::Hands& hand) { hand.snapshot("yesterday"); });
  plan("commit", "drop_after");
  const auto lost = post();
  ASSERT_EQ(lost.outcome, Outcome::kInDoubt);
  hands([](simulator::Hands& hand) { EXPECT_TRUE(hand.restore("yesterday")); });
  post_control();
  ASSERT_EQ(unit_.control->number, lost.parts[0].number) << "the number is given again";
  ports::LookUpUnit unit{unit_.expected, unit_.manifest.stem, unit_.company_codes, {}, true};
  unit.numbers = {lost.parts[0].number};
  const auto found = protocol_->look_up(unit);
  ASSERT_EQ(found->by_number.size(), 1U);
  const auto judged = ledger::judge(unit_.manifest, {}, found->by_number,
                                    {{"20612345671-01A", lost.parts[0].number}}, found->user);
  EXPECT_EQ(judged.judgement.finding, ledger::Finding::kNothing);
  EXPECT_EQ(judged.taken.size(), 1U);
  EXPECT_EQ(post().outcome, Outcome::kPosted);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, parked_then_posted_with_changes_or_deleted_is_not_posted_again) {
  ASSERT_EQ(post().outcome, Outcome::kPosted);
  const auto first = key_of("20612345671-01A");
  const auto second = key_of("20612345671-02A");
  hands([&](simulator::Hands& hand) { EXPECT_TRUE(hand.park(first).empty()); });
  EXPECT_EQ(id_of(post().error), "sap.parked_by_hand");
  hands([&](simulator::Hands& hand) {
    (void)hand.post_parked(first, {"0000476100", "0000476200", "20261101"});
    EXPECT_TRUE(hand.park(second).empty());
    EXPECT_TRUE(hand.delete_parked(second).empty());
  });
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts) << ledger::to_word(result.judgement.finding);
  EXPECT_EQ(live(), 1);
}

TEST_F(SimulatorTest, parked_instead_of_posted_is_noticed_at_read_back) {
  plan("BAPI_ACC_DOCUMENT_POST", "park_instead");
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(result.error), "sap.parked_by_hand");
}

TEST_F(SimulatorTest, reversed_by_hand_is_reposted_under_the_next_letter_only) {
  ASSERT_EQ(post().outcome, Outcome::kPosted);
  const auto first = key_of("20612345671-01A");
  hands([&](simulator::Hands& hand) { EXPECT_TRUE(hand.reverse(first, "20261031").empty()); });
  EXPECT_EQ(post().outcome, Outcome::kPartlyReversed);
  unit_.complete = true;
  EXPECT_EQ(post().outcome, Outcome::kPartlyReversed);
  unit_.manifest = testing::manifest(2, 'B');
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
  EXPECT_EQ(live("20612345671-01B"), 1);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, reversal_of_all_parts_is_done_once) {
  const auto posted = post();
  ports::ReverseUnit unit{
      UnitId("r"), unit_.expected, posted.parts, "01", Date{std::chrono::year(2026) / 10 / 31}, {},
      {}};
  plan("commit", "drop_after");
  EXPECT_EQ(protocol_->reverse(unit).outcome, Outcome::kInDoubt);
  const auto result = protocol_->reverse(unit);
  EXPECT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
  EXPECT_EQ(result.reversals.size(), 2U);
  EXPECT_EQ(live(), 0);
  EXPECT_EQ(post().outcome, Outcome::kReversed);
}

TEST_F(SimulatorTest, enqueue_collision_waits_where_the_site_knows_its_message) {
  plan("BAPI_ACC_DOCUMENT_POST", "enqueue_collision", {{"user", "MILLER"}}, 2);
  const auto unknown = post();
  EXPECT_EQ(unknown.outcome, Outcome::kRejected);
  EXPECT_EQ(live(), 0);
  Settings settings;
  settings.site_messages = {{"MC", "601", Cause::kLocked}};
  restart(settings);
  plan("BAPI_ACC_DOCUMENT_POST", "enqueue_collision", {{"user", "MILLER"}}, 2);
  const auto known = post();
  EXPECT_EQ(known.outcome, Outcome::kDeferred);
  EXPECT_EQ(id_of(known.error), "sap.locked");
  EXPECT_EQ(live(), 0);
  EXPECT_EQ(post().outcome, Outcome::kPosted);
}

// Accounting case 16.
TEST_F(SimulatorTest, period_closed_for_vendors_then_co_locked_defers_the_whole_set) {
  Settings settings;
  settings.site_messages = {{"KI", "138", Cause::kControllingLocked}};
  restart(settings);
  auto manifest = testing::manifest();
  auto& line = manifest.documents[1].lines[0];
  line.kind = ledger::LineKind::kVendor;
  line.account = "0000300100";
  unit_.manifest = testing::with_hash(std::move(manifest));
  hands([](simulator::Hands& hand) { hand.close_period("1000", "K", "2026", "010"); });
  const auto closed = post();
  EXPECT_EQ(closed.outcome, Outcome::kDeferred) << explain(closed.error);
  EXPECT_EQ(id_of(closed.error), "sap.period_closed");
  EXPECT_EQ(live(), 0);
  hands([](simulator::Hands& hand) {
    hand.open_period("1000", "K", "2025", "001", "2027", "012");
    hand.lock_co("1000", "2026", "010");
  });
  const auto locked = post();
  EXPECT_EQ(locked.outcome, Outcome::kDeferred) << explain(locked.error);
  EXPECT_EQ(id_of(locked.error), "sap.controlling_locked");
  EXPECT_EQ(live(), 0);
  hands([](simulator::Hands& hand) { hand.unlock_co("1000", "2026", "010"); });
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
  EXPECT_EQ(live(), 2);
}

TEST_F(SimulatorTest, period_closed_between_check_and_post_rolls_the_set_back) {
  plan("BAPI_ACC_DOCUMENT_POST", "close_period",
       {{"bukrs", "1000"}, {"koart", "+"}, {"year", "2026"}, {"period", "010"}}, 2);
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kDeferred) << explain(result.error);
  EXPECT_EQ(live(), 0);
}

// Accounting case 17.
TEST_F(SimulatorTest, second_of_three_parts_rejected_leaves_none) {
  auto manifest = testing::manifest(3);
  manifest.documents[1].lines[1].account = "0000499998";
  unit_.manifest = testing::with_hash(std::move(manifest));
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kRejected);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->fact("document"), "20612345671-02A");
  EXPECT_EQ(result.error->fact("causes").find("RW 609"), std::string_view::npos);
  EXPECT_EQ(live(), 0);
}

// Accounting case 12.
TEST_F(SimulatorTest, yen_are_external_on_the_way_in_and_internal_on_the_way_back) {
  auto manifest = testing::manifest(1);
  auto& document = manifest.documents[0];
  document.currency = testing::currency("JPY");
  document.lines = {testing::line(1, "0000140100", "12345", "JPY"),
                    testing::line(2, "0000400000", "-12345", "JPY")};
  unit_.manifest = testing::with_hash(std::move(manifest));
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
  ASSERT_TRUE(result.judgement.parts[0].document);
  EXPECT_EQ(result.judgement.parts[0].document->lines[0].amount.decimal(), "12345");
}

// A sale in a currency that is not the company code's.
ledger::Manifest foreign(const char* currency, const char* company_code, char revision = 'A') {
  auto manifest = testing::manifest(1, revision);
  auto& document = manifest.documents[0];
  document.company_code = company_code;
  document.currency = testing::currency(currency);
  document.lines = {testing::line(1, "0000140100", "100.00", currency),
                    testing::line(2, "0000400000", "-100.00", currency)};
  return testing::with_hash(std::move(manifest));
}

// Without profit centres, which SAP derives from cost centres.
std::string words_of(const ledger::Judgement& judgement) {
  std::string out;
  for (const auto& one : judgement.differences) {
    if (one.field.starts_with("PRCTR")) continue;
    out += (out.empty() ? "" : "; ") + std::string(one.hard ? "hard " : "soft ") + one.field + " " +
           one.wanted + " is " + one.found;
  }
  return out;
}

struct ForeignCase {
  const char* what;
  const char* currency;
  const char* company_code;
  const char* local;  // of the receivable
};
TEST_F(SimulatorTest, foreign_documents_are_read_back_as_the_rate_table_predicts) {
  char revision = 'A';
  for (const ForeignCase& one :
       {ForeignCase{"dollars in a euro company code, indirect", "USD", "2000", "92.17"},
        ForeignCase{"direct, an older rate of the pair", "CAD", "1000", "72.00"},
        ForeignCase{"three decimals", "KWD", "1000", "325.00"}}) {
    unit_.manifest = foreign(one.currency, one.company_code, revision++);
    const auto result = post();
    EXPECT_EQ(result.outcome, Outcome::kPosted) << one.what << " " << explain(result.error);
    EXPECT_EQ(words_of(result.judgement), "") << one.what;
    const auto& document = result.judgement.parts.at(0).document;
    ASSERT_TRUE(document) << one.what;
    EXPECT_EQ(document->lines.at(0).local_amount.decimal(), one.local) << one.what;
    hands([&](simulator::Hands& hand) {
      hand.reverse({one.company_code, result.parts.at(0).number.number, "2026"});
    });
  }
}

TEST_F(SimulatorTest, rate_that_nobody_entered_defers_before_anything_is_sent) {
  unit_.manifest = foreign("EGP", "1000");
  EXPECT_EQ(id_of(protocol_->check(unit_).error), "sap.rate_missing");
  const auto waiting = post();
  EXPECT_EQ(waiting.outcome, Outcome::kDeferred);
  EXPECT_EQ(id_of(waiting.error), "sap.rate_missing");
  EXPECT_FALSE(journal_.has(ports::JournalStep::kPostSent));
  hands([](simulator::Hands& hand) { hand.set_rate({"M", "EGP", "USD"}, "20261031", 18000); });
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
  EXPECT_EQ(words_of(result.judgement), "");
}

TEST_F(SimulatorTest, rate_corrected_after_the_post_is_soft) {
  unit_.manifest = foreign("CAD", "1000");
  EXPECT_EQ(post().outcome, Outcome::kPosted);
  hands([](simulator::Hands& hand) { hand.set_rate({"M", "CAD", "USD"}, "20261001", 75000); });
  const auto again = post();
  EXPECT_EQ(again.outcome, Outcome::kAlreadyPosted);
  EXPECT_EQ(words_of(again.judgement), "soft KURSF 0.75000 is 0.72000");
}

// The rate is entered between our look at the table and SAP's post.
TEST_F(SimulatorTest, rate_changed_while_we_post_is_said_not_accepted) {
  unit_.manifest = foreign("CAD", "1000");
  plan("BAPI_ACC_DOCUMENT_POST", "set_rate",
       {{"from", "CAD"}, {"to", "USD"}, {"day", "20261001"}, {"rate", "75000"}});
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(words_of(result.judgement), "hard KURSF 0.72000 is 0.75000");
  EXPECT_EQ(post().outcome, Outcome::kAlreadyPosted) << "the table explains it";
}

TEST_F(SimulatorTest, local_amounts_changed_by_an_exit_are_hard_at_every_look) {
  unit_.manifest = foreign("CAD", "1000");
  plan("BAPI_ACC_DOCUMENT_POST", "change_local",
       {{"account", "0000140100"}, {"by", "500"}, {"against", "0000400000"}});
  const std::string expected =
      "hard DMBTR 0000140100 72.00 is 77.00; hard DMBTR 0000400000 -72.00 is -77.00";
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(result.error), "sap.differs_in_sap");
  EXPECT_EQ(words_of(result.judgement), expected);
  const auto again = post();
  EXPECT_EQ(again.outcome, Outcome::kConflicts);
  EXPECT_EQ(words_of(again.judgement), expected);
  EXPECT_EQ(live(), 1);
}

TEST_F(SimulatorTest, local_sum_changed_by_an_exit_is_hard) {
  plan("BAPI_ACC_DOCUMENT_POST", "change_local", {{"account", "0000140100"}, {"by", "1"}});
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(words_of(result.judgement),
            "hard DMBTR 0.00 is 0.01; hard DMBTR 0000140100 90.00 is 90.01");
}

TEST_F(SimulatorTest, tables_that_may_not_be_read_leave_the_documents_own_rate) {
  unit_.manifest = foreign("CAD", "1000");
  hands([](simulator::Hands& hand) {
    hand.revoke_read("CONNECTOR", "TCURV");
    hand.revoke_read("CONNECTOR", "BSET");
    hand.revoke_read("CONNECTOR", "T003");
  });
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kPosted) << explain(result.error);
  EXPECT_EQ(words_of(result.judgement),
            "soft UKURS a rate is none can be read; soft BSET tax lines is not readable");
}

TEST_F(SimulatorTest, tax_table_filled_by_an_exit_is_hard) {
  plan("BAPI_ACC_DOCUMENT_POST", "add_tax_line", {{"code", "O1"}, {"base", "10000"}});
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(words_of(result.judgement), "hard BSET O1  is base -100.00, tax 0.00");
}

TEST_F(SimulatorTest, settlement_keyed_by_hand_holds_the_first_post) {
  hands([](simulator::Hands& hand) {
    simulator::HandKeyed document;
    document.budat = "20261031";
    document.xblnr = "20612345671";
    document.debit = "0000113500";
    document.credit = "0000140100";
    document.amount = 9000;
    EXPECT_TRUE(hand.key_by_hand(document).empty());
  });
  const auto result = post();
  EXPECT_EQ(result.outcome, Outcome::kConflicts);
  EXPECT_EQ(id_of(result.error), "sap.foreign_reference");
}

}  // namespace
}  // namespace mlc::sap
