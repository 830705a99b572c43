#include "operations/rule_targets.h"

#include <gtest/gtest.h>
#include <set>

#include "operations/testing/hub_fixture.h"

namespace mlc::operations {
namespace {

using ports::TargetState;
using testing::HubFixture;

// Knows what it is told is wrong; everything else can be posted to.
class Masters final : public ports::SapReader {
 public:
  [[nodiscard]] Result<ports::NumberRangeAnswer> number_ranges(
      const ports::NumberRangeQuestion&) override {
    return ports::NumberRangeAnswer{};
  }
  [[nodiscard]] Result<ports::BalanceAnswer> balances(const ports::BalanceQuestion&) override {
    return ports::BalanceAnswer{};
  }
  [[nodiscard]] Result<ports::TargetAnswer> targets(
      const ports::TargetQuestion& question) override {
    asked = question;
    ports::TargetAnswer out{identity, {}, {}};
    for (const auto& one : question.accounts) out.accounts.push_back(target(one, "chart X"));
    for (const auto& one : question.cost_centers) out.cost_centers.push_back(target(one, "area Y"));
    return out;
  }

  std::map<std::string, TargetState> wrong;
  ports::SystemIdentity identity;
  std::optional<ports::TargetQuestion> asked;

 private:
  [[nodiscard]] ports::Target target(const std::string& number, const char* where) const {
    const auto found = wrong.find(number);
    if (found == wrong.end()) return {number, TargetState::kUsable, where, ""};
    return {number, found->second, found->second == TargetState::kUnknown ? "SKB1" : where,
            found->second == TargetState::kBlocked ? "blocked for posting" : ""};
  }
};

ledger::Rule rule(const std::string& id, const std::string& account, const std::string& center,
                  const std::string& place) {
  ledger::Rule out;
  out.id = id;
  out.match.amount_description = {ledger::Pattern::Kind::kExact, id};
  out.result.category = "REV";
  out.result.account = account;
  out.result.cost_center = center;
  out.place = place;
  return out;
}

ledger::RuleSet version(const std::string& name, Date from, std::vector<ledger::Rule> rules) {
  ledger::RuleSet out;
  out.name = "test";
  out.version = name;
  out.valid_from = from;
  out.rules = std::move(rules);
  return out;
}

Date day(int year, unsigned month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{1};
}

class CheckTargets : public ::testing::Test {
 protected:
  CheckTargets() {
    auto& ports = fixture_.world->connections.front();
    ports.masters = &masters_;
    masters_.identity = ports.settings.sap;
  }
  TargetCheck check(std::vector<ledger::RuleSet> versions) {
    const auto book = ledger::RuleBook::make(std::move(versions));
    EXPECT_TRUE(book) << book.error().explain();
    auto out = check_targets(*fixture_.hub, "us", *book);
    EXPECT_TRUE(out) << out.error().explain();
    return out.value_or(TargetCheck{});
  }
  // "id: fact" of each problem.
  static std::vector<std::string> ids(const TargetCheck& check) {
    std::vector<std::string> out;
    for (const Error& one : check.problems) {
      out.push_back(std::string(one.id()) + " " + std::string(one.fact("who")) + " " +
                    std::string(one.fact("file")) + ":" + std::string(one.fact("line")));
    }
    return out;
  }

  HubFixture fixture_{flow::PostMode::kAuto};
  Masters masters_;
};

TEST_F(CheckTargets, EachProblemNamesItsRuleAndPlace) {
  masters_.wrong = {{"0000400001", TargetState::kMissing},
                    {"0000400002", TargetState::kBlocked},
                    {"0000001090", TargetState::kMissing},
                    {"0000001080", TargetState::kBlocked}};
  const auto found = check({version(
      "1", day(2026, 1),
      {rule("good", "400000", "1000", "r.toml:1:1"), rule("gone", "400001", "1090", "r.toml:5:1"),
       rule("list/1", "400002", "", "r.toml:9:1"), rule("list/2", "400002", "", "r.toml:9:1"),
       rule("locked", "400000", "1080", "r.toml:13:1")})});
  EXPECT_EQ(ids(found),
            (std::vector<std::string>{"operations.account_missing Rule 'gone' r.toml:5",
                                      "operations.account_blocked Rule 'list/1' r.toml:9",
                                      "operations.cost_center_locked Rule 'locked' r.toml:13",
                                      "operations.cost_center_missing Rule 'gone' r.toml:5"}));
  EXPECT_EQ(found.cost_centers, 3U);
}

TEST_F(CheckTargets, WhatOnlyTheRuleSetOrTheConnectionNamesIsAskedAsWell) {
  auto one = version("1", day(2026, 1), {rule("fee", "400000", "by-marketplace", "r.toml:1:1")});
  one.suspense_account = "199999";
  one.cost_centers = {{"amazon.com", "1000"}, {"amazon.ca", "1010"}};
  const auto& settings = fixture_.world->connections.front().settings;
  const std::string receivable = settings.receivable_account;
  masters_.wrong = {{"0000199999", TargetState::kMissing}, {"0000001010", TargetState::kMissing}};
  const auto found = check({one});
  EXPECT_EQ(ids(found),
            (std::vector<std::string>{
                "operations.account_missing The suspense account of version 1 :",
                "operations.cost_center_missing Marketplace 'amazon.ca' of version 1 :"}));
  EXPECT_EQ(masters_.asked->company_code, settings.company_code);
  EXPECT_EQ(found.accounts, 3U) << receivable;
}

TEST_F(CheckTargets, WhatIsNeverPostedOrNoLongerGovernsIsLeftOut) {
  auto net = rule("tax", "400003", "", "r.toml:5:1");
  net.result.treatment = ledger::Treatment::kNetToZero;
  auto vendor = rule("vendor", "700001", "", "r.toml:9:1");
  vendor.result.kind = ledger::LineKind::kVendor;
  check({version("old", day(2020, 1), {rule("a", "400004", "", "o.toml:1:1")}),
         version("new", day(2021, 1), {rule("a", "400000", "", "r.toml:1:1"), net, vendor})});
  const std::set<std::string> asked(masters_.asked->accounts.begin(),
                                    masters_.asked->accounts.end());
  EXPECT_TRUE(asked.contains("0000400000"));
  EXPECT_FALSE(asked.contains("0000400003"));
  EXPECT_FALSE(asked.contains("0000400004"));
  EXPECT_FALSE(asked.contains("0000700001"));
}

TEST_F(CheckTargets, WhatMayNotBeReadIsSaidOnceATable) {
  masters_.wrong = {{"0000400000", TargetState::kUnknown}, {"0000400001", TargetState::kUnknown}};
  const auto found = check(
      {version("1", day(2026, 1),
               {rule("a", "400000", "", "r.toml:1:1"), rule("b", "400001", "", "r.toml:5:1")})});
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].id(), "operations.masters_unreadable");
  EXPECT_EQ(found.problems[0].fact("count"), "2");
}

TEST_F(CheckTargets, WhatCannotBeAskedIsRefusedByName) {
  const auto book = *ledger::RuleBook::make({version("1", day(2026, 1), {})});
  EXPECT_EQ(check_targets(*fixture_.hub, "uk", book).error().id(), "operations.no_such_connection");
  masters_.identity.client = "999";
  const auto other = check_targets(*fixture_.hub, "us", book);
  EXPECT_EQ(other.error().id(), "operations.other_system");
  EXPECT_EQ(other.error().fact("found"), "ECS/999 (ECSCLNT800)");
  EXPECT_EQ(other.error().fact("wanted"), "ECS/800 (ECSCLNT800)");
  // A command asks once: nothing is asked again by itself, as the daily look ahead does.
  EXPECT_EQ(other.error().cure().find("by itself"), std::string::npos);
  fixture_.world->connections.front().masters = nullptr;
  EXPECT_EQ(check_targets(*fixture_.hub, "us", book).error().id(), "operations.sap_not_open");
}

}  // namespace
}  // namespace mlc::operations
