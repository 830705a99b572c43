#include "amazon/call_counts.h"

namespace mlc::amazon {

std::string_view to_word(CallEnd end) {
  constexpr std::array<std::string_view, 5> kWords{"answered", "throttled", "rejected", "failed",
                                                   "put_off"};
  return kWords.at(static_cast<std::size_t>(end));
}

CallEnd end_of(int status) {
  if (status == 429) return CallEnd::kThrottled;
  if (status >= 500) return CallEnd::kFailed;
  return status >= 400 ? CallEnd::kRejected : CallEnd::kAnswered;
}

void CallCounts::count(Operation operation, CallEnd end) {
  const std::lock_guard lock(mutex_);
  counts_.at(static_cast<std::size_t>(operation)).at(static_cast<std::size_t>(end)) += 1;
}

std::vector<CallCount> CallCounts::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<CallCount> out;
  for (const CallRow& row : kCalls) {
    for (std::size_t end = 0; end < kEnds; ++end) {
      out.push_back({row.operation, static_cast<CallEnd>(end),
                     counts_.at(static_cast<std::size_t>(row.operation)).at(end)});
    }
  }
  return out;
}

}  // namespace mlc::amazon
