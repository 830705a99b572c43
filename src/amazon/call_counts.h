// How calls to the Selling Partner API ended, for whoever watches a running hub.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

#include "amazon/repeatable_calls.h"

namespace mlc::amazon {

enum class CallEnd {
  kAnswered,   // as wished
  kThrottled,  // 429: too often
  kRejected,   // any other status from 400 to 499
  kFailed,     // a status from 500 on, or no answer
  kPutOff,     // not made: the quota has no call left
};
[[nodiscard]] std::string_view to_word(CallEnd end);  // "answered", "throttled", ...
[[nodiscard]] CallEnd end_of(int status);

struct CallCount {
  Operation operation;
  CallEnd end;
  std::uint64_t calls = 0;
};

// Since the program began. Thread-safe.
class CallCounts {
 public:
  void count(Operation operation, CallEnd end);
  // Every operation with every end, also those that never were.
  [[nodiscard]] std::vector<CallCount> all() const;

 private:
  static constexpr std::size_t kEnds = 5;
  mutable std::mutex mutex_;
  std::array<std::array<std::uint64_t, kEnds>, kCalls.size()> counts_{};
};

}  // namespace mlc::amazon
