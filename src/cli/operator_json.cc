// status, plan, pause, resume, sync as JSON.
#include <nlohmann/json.hpp>

#include "cli/json_parts.h"
#include "cli/json_text.h"
#include "cli/operator_answers.h"

namespace mlc::cli {
namespace {

Json pause_json(const ports::PauseRecord& pause) {
  return {{"connection", pause.connection.str()},
          {"by", pause.actor},
          {"at", format_instant(pause.at)},
          {"reason", pause.reason}};
}

Json poll_json(const ports::PollRecord& poll) {
  return {{"began_at", format_instant(poll.began_at)},
          {"ended_at", instant_or_null(poll.ended_at)},
          {"reports", poll.reports},
          {"fresh", poll.fresh},
          {"newest", instant_or_null(poll.newest)}};
}

Json quota_json(const daemon::Quota& quota) {
  const auto& bucket = quota.bucket;
  const bool blocked = bucket.blocked_until > bucket.as_of;
  return {{"operation", quota.operation},
          {"left", amazon::calls_left(bucket)},
          {"burst", bucket.burst},
          {"rate_micro", bucket.rate_micro},
          {"full_at", format_instant(amazon::made_at(bucket, bucket.burst))},
          {"blocked_until", blocked ? Json(format_instant(bucket.blocked_until)) : Json(nullptr)}};
}

Json holder_json(const ports::HolderRecord& holder) {
  return {{"owner", holder.owner}, {"until", format_instant(holder.lease_until)}};
}

Json stop_json(const ports::StopRecord& stop) {
  return {{"at", format_instant(stop.at)}, {"error", stored_error_json(stop.error)}};
}

Json last_error_json(const operations::LastError& error) {
  return {{"at", format_instant(error.at)}, {"id", error.id}, {"subject", error.subject}};
}

Json state_json(const operations::StateCount& count) {
  return {{"state", count.state}, {"words", count.words}, {"settlements", count.settlements}};
}

Json connection_json(const operations::ConnectionStatus& of, const AmazonOutlook& outlook) {
  return {{"connection", of.id.str()},
          {"selling_account", of.selling_account},
          {"system_id", of.sap.system_id},
          {"client", of.sap.client},
          {"company_code", of.company_code},
          {"paused", or_null(of.pause, pause_json)},
          {"quiet_until", instant_or_null(of.quiet_until)},
          {"asks_amazon", of.asks_amazon},
          {"answer", or_null(of.answer, poll_json)},
          {"next_poll", instant_or_null(of.next_poll)},
          {"poll_error", error_or_null(of.poll_error)},
          {"states", list_json(of.states, state_json)},
          {"why_nothing", text_or_null(of.why_nothing)},
          {"last_error", or_null(of.last_error, last_error_json)},
          {"holder", or_null(of.holder, holder_json)},
          {"stop", or_null(of.stop, stop_json)},
          {"quotas", list_json(outlook.quotas, quota_json)},
          {"renewals",
           list_json(outlook.renewals, [](const Error& error) { return error_json(error); })}};
}

Json engine_json(const daemon::EngineHolder& engine) {
  return {
      {"host", engine.host}, {"process", engine.process}, {"since", instant_or_null(engine.since)}};
}

Json exception_json(const operations::ExceptionRow& row) {
  return {{"cause", row.cause},
          {"what", row.what},
          {"goes_on_by_itself", row.goes_on_by_itself},
          {"due", instant_or_null(row.due)},
          {"settlements", row.settlements}};
}

Json expected_json(const operations::ExpectedSettlement& expected) {
  return {{"currency", expected.currency},
          {"after", expected.after},
          {"end", format_instant(expected.end)},
          {"late", expected.late}};
}

Json due_json(const operations::DueWork& due) {
  return {{"kind", due.kind},
          {"state", due.state},
          {"words", due.words},
          {"count", due.count},
          {"first", format_instant(due.first)}};
}

Json call_json(const CallPlan& call) {
  return {{"operation", call.operation},
          {"needed", call.needed},
          {"left", call.left},
          {"rate_micro", call.rate_micro},
          {"done", format_instant(call.done)}};
}

Json plan_json(const operations::ConnectionPlan& plan, const std::vector<CallPlan>& calls) {
  return {{"connection", plan.id.str()},
          {"paused", or_null(plan.pause, pause_json)},
          {"polls", list_json(plan.polls, [](Instant at) { return Json(format_instant(at)); })},
          {"quiet", list_json(plan.quiet,
                              [](const auto& stretch) {
                                return Json{{"from", format_instant(stretch.first)},
                                            {"to", format_instant(stretch.second)}};
                              })},
          {"expected", list_json(plan.expected, expected_json)},
          {"to_download", plan.to_download},
          {"to_approve", plan.to_approve},
          {"due", list_json(plan.due, due_json)},
          {"calls", list_json(calls, call_json)}};
}

template <class Value>
Value found_or_empty(const std::map<std::string, Value>& values, const std::string& key) {
  const auto at = values.find(key);
  return at == values.end() ? Value{} : at->second;
}

}  // namespace

std::string json_of(const SettlementsAnswer& answer) {
  return with_pauses(json_of(answer.rows, answer.totals), answer.pauses);
}

std::string json_of(const StatusAnswer& answer) {
  const auto& status = answer.status;
  const auto connection = [&answer](const operations::ConnectionStatus& of) {
    return connection_json(of, found_or_empty(answer.amazon, of.id.str()));
  };
  return dump({{"now", format_instant(status.now)},
               {"engine", or_null(answer.engine, engine_json)},
               {"awaiting_approval", status.awaiting_approval},
               {"stream_breaks", status.stream_breaks},
               {"exceptions", list_json(status.exceptions, exception_json)},
               {"connections", list_json(status.connections, connection)}});
}

std::string json_of(const PlanAnswer& answer) {
  const auto connection = [&answer](const operations::ConnectionPlan& plan) {
    return plan_json(plan, found_or_empty(answer.calls, plan.id.str()));
  };
  return dump({{"from", format_instant(answer.plan.from)},
               {"until", format_instant(answer.plan.until)},
               {"connections", list_json(answer.plan.connections, connection)}});
}

std::string json_of(const PauseAnswer& answer) {
  const auto change = [](const operations::PauseChange& of) {
    return Json{{"connection", of.connection.str()},
                {"before", or_null(of.before, pause_json)},
                {"now", or_null(of.now, pause_json)},
                {"asked_again", of.asked_again}};
  };
  return dump({{"verb", answer.verb}, {"connections", list_json(answer.changes, change)}});
}

std::string json_of(const SyncAnswer& answer) {
  const auto result = [](const operations::SyncResult& of) {
    return Json{{"connection", of.connection.str()},          {"answered", of.answered},
                {"answer", or_null(of.answer, poll_json)},    {"error", error_or_null(of.error)},
                {"next_poll", instant_or_null(of.next_poll)}, {"words", of.words}};
  };
  return dump(
      {{"carried_out", answer.carried_out}, {"connections", list_json(answer.results, result)}});
}

std::string with_pauses(const std::string& json, const std::vector<ports::PauseRecord>& pauses) {
  Json object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return json;
  object["paused"] = list_json(pauses, pause_json);
  return dump(object);
}

}  // namespace mlc::cli
