#include "simulators/amazon/quotas.h"

#include <algorithm>
#include <array>

namespace mlc::simulators::amazon {
namespace {

constexpr std::int64_t kOneCall = 1'000'000'000;
constexpr std::int64_t kMicro = 1'000'000;

constexpr std::array kPlans{
    UsagePlan{"getReports", 22'200, 10},
    UsagePlan{"createReport", 16'700, 15},
    UsagePlan{"getReport", 2'000'000, 15},
    UsagePlan{"cancelReport", 22'200, 10},
    UsagePlan{"getReportSchedules", 22'200, 10},
    UsagePlan{"createReportSchedule", 22'200, 10},
    UsagePlan{"getReportSchedule", 22'200, 10},
    UsagePlan{"cancelReportSchedule", 22'200, 10},
    UsagePlan{"getReportDocument", 16'700, 15},
    UsagePlan{"getMarketplaceParticipations", 16'000, 15},
    UsagePlan{"createRestrictedDataToken", 1'000'000, 10},
};

}  // namespace

const UsagePlan* usage_plan(std::string_view operation) {
  const auto* const found = std::ranges::find(kPlans, operation, &UsagePlan::operation);
  return found == kPlans.end() ? nullptr : &*found;
}

std::string rate_text(std::int64_t rate_micro) {
  std::string decimals = std::to_string(kMicro + rate_micro % kMicro).substr(1);
  while (decimals.size() > 1 && decimals.back() == '0') decimals.pop_back();
  return std::to_string(rate_micro / kMicro) + "." + decimals;
}

bool Quotas::take(const std::string& account, const UsagePlan& plan, std::int64_t percent,
                  Instant now) {
  const auto exhausted = exhausted_until_.find(plan.operation);
  if (exhausted != exhausted_until_.end() && now < exhausted->second) return false;
  const std::int64_t rate = plan.rate_micro * percent / 100;
  const std::int64_t full = plan.burst * kOneCall;
  auto& bucket = buckets_.try_emplace({account, plan.operation}, Bucket{full, now}).first->second;
  const std::int64_t elapsed = std::max<std::int64_t>(0, (now - bucket.as_of).count());
  // Beyond this the bucket is full anyway, and the product could overflow.
  const std::int64_t counted = std::min(elapsed, full / rate + 1);
  bucket.level_nano = std::min(full, bucket.level_nano + counted * rate);
  bucket.as_of = std::max(bucket.as_of, now);
  if (bucket.level_nano < kOneCall) return false;
  bucket.level_nano -= kOneCall;
  return true;
}

void Quotas::exhaust(std::string_view operation, Instant until) {
  exhausted_until_.insert_or_assign(std::string(operation), until);
}

}  // namespace mlc::simulators::amazon
