// What a running hub tells machines: metrics for Prometheus, events as lines of JSON.
#include <gtest/gtest.h>
#include <sstream>

#include "runtime/event_log.h"
#include "runtime/metrics_text.h"

namespace mlc::runtime {
namespace {

constexpr MetricKind kAmount{"t_amount", "What \\ is\nthere.", MetricType::kGauge};
constexpr MetricKind kCalls{"t_calls_total", "Calls.", MetricType::kCounter};

TEST(MetricsTextTest, KindsStandTogetherWithHelpAndType) {
  EXPECT_EQ(metrics_text({{&kAmount, {{"currency", "USD"}, {"is", "posted"}}, "12345.60"},
                          {&kCalls, {}, "3"},
                          {&kAmount, {{"currency", "JPY"}, {"is", "posted"}}, "-7"}}),
            "# HELP t_amount What \\\\ is\\nthere.\n"
            "# TYPE t_amount gauge\n"
            "t_amount{currency=\"USD\",is=\"posted\"} 12345.60\n"
            "t_amount{currency=\"JPY\",is=\"posted\"} -7\n"
            "# HELP t_calls_total Calls.\n"
            "# TYPE t_calls_total counter\n"
            "t_calls_total 3\n");
}

TEST(MetricsTextTest, LabelsAreEscapedAndNothingIsNothing) {
  EXPECT_NE(metrics_text({{&kCalls, {{"of", "a\"b\\c\nd"}}, "1"}})
                .find("t_calls_total{of=\"a\\\"b\\\\c\\nd\"} 1\n"),
            std::string::npos);
  EXPECT_EQ(metrics_text({}), "");
}

constexpr EventKind kEvent{"test.happened", Severity::kWarning, "what"};

TEST(EventLogTest, OneLineOfJsonPerEvent) {
  std::ostringstream out;
  const ManualClock clock(*parse_instant("2026-11-23T11:42:00Z"));
  const auto log = json_event_log(out, clock);
  log->write(kEvent, {{"what", "a \"quoted\"\nline\x01 \\ \xC3\xA9"}});
  EXPECT_EQ(out.str(),
            R"({"time":"2026-11-23T11:42:00.000Z","severity":"warning","event":"test.happened",)"
            R"("what":"a \"quoted\"\u000aline\u0001 \\ é"})"
            "\n");
}

TEST(EventLogTest, BytesThatAreNoCharactersAreReplaced) {
  std::ostringstream out;
  const ManualClock clock(*parse_instant("2026-11-23T11:42:00Z"));
  json_event_log(out, clock)->write(kEvent, {{"what", "caf\xE9 \xC3\xA9 \xE2\x82"}});
  EXPECT_EQ(out.str(),
            R"({"time":"2026-11-23T11:42:00.000Z","severity":"warning","event":"test.happened",)"
            "\"what\":\"caf\xEF\xBF\xBD \xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD\"}\n");
}

constexpr ErrorKind kWrong{"test.wrong", "{what} is wrong.", "Right it.", ExitCode::kBadInput};

TEST(EventLogTest, AnErrorTellsItselfInFacts) {
  EXPECT_EQ(facts_of(Error(kWrong, {{"what", "It"}})), (std::vector<Fact>{{"error", "test.wrong"},
                                                                          {"text", "It is wrong."},
                                                                          {"cure", "Right it."},
                                                                          {"written", "no"}}));
}

}  // namespace
}  // namespace mlc::runtime
