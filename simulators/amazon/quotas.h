// Amazon's usage plans: one token bucket per selling account, application and operation.
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
  std::int64_t rate_micro;  // calls per second, in millionths
  std::int64_t burst;
};

// Default limits of the operations that are simulated, as Amazon's models name them; nullptr for
// any other.
[[nodiscard]] const UsagePlan* usage_plan(std::string_view operation);

// As x-amzn-RateLimit-Limit says it: 22200 is "0.0222", 2000000 is "2.0".
[[nodiscard]] std::string rate_text(std::int64_t rate_micro);

// Not thread-safe.
class Quotas {
 public:
  // Takes one call; false when none is left at `now`. `percent` of the plan's rate flow in.
  [[nodiscard]] bool take(const std::string& account, const UsagePlan& plan, std::int64_t percent,
                          Instant now);
  // Until then every call of the operation is one too many, as if another program made them all.
  void exhaust(std::string_view operation, Instant until);

 private:
  struct Bucket {
    std::int64_t level_nano = 0;  // thousand-millionths of a call
    Instant as_of;
  };
  std::map<std::pair<std::string, std::string_view>, Bucket> buckets_;
  std::map<std::string, Instant, std::less<>> exhausted_until_;
};

}  // namespace mlc::simulators::amazon
