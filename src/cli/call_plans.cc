// Which calls a plan needs, and when Amazon's limits allow the last of them. Pure.
#include "cli/operator_answers.h"

namespace mlc::cli {
namespace {

std::uint64_t calls_needed(const operations::ConnectionPlan& plan, const std::string& operation) {
  if (operation == "getReports") return plan.polls.size() * plan.pages;
  // A report that is expected within the time is downloaded within it.
  if (operation == "getReportDocument") return plan.to_download + plan.expected.size();
  return 0;
}

}  // namespace

std::vector<CallPlan> call_plans(const operations::ConnectionPlan& plan,
                                 const std::vector<daemon::Quota>& quotas) {
  std::vector<CallPlan> out;
  for (const auto& quota : quotas) {
    const std::uint64_t needed = calls_needed(plan, quota.operation);
    if (needed == 0) continue;
    out.push_back({quota.operation, needed, amazon::calls_left(quota.bucket),
                   quota.bucket.rate_micro,
                   amazon::made_at(quota.bucket, static_cast<std::int64_t>(needed))});
  }
  return out;
}

}  // namespace mlc::cli
