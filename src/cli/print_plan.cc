// plan.
#include "cli/operator_answers.h"
#include "cli/print.h"
#include "cli/table.h"

namespace mlc::cli {
namespace {

constexpr std::size_t kPollsShown = 6;

// "2026-11-27T22:15Z"
std::string minute_text(Instant instant) { return format_instant(instant).substr(0, 16) + "Z"; }

std::string polls_text(const operations::ConnectionPlan& plan) {
  if (plan.pause) return "not asked: paused by " + plan.pause->actor + ", " + plan.pause->reason;
  if (plan.polls.empty()) return "not asked within this time";
  std::string out = counted(plan.polls.size(), "time") + ": ";
  for (std::size_t i = 0; i < plan.polls.size() && i < kPollsShown; ++i) {
    out += (i == 0 ? "" : ", ") + minute_text(plan.polls[i]);
  }
  if (plan.polls.size() > kPollsShown) out += ", ... " + minute_text(plan.polls.back());
  return out;
}

std::string expected_text(const operations::ExpectedSettlement& expected) {
  if (expected.late) {
    return "LATE: " + expected.currency + " settlement after " + expected.after +
           " should have ended about " + minute_text(expected.end) + " (see `streams`)";
  }
  return expected.currency + " settlement after " + expected.after + " ends about " +
         minute_text(expected.end);
}

// 22'200 millionths a second are 79.9 calls an hour.
std::string per_hour(std::int64_t rate_micro) {
  const std::int64_t tenths = rate_micro * 3600 / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string call_text(const CallPlan& call, Instant from) {
  std::string out = call.operation + ": " + std::to_string(call.needed) + " needed, " +
                    std::to_string(call.left) + " left, " + per_hour(call.rate_micro) +
                    " an hour more; ";
  const bool now = call.done <= from;
  return out + (now ? "all could be made now" : "all made at " + minute_text(call.done));
}

std::string connection_text(const operations::ConnectionPlan& plan,
                            const std::vector<CallPlan>& calls, Instant from) {
  std::string out = plan.id.str() + "\n" + labelled("asks amazon", polls_text(plan));
  for (const auto& expected : plan.expected) out += labelled("expected", expected_text(expected));
  if (plan.expected.empty()) out += labelled("expected", "no settlement ends within this time");
  if (plan.to_download > 0) out += labelled("to download", counted(plan.to_download, "report"));
  for (const auto& call : calls) out += labelled("calls", call_text(call, from));
  for (const auto& [begin, end] : plan.quiet) {
    out += labelled(
        "quiet", "nothing is sent to SAP from " + minute_text(begin) + " to " + minute_text(end));
  }
  if (plan.to_approve > 0)
    out += labelled("approvals", counted(plan.to_approve, "settlement") + " wait");
  for (const auto& due : plan.due) {
    out += labelled("due", std::to_string(due.count) + " " + due.kind + " " + due.state + " from " +
                               minute_text(due.first) + ": " + due.words);
  }
  return out;
}

}  // namespace

std::string text_of(const PlanAnswer& answer, const Prompt& /*prompt*/) {
  std::string out =
      "From " + minute_text(answer.plan.from) + " to " + minute_text(answer.plan.until) + "\n";
  for (const auto& connection : answer.plan.connections) {
    const auto calls = answer.calls.find(connection.id.str());
    out += "\n" +
           connection_text(connection,
                           calls == answer.calls.end() ? std::vector<CallPlan>{} : calls->second,
                           answer.plan.from);
  }
  return out;
}

}  // namespace mlc::cli
