#include "operations/night_plan.h"

#include <algorithm>
#include <map>

#include "flow/calendar.h"
#include "flow/reversal_order.h"
#include "operations/names.h"
#include "operations/request.h"

namespace mlc::operations {
namespace {

constexpr std::uint64_t kReportsOfAPage = 100;
constexpr std::size_t kMostPolls = 10'000;  // of a schedule of every minute, for a week
constexpr std::size_t kPeriodsLookedAt = 5;
constexpr auto kLateAfter = std::chrono::hours(48);

struct Records {
  std::map<std::string, std::vector<ports::WorkRecord>> works;  // by connection
  std::map<std::string, Instant> next_polls;
  std::vector<StreamView> streams;
};

void add_work(Records& out, const std::map<WorkId, std::string>& connections,
              ports::WorkRecord work) {
  const auto connection =
      connections.find(work.kind == "reversal" ? flow::reversed_work(work.subject) : work.id);
  if (connection != connections.end()) out.works[connection->second].push_back(std::move(work));
}

Result<Records> read_records(const Hub& hub) {
  Records out;
  MLC_TRY(out.streams, list_streams(hub, ""));
  MLC_TRY(const auto transaction, hub.store.begin());
  std::map<WorkId, std::string> connections;
  MLC_TRY(const auto settlements, transaction->list_settlements(hub.tenant));
  for (const auto& settlement : settlements) {
    connections[settlement.work] = settlement.connection.str();
  }
  for (const char* kind : {"settlement", "reversal"}) {
    MLC_TRY(auto works, transaction->list_work(hub.tenant, kind));
    for (auto& work : works) add_work(out, connections, std::move(work));
  }
  MLC_TRY(const auto discoveries, transaction->list_work(hub.tenant, "discovery"));
  for (const auto& work : discoveries) out.next_polls[work.subject] = work.due_at;
  return out;
}

std::vector<Instant> polls_in(const flow::Connection& connection, std::optional<Instant> first,
                              const NightPlan& plan) {
  std::vector<Instant> out;
  if (!first || *first == ports::kNever) return out;
  Instant at = std::max(*first, plan.from);
  while (at <= plan.until && out.size() < kMostPolls) {
    out.push_back(at);
    at = flow::next_poll(connection, at);
  }
  return out;
}

std::vector<std::pair<Instant, Instant>> quiet_in(const flow::Connection& connection,
                                                  const NightPlan& plan) {
  std::vector<std::pair<Instant, Instant>> out;
  if (connection.quiet_hours.empty()) return out;
  for (Instant at = plan.from; at < plan.until;) {
    const auto end = flow::quiet_until(connection, at);
    if (end) out.emplace_back(at, *end);
    at = end ? *end : std::chrono::floor<std::chrono::minutes>(at) + std::chrono::minutes(1);
  }
  return out;
}

void add_due(ConnectionPlan& out, const ports::WorkRecord& work) {
  const auto same = std::ranges::find_if(out.due, [&](const DueWork& due) {
    return due.kind == work.kind && due.state == work.state;
  });
  if (same == out.due.end()) {
    out.due.push_back({work.kind, work.state, words_of(work), 1, work.due_at});
    return;
  }
  ++same->count;
  same->first = std::min(same->first, work.due_at);
}

void add_works(ConnectionPlan& out, const std::vector<ports::WorkRecord>& works, Instant until) {
  for (const auto& work : works) {
    if (work.state == "found") ++out.to_download;
    if (work.state == "awaiting_approval") ++out.to_approve;
    if (work.state != "found" && work.due_at <= until) add_due(out, work);
  }
  std::ranges::sort(out.due, {}, &DueWork::first);
}

void add_expected(ConnectionPlan& out, const std::vector<StreamView>& streams,
                  const NightPlan& plan) {
  for (const StreamView& stream : streams) {
    if (stream.rows.empty() || stream.rows.back().connection != out.id.str()) continue;
    auto expected = expected_in(stream, plan.from, plan.until);
    out.expected.insert(out.expected.end(), expected.begin(), expected.end());
  }
  std::ranges::sort(out.expected, {}, &ExpectedSettlement::end);
}

Result<ConnectionPlan> plan_of(const Hub& hub, const Records& records,
                               const flow::Connection& connection, const NightPlan& plan) {
  ConnectionPlan out;
  out.id = connection.id;
  {
    MLC_TRY(const auto transaction, hub.store.begin());
    MLC_TRY(out.pause, transaction->pause(hub.tenant, connection.id));
    MLC_TRY(const auto poll, transaction->poll(hub.tenant, connection.id));
    if (poll) {
      out.pages =
          std::max<std::uint64_t>(1, (poll->reports + kReportsOfAPage - 1) / kReportsOfAPage);
    }
  }
  const auto first = records.next_polls.find(connection.id.str());
  if (!out.pause && first != records.next_polls.end()) {
    out.polls = polls_in(connection, first->second, plan);
  }
  out.quiet = quiet_in(connection, plan);
  add_expected(out, records.streams, plan);
  const auto works = records.works.find(connection.id.str());
  if (works != records.works.end()) add_works(out, works->second, plan.until);
  return out;
}

Duration usual_period(const StreamView& stream) {
  std::vector<Duration> periods;
  for (auto row = stream.rows.rbegin(); row != stream.rows.rend(); ++row) {
    if (periods.size() == kPeriodsLookedAt) break;
    periods.push_back(row->end - row->start);
  }
  std::ranges::sort(periods);
  return periods[periods.size() / 2];
}

}  // namespace

std::vector<ExpectedSettlement> expected_in(const StreamView& stream, Instant now, Instant until) {
  std::vector<ExpectedSettlement> out;
  if (stream.rows.empty()) return out;
  const StreamRow& last = stream.rows.back();
  const Duration period = usual_period(stream);
  if (period < std::chrono::hours(1)) return out;
  const Instant first = last.end + period;
  // Of those that are late only the first is named: why it is missing is one question.
  if (first + kLateAfter < now) {
    return {{stream.currency, last.settlement_id, first, true}};
  }
  for (Instant end = first; end <= until; end += period) {
    out.push_back({stream.currency, last.settlement_id, end, false});
  }
  return out;
}

Result<NightPlan> night_plan(const Hub& hub, const std::string& connection, Duration span) {
  MLC_TRY(const auto connections, connections_named(hub, connection, "plan"));
  NightPlan out;
  out.from = hub.clock.now();
  out.until = out.from + span;
  MLC_TRY(const Records records, read_records(hub));
  for (const auto* one : connections) {
    MLC_TRY(auto plan, plan_of(hub, records, *one, out));
    out.connections.push_back(std::move(plan));
  }
  return out;
}

}  // namespace mlc::operations
