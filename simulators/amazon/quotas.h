// Amazon's usage plans: one token bucket per selling account and operation.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"

namespace mlc::simulators::amazon {

struct UsagePlan {
  std::string_view operation;
  std::string_view rate;    // calls per second, as x-amzn-RateLimit-Limit says it
  std::int64_t rate_micro;  // the same in millionths
  std::int64_t burst;
};

// Default limits of the Reports API 2021-06-30; nullptr for any other operation.
[[nodiscard]] const UsagePlan* usage_plan(std::string_view operation);

// Not thread-safe.
class Quotas {
 public:
  // Takes one call; false when none is left at `now`.
  [[nodiscard]] bool take(const std::string& account, const UsagePlan& plan, Instant now);

 private:
  struct Bucket {
    std::int64_t level_nano = 0;  // thousand-millionths of a call
    Instant as_of;
  };
  std::map<std::pair<std::string, std::string_view>, Bucket> buckets_;
};

}  // namespace mlc::simulators::amazon
