#include "daemon/metrics.h"

#include <algorithm>

#include "daemon/version.h"

namespace mlc::daemon {
namespace {

using runtime::MetricKind;
using runtime::MetricType;
using runtime::Sample;

constexpr MetricKind kBuild{"mlc_build_info", "1, with the program's version."};
constexpr MetricKind kStarted{"mlc_start_time_seconds", "When the program began, in Unix time."};
constexpr MetricKind kObserved{
    "mlc_observed_time_seconds",
    "When the store was last looked at for these numbers, in Unix time."};
constexpr MetricKind kSteps{"mlc_steps_total", "Steps of work that were taken.",
                            MetricType::kCounter};
constexpr MetricKind kStoreErrors{"mlc_store_errors_total",
                                  "Times that the store failed (a full disk, a lost database).",
                                  MetricType::kCounter};
constexpr MetricKind kSettlements{"mlc_settlements", "Settlements by connection and state."};
constexpr MetricKind kNeedsPerson{"mlc_needs_person",
                                  "Pieces of work that go no further until a person acts."};
constexpr MetricKind kInDoubt{"mlc_in_doubt",
                              "Settlements of which SAP may or may not hold documents."};
constexpr MetricKind kStopped{"mlc_stopped_connections",
                              "Connections that post nothing until a person lifts the stop."};
constexpr MetricKind kOldestDue{"mlc_oldest_due_work_age_seconds",
                                "For how long the piece of work has been due that waits longest."};
constexpr MetricKind kAmount{
    "mlc_amount",
    "What Amazon paid, by currency and by how much of it is in SAP's books "
    "(posted), to come (waiting) or taken back (reversed)."};
constexpr MetricKind kDifference{"mlc_amount_difference",
                                 "What Amazon paid less what is posted, by currency."};
constexpr MetricKind kPolled{"mlc_last_poll_time_seconds",
                             "When all of Amazon's reports were last listed, in Unix time."};
constexpr MetricKind kPollRefused{"mlc_poll_refused",
                                  "1 while Amazon refuses to list reports until a person acts."};
constexpr MetricKind kCalls{"mlc_amazon_calls_total",
                            "Calls to Amazon by operation and how they ended; throttled is 429, "
                            "put_off was not made for want of quota.",
                            MetricType::kCounter};
constexpr MetricKind kDaysLeft{"mlc_days_left",
                               "Days until the client secret or the seller's authorisation ends, "
                               "where the configuration says since when it is there."};

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string unix_seconds(Instant instant) {
  return std::to_string(
      std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count());
}

void add_settlements(const operations::Observation& seen, std::vector<Sample>& out) {
  for (const auto& connection : seen.connections) {
    for (const auto& one : connection.states) {
      out.push_back({&kSettlements,
                     {{"connection", connection.id.str()}, {"state", one.state}},
                     number(one.settlements)});
    }
  }
  for (const auto& total : seen.totals) {
    const auto add = [&](const char* standing, const std::string& amount) {
      out.push_back({&kAmount, {{"currency", total.currency}, {"standing", standing}}, amount});
    };
    add("posted", total.posted);
    add("waiting", total.waiting);
    add("reversed", total.reversed);
    out.push_back({&kDifference, {{"currency", total.currency}}, total.difference});
  }
}

void add_polls(const operations::Observation& seen, std::vector<Sample>& out) {
  for (const auto& connection : seen.connections) {
    if (!connection.asks_amazon) continue;
    const std::vector<Fact> of{{"connection", connection.id.str()}};
    const auto& answer = connection.answer;
    if (answer && answer->ended_at) out.push_back({&kPolled, of, unix_seconds(*answer->ended_at)});
    out.push_back({&kPollRefused, of, seen.refused.contains(connection.id) ? "1" : "0"});
  }
}

void add_observation(const operations::Observation& seen, std::vector<Sample>& out) {
  out.push_back({&kObserved, {}, unix_seconds(seen.now)});
  add_settlements(seen, out);
  out.push_back({&kNeedsPerson, {}, number(seen.needs_person)});
  out.push_back({&kInDoubt, {}, number(seen.in_doubt)});
  const auto stopped = std::ranges::count_if(
      seen.connections, [](const auto& connection) { return connection.stop.has_value(); });
  out.push_back({&kStopped, {}, number(static_cast<std::uint64_t>(stopped))});
  const Instant now = seen.now;
  const Duration age = seen.oldest_due ? now - *seen.oldest_due : Duration::zero();
  out.push_back(
      {&kOldestDue, {}, std::to_string(std::chrono::floor<std::chrono::seconds>(age).count())});
  add_polls(seen, out);
}

void add_days(const AmazonNumbers& amazon, const char* what, std::optional<Date> began,
              std::chrono::days life, Instant now, std::vector<Sample>& out) {
  if (!began) return;
  const auto left =
      std::chrono::sys_days(*began) + life - std::chrono::floor<std::chrono::days>(now);
  out.push_back({&kDaysLeft,
                 {{"connection", amazon.connection.str()}, {"of", what}},
                 std::to_string(left.count())});
}

void add_amazon(const AmazonNumbers& amazon, Instant now, std::vector<Sample>& out) {
  for (const auto& count : amazon.calls) {
    out.push_back({&kCalls,
                   {{"connection", amazon.connection.str()},
                    {"operation", std::string(amazon::row_of(count.operation).name)},
                    {"end", std::string(amazon::to_word(count.end))}},
                   number(count.calls)});
  }
  add_days(amazon, "client_secret", amazon.dates.secret_rotated, amazon::kSecretLife, now, out);
  add_days(amazon, "authorisation", amazon.dates.authorised, amazon::kAuthorisationLife, now, out);
}

}  // namespace

const std::vector<const MetricKind*>& metric_kinds() {
  static const std::vector<const MetricKind*> kinds{
      &kBuild,    &kStarted,     &kSteps,  &kStoreErrors, &kCalls,       &kDaysLeft,
      &kObserved, &kSettlements, &kAmount, &kDifference,  &kNeedsPerson, &kInDoubt,
      &kStopped,  &kOldestDue,   &kPolled, &kPollRefused};
  return kinds;
}

std::vector<Sample> samples_of(const ProcessNumbers& process,
                               const std::optional<operations::Observation>& observation) {
  std::vector<Sample> out{{&kBuild, {{"version", std::string(kVersion)}}, "1"},
                          {&kStarted, {}, unix_seconds(process.started_at)},
                          {&kSteps, {}, number(process.steps)},
                          {&kStoreErrors, {}, number(process.store_errors)}};
  for (const AmazonNumbers& amazon : process.amazon) add_amazon(amazon, process.now, out);
  if (observation) add_observation(*observation, out);
  return out;
}

}  // namespace mlc::daemon
