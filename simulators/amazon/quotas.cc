#include "simulators/amazon/quotas.h"

#include <algorithm>
#include <array>

namespace mlc::simulators::amazon {
namespace {

constexpr std::int64_t kOneCall = 1'000'000'000;

constexpr std::array kPlans{
    UsagePlan{"getReports", "0.0222", 22'200, 10},
    UsagePlan{"createReport", "0.0167", 16'700, 15},
    UsagePlan{"getReport", "2.0", 2'000'000, 15},
    UsagePlan{"getReportDocument", "0.0167", 16'700, 15},
};

}  // namespace

const UsagePlan* usage_plan(std::string_view operation) {
  const auto* const found = std::ranges::find(kPlans, operation, &UsagePlan::operation);
  return found == kPlans.end() ? nullptr : &*found;
}

bool Quotas::take(const std::string& account, const UsagePlan& plan, Instant now) {
  const std::int64_t full = plan.burst * kOneCall;
  auto& bucket = buckets_.try_emplace({account, plan.operation}, Bucket{full, now}).first->second;
  const std::int64_t elapsed = std::max<std::int64_t>(0, (now - bucket.as_of).count());
  // Beyond this the bucket is full anyway, and the product could overflow.
  const std::int64_t counted = std::min(elapsed, full / plan.rate_micro + 1);
  bucket.level_nano = std::min(full, bucket.level_nano + counted * plan.rate_micro);
  bucket.as_of = std::max(bucket.as_of, now);
  if (bucket.level_nano < kOneCall) return false;
  bucket.level_nano -= kOneCall;
  return true;
}

}  // namespace mlc::simulators::amazon
