#include "daemon/init_state.h"

#include <filesystem>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "daemon/errors.h"
#include "store/files.h"

namespace mlc::daemon {
namespace {

const Instant kNow = *parse_instant("2026-11-27T09:00:00Z");

// The proposals, and what has none.
InitAnswers answers_for(const std::string& region) {
  InitAnswers out{{"region", region},
                  {"selling_account", "A1"},
                  {"client_id", "c"},
                  {"client_secret", "env:SECRET"},
                  {"refresh_token", "env:TOKEN"}};
  for (const auto& question : init_questions(kNow)) {
    if (!out.contains(question.key)) out[question.key] = question.proposal(out);
  }
  out["password"] = "env:PASSWORD";
  return out;
}

TEST(InitQuestions, ProposalsFollowTheRegionAndMakeAConfiguration) {
  const auto na = configuration_of(answers_for("na"));
  ASSERT_TRUE(na) << na.error().explain();
  EXPECT_EQ(na->connections[0].currencies, std::vector<std::string>{"USD"});
  EXPECT_EQ(na->connections[0].home_zone, "America/Los_Angeles");
  EXPECT_EQ(format_date(na->connections[0].cutover), "2026-11-01");
  EXPECT_EQ(na->connections[0].post, configuration::PostMode::kApprove);
  EXPECT_EQ(na->connections[0].first_control->reference, "OPENING");
  const auto eu = configuration_of(answers_for("eu"));
  ASSERT_TRUE(eu) << eu.error().explain();
  EXPECT_EQ(eu->connections[0].rules, std::vector<std::string>{"rules/de-sample.toml"});
}

TEST(InitQuestions, AnswersThatCannotBeUsedAreRefusedByName) {
  auto answers = answers_for("na");
  answers["cutover"] = "soon";
  EXPECT_EQ(configuration_of(answers).error().fact("key"), "cutover of connection 'us'");
  answers = answers_for("na");
  answers["client_secret"] = "typed here";
  EXPECT_EQ(configuration_of(answers).error().id(), "configuration.inline_secret");
  answers = answers_for("na");
  answers["currencies"] = " USD , CAD ";
  EXPECT_EQ(configuration_of(answers)->connections[0].currencies,
            (std::vector<std::string>{"USD", "CAD"}));
}

class MakeFirstState : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directory(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("mlc-init-" + to_hex(random_bytes(6)));
};

TEST_F(MakeFirstState, WritesEverythingOnceAndOverwritesNothing) {
  const auto place = folder_ / "hub";
  InitState state{answers_for("na"), {}, kNow};
  state.answers.erase("client_secret");
  state.secrets.emplace("client_secret", Secret(std::string("s3cret")));
  const Status made = make_first_state(place, state);
  ASSERT_TRUE(made) << made.error().explain();
  EXPECT_EQ(*store::read_file(place / "keys/amazon-client-secret"), "s3cret\n");
  EXPECT_TRUE(store::path_exists(place / "keys/audit.key"));
  EXPECT_TRUE(store::path_exists(place / "rules/us-sample.toml"));
  const auto text = store::read_file(place / "ml-connector.toml");
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("client_secret = \"file:keys/amazon-client-secret\""), std::string::npos);
  EXPECT_EQ(text->find("s3cret"), std::string::npos);

  const Status again = make_first_state(place, state);
  ASSERT_FALSE(again);
  EXPECT_TRUE(again.error().is(kStateInUse));
  EXPECT_EQ(*store::read_file(place / "ml-connector.toml"), *text);
}

TEST_F(MakeFirstState, LeavesNothingBehindWhenItFails) {
  InitState state{answers_for("na"), {}, kNow};
  state.answers["rules"] = (folder_ / "none.toml").string();
  EXPECT_FALSE(make_first_state(folder_ / "hub", state));
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

}  // namespace
}  // namespace mlc::daemon
