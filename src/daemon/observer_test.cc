// What a running hub answers and writes for machines, and that docs/formats/observe.md says so.
#include "daemon/observer.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "daemon/events.h"
#include "daemon/work_events.h"
#include "net/http_client.h"

namespace mlc::daemon {
namespace {

constexpr ErrorKind kFull{"test.full", "The disk is full.", "Make room.", ExitCode::kUnavailable,
                          Again::kLater};

class Observed : public ::testing::Test {
 protected:
  net::HttpResponse get(const std::string& path, const std::string& method = "GET") {
    net::HttpRequest request;
    request.method = method;
    request.url = "http://127.0.0.1:9464" + path;
    return observer_.answer(request);
  }
  static operations::Observation seen() {
    operations::Observation out;
    out.now = *parse_instant("2026-11-23T11:42:00Z");
    operations::ConnectionStatus us;
    us.id = ConnectionId("us");
    us.asks_amazon = true;
    us.states = {{"posted", "", 3}, {"in_doubt", "", 1}};
    us.answer.emplace();
    us.answer->ended_at = *parse_instant("2026-11-23T11:41:00Z");
    out.connections = {us};
    out.totals = {{"USD", 4, "8748.81", "8000.00", "748.81", "0.00", "748.81", {}}};
    out.in_doubt = 1;
    out.oldest_due = *parse_instant("2026-11-23T11:40:30Z");
    return out;
  }

  runtime::ManualClock clock_{*parse_instant("2026-11-23T12:00:00Z")};
  std::vector<AmazonNumbers> amazon_{
      {ConnectionId("us"),
       {{amazon::Operation::kGetReports, amazon::CallEnd::kThrottled, 7}},
       {*parse_date("2026-06-01"), std::nullopt}}};
  Observer observer_{{}, clock_, [this] { return amazon_; }};
};

TEST_F(Observed, HealthyWhileTheLoopTurns) {
  EXPECT_EQ(get("/healthz").status, 200);
  clock_.advance(std::chrono::minutes(11));
  EXPECT_EQ(get("/healthz").status, 503);
  EXPECT_EQ(get("/healthz").body, "no step has ended since 2026-11-23T12:00:00.000Z\n");
  observer_.turned(5);
  EXPECT_EQ(get("/healthz").status, 200);
}

TEST_F(Observed, ReadyWhenTheStoreWasSeenAndNotWhileItFails) {
  EXPECT_EQ(get("/readyz").status, 503);
  observer_.publish(seen());
  EXPECT_EQ(get("/readyz").status, 200);
  observer_.store_failed(Error(kFull));
  EXPECT_EQ(get("/readyz").status, 503);
  EXPECT_EQ(get("/readyz").body, "not ready: The disk is full.\nMake room.\n");
  observer_.publish(seen());
  EXPECT_EQ(get("/readyz").body, "ready\n");
}

TEST_F(Observed, MetricsAnswerWhatAnOperatorAsks) {
  EXPECT_EQ(get("/metrics").body.find("mlc_settlements{"), std::string::npos);
  observer_.publish(seen());
  observer_.store_failed(Error(kFull));
  observer_.turned(12);
  const std::string text = get("/metrics").body;
  for (const char* line :
       {"mlc_settlements{connection=\"us\",state=\"posted\"} 3\n", "mlc_in_doubt 1\n",
        "mlc_amount{currency=\"USD\",standing=\"posted\"} 8000.00\n",
        "mlc_amount_difference{currency=\"USD\"} 748.81\n", "mlc_steps_total 12\n",
        "mlc_oldest_due_work_age_seconds 90\n", "mlc_store_errors_total 1\n",
        "mlc_last_poll_time_seconds{connection=\"us\"} 1795434060\n",
        "mlc_amazon_calls_total{connection=\"us\",operation=\"getReports\",end=\"throttled\"} 7\n",
        "mlc_days_left{connection=\"us\",of=\"client_secret\"} 5\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
  EXPECT_EQ(text.find("authorisation"), text.rfind("authorisation"));  // in the help only
}

TEST_F(Observed, OnlyTheseAreThereAndOnlyToBeRead) {
  EXPECT_EQ(get("/").status, 404);
  EXPECT_EQ(get("/metrics", "POST").status, 405);
}

TEST_F(Observed, ItListensOnThisMachine) {
  observer_.publish(seen());
  ASSERT_TRUE(observer_.start());
  net::HttpRequest request;
  request.url = observer_.address() + "/metrics";
  const auto answer = net::curl_http_client()->send(request);
  ASSERT_TRUE(answer) << answer.error().explain();
  EXPECT_EQ(net::header_value(answer->headers, "content-type"), runtime::kMetricsContentType);
  EXPECT_NE(answer->body.find("mlc_build_info{version=\""), std::string::npos);
}

TEST(WorkEvents, SayWhatTheTrailSaysAndTheErrorsWords) {
  std::ostringstream out;
  const runtime::ManualClock clock(*parse_instant("2026-11-23T11:42:00Z"));
  const auto log = runtime::json_event_log(out, clock);
  const auto told = told_as_events(*log);
  ports::WorkRecord work;
  work.kind = "settlement";
  work.subject = "us/doc";
  work.state = "found";
  flow::Decision decision = flow::wait_until("found", clock.now(), Error(kFull));
  const ports::AuditEntry entry{clock.now(),
                                "hub",
                                "state",
                                "",
                                {{"from", "found"}, {"to", "found"}, {"error", "test.full"}}};
  told(work, decision, entry);
  EXPECT_EQ(out.str(),
            R"({"time":"2026-11-23T11:42:00.000Z","severity":"warning","event":"work.waits",)"
            R"("kind":"settlement","subject":"us/doc","actor":"hub","from":"found","to":"found",)"
            R"("error":"test.full","text":"The disk is full.","cure":"Make room.","written":"no",)"
            R"("due":"2026-11-23T11:42:00.000Z"})"
            "\n");
}

// --- the document ---

std::string document() {
  std::ifstream file("docs/formats/observe.md");
  std::stringstream out;
  out << file.rdbuf();
  EXPECT_FALSE(out.str().empty()) << "run in the project's folder";
  return out.str();
}

// What stands in backquotes in the first cells of the table's rows.
std::set<std::string> first_cells(const std::string& text, const std::string& prefix) {
  std::set<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `" + prefix)) continue;
    out.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return out;
}

TEST(ObserveDocument, NamesEveryMetricAndNoOther) {
  std::set<std::string> names;
  for (const auto* kind : metric_kinds()) names.emplace(kind->name);
  EXPECT_EQ(first_cells(document(), "mlc_"), names);
}

TEST(ObserveDocument, NamesEveryEventWithItsFactsAndNoOther) {
  const std::string text = document();
  std::set<std::string> names;
  for (const EventKind* kind : kEvents) {
    names.emplace(kind->id);
    const auto row = text.find("| `" + std::string(kind->id) + "`");
    ASSERT_NE(row, std::string::npos) << kind->id;
    std::istringstream facts{std::string(kind->facts)};
    for (std::string fact; facts >> fact;) {
      EXPECT_LT(text.find("`" + fact + "`", row), text.find('\n', row)) << kind->id << " " << fact;
    }
  }
  auto documented = first_cells(text, "");
  std::erase_if(documented, [](const std::string& name) {
    return name.starts_with("mlc_") || name.starts_with("/") || name.find('.') == std::string::npos;
  });
  EXPECT_EQ(documented, names);
}

}  // namespace
}  // namespace mlc::daemon
