// Token buckets: one per application, selling account and operation.
// Source: SP-API documentation, "Usage Plans and Rate Limits in the SP-API".
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "amazon/repeatable_calls.h"
#include "base/result.h"
#include "base/time.h"
#include "runtime/clock.h"

namespace mlc::amazon {

// A bucket at one moment. Whole numbers only, so that a saved bucket is the same after a restart.
struct RateBucket {
  std::int64_t rate_micro = 0;  // calls per second, in millionths
  std::int64_t burst = 0;       // size of the bucket in calls
  std::int64_t level_nano = 0;  // calls left at `as_of`, in thousand-millionths
  Instant as_of;
  Instant blocked_until;      // after a refusal of Amazon; in the past: not blocked
  std::int64_t refusals = 0;  // in a row
  Instant refused_since;      // the first of them
  friend bool operator==(const RateBucket&, const RateBucket&) = default;
};

// One line of text, for stores: seven whole numbers. Nothing for any other text.
[[nodiscard]] std::string format_bucket(const RateBucket& bucket);
[[nodiscard]] std::optional<RateBucket> parse_bucket(std::string_view text);

// "0.0167" as millionths. Nothing when it is no positive decimal number below a million.
[[nodiscard]] std::optional<std::int64_t> parse_rate(std::string_view text);

// Calls that are left, whole ones. Pure.
[[nodiscard]] std::int64_t calls_left(const RateBucket& bucket);
// When the last of `calls` can be made, made as soon as Amazon allows from `bucket.as_of` on. Pure.
[[nodiscard]] Instant made_at(const RateBucket& bucket, std::int64_t calls);

// Where buckets outlive the process. Keys and values are opaque to the store. Thread-safe.
class RateBucketStore {
 public:
  virtual ~RateBucketStore() = default;
  [[nodiscard]] virtual Result<std::optional<std::string>> load(const std::string& key) = 0;
  // Gives what is kept (nothing: no bucket yet) to `change` and keeps what that returns; nobody
  // else changes the bucket meanwhile. Where it returns nothing, or an error, the bucket stays.
  using Change =
      std::function<Result<std::optional<std::string>>(const std::optional<std::string>& value)>;
  [[nodiscard]] virtual Status change(const std::string& key, const Change& change) = 0;
};

// Forgets everything with the process.
[[nodiscard]] std::unique_ptr<RateBucketStore> rate_buckets_in_memory();

// How an operation rests after a refusal.
struct Rest {
  Duration wait{};     // until it may be called again
  Duration lasting{};  // since the first refusal in a row
};

struct RateKey {
  std::string application;  // client id
  std::string account;      // selling account and region
  Operation operation;
};

// Shared by all workers of a process, and through the store by all processes: every call changes
// the bucket in one step, so that each counts, what one learns the others know, and a restart
// forgets nothing. Thread-safe; never waits.
class RateLimiter {
 public:
  // `clock` and `store` must outlive it. `random` gives the jitter.
  RateLimiter(const runtime::Clock& clock, RateBucketStore& store,
              std::unique_ptr<runtime::Random> random);

  // Takes one call. Errors: amazon.quota_wait with the wait until one is left; those of the store.
  [[nodiscard]] Status take(const RateKey& key);
  // The bucket as it is now, without taking from it. Errors: those of the store.
  [[nodiscard]] Result<RateBucket> look(const RateKey& key);
  // Learns from an answer that was not a refusal: `limit` is x-amzn-RateLimit-Limit, empty when
  // the answer had none.
  [[nodiscard]] Status answered(const RateKey& key, std::string_view limit);
  // Learns from 429 or 5xx: empties the bucket after 429 (`throttled`) and blocks the operation,
  // each time in a row twice as long, with jitter.
  [[nodiscard]] Result<Rest> refused(const RateKey& key, bool throttled);

 private:
  // Says whether it changed the bucket.
  using Change = std::function<Result<bool>(RateBucket& bucket)>;
  [[nodiscard]] Status change(const RateKey& key, const Change& change);
  [[nodiscard]] Duration back_off(const RateBucket& bucket, bool throttled);

  const runtime::Clock& clock_;
  RateBucketStore& store_;
  std::unique_ptr<runtime::Random> random_;
  std::mutex mutex_;  // of the chance
};

}  // namespace mlc::amazon
