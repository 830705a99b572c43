// What status, plan, pause and sync say to people.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/operator_answers.h"

namespace mlc::cli {
namespace {

using Json = nlohmann::json;

const Instant kNow = *parse_instant("2026-11-27T21:00:00Z");

operations::ConnectionStatus connection() {
  operations::ConnectionStatus out;
  out.id = ConnectionId("us");
  out.selling_account = "A1";
  out.company_code = "1000";
  out.sap = {"MLS", "100", "MLSCLNT100"};
  out.asks_amazon = true;
  out.answer = ports::PollRecord{TenantId("t"), out.id, kNow, kNow, 4, 1, kNow};
  out.next_poll = kNow + std::chrono::minutes(45);
  out.states = {{"posted", "in SAP's books, read back and equal", 3}};
  return out;
}

StatusAnswer answer() {
  StatusAnswer out;
  out.status.now = kNow;
  out.status.connections = {connection()};
  return out;
}

void expect_parts(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(StatusText, SaysHowItStandsAndWhatToType) {
  expect_parts(
      text_of(answer(), Prompt()),
      {"no program on this machine moves work of this directory now (`ml-connector run` does)",
       "us: A1 -> MLS/100, company code 1000",
       "answered 2026-11-27T21:00:00.000Z: 4 reports, 1 new; asked next "
       "2026-11-27T21:45:00.000Z",
       "posted       3  in SAP's books", "held by nobody", "for a person nothing"});
}

TEST(StatusText, NamesWhatHoldsAConnection) {
  StatusAnswer of = answer();
  auto& us = of.status.connections[0];
  us.pause = ports::PauseRecord{TenantId("t"), us.id, "cli:anna", "year end", kNow};
  us.next_poll.reset();
  us.quiet_until = kNow + std::chrono::hours(9);
  us.holder = ports::HolderRecord{us.sap, "1000", "hub", kNow, {}};
  us.last_error = operations::LastError{kNow, "amazon.quota_wait", "discovery us"};
  of.engine = daemon::EngineHolder{"host", 42, kNow};
  of.status.awaiting_approval = 2;
  of.status.stream_breaks = 1;
  expect_parts(text_of(of, Prompt("night")),
               {"runs on host, process 42",
                "2 approvals: `ml-connector settlements --status "
                "awaiting_approval --state night`",
                "1 break: `ml-connector streams --state night`",
                "PAUSED       since 2026-11-27T21:00:00.000Z by cli:anna: year end",
                "`ml-connector resume us --state night`", "not asked by itself",
                "nothing is sent to SAP before 2026-11-28T06:00:00.000Z", "held by hub until",
                "amazon.quota_wait at", "discovery us"});
}

TEST(StatusJson, HoldsTheSame) {
  StatusAnswer of = answer();
  of.amazon["us"].quotas = {{"getReports", {22'200, 10, 9'000'000'000, kNow, {}, 0, {}}}};
  const Json json = Json::parse(json_of(of));
  EXPECT_TRUE(json["engine"].is_null());
  const Json& us = json["connections"][0];
  EXPECT_EQ(us["connection"], "us");
  EXPECT_EQ(us["answer"]["reports"], 4);
  EXPECT_EQ(us["states"][0]["settlements"], 3);
  EXPECT_EQ(us["quotas"][0]["left"], 9);
  EXPECT_EQ(us["quotas"][0]["full_at"], "2026-11-27T21:00:45.046Z");
}

daemon::Quota quota(const std::string& operation, std::int64_t calls) {
  return {operation, {16'700, 15, calls * 1'000'000'000, kNow, {}, 0, {}}};
}

TEST(CallPlans, NeedsAgainstWhatIsLeft) {
  operations::ConnectionPlan plan;
  plan.polls = {kNow, kNow + std::chrono::hours(1)};
  plan.pages = 2;
  plan.to_download = 15;
  plan.expected = {{"USD", "1", kNow, false}};
  const auto calls = call_plans(
      plan, {quota("getReports", 15), quota("getReport", 15), quota("getReportDocument", 15)});
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].needed, 4U);
  EXPECT_EQ(calls[0].done, kNow);
  EXPECT_EQ(calls[1].needed, 16U);
  EXPECT_EQ(calls[1].done, kNow + Duration(59'881));  // one call of 0.0167 a second more
}

TEST(PlanText, NamesCallsQuietHoursAndWhatIsLate) {
  PlanAnswer of;
  of.plan.from = kNow;
  of.plan.until = kNow + std::chrono::hours(24);
  operations::ConnectionPlan plan;
  plan.id = ConnectionId("us");
  plan.polls = {kNow + std::chrono::minutes(15)};
  plan.quiet = {{kNow, kNow + std::chrono::hours(8)}};
  plan.expected = {{"USD", "111", kNow - std::chrono::days(3), true}};
  plan.due = {{"settlement", "posted", "read back", 2, kNow}};
  of.plan.connections = {plan};
  of.calls["us"] = call_plans(plan, {quota("getReportDocument", 15)});
  expect_parts(text_of(of, Prompt()),
               {"1 time: 2026-11-27T21:15Z", "LATE: USD settlement after 111",
                "getReportDocument: 1 needed, 15 left, 60.1 an hour more; all could be made now",
                "nothing is sent to SAP from 2026-11-27T21:00Z to 2026-11-28T05:00Z",
                "2 settlement posted from 2026-11-27T21:00Z: read back"});
}

TEST(PauseText, SaysWhatItMeans) {
  PauseAnswer of{"pause", {{ConnectionId("us"), {}, {}, 0}}};
  expect_parts(text_of(of, Prompt()), {"Connection us is paused: Amazon is not asked"});
  of.verb = "resume";
  expect_parts(text_of(of, Prompt()), {"Connection us was not paused."});
}

}  // namespace
}  // namespace mlc::cli
