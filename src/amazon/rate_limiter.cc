#include "amazon/rate_limiter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

constexpr std::int64_t kNanoPerCall = 1'000'000'000;
constexpr Duration kLongestBlock{15 * 60 * 1000};
constexpr Duration kFirstBlockAfterFault{2'000};

std::string text_of(const RateKey& key) {
  return key.application + "/" + key.account + "/" + std::string(row_of(key.operation).name);
}

// Millionths of a call per second times milliseconds are thousand-millionths of a call.
void refill(RateBucket& bucket, Instant now) {
  const std::int64_t full = bucket.burst * kNanoPerCall;
  // A clock that was set back must not drain the bucket; one far ahead must not overflow it.
  const std::int64_t elapsed = std::max<std::int64_t>(0, (now - bucket.as_of).count());
  const std::int64_t missing = std::max<std::int64_t>(0, full - bucket.level_nano);
  const bool filled = elapsed > missing / bucket.rate_micro;
  bucket.level_nano = filled ? full : bucket.level_nano + elapsed * bucket.rate_micro;
  bucket.as_of = now;
}

Duration until_one_call(const RateBucket& bucket) {
  const std::int64_t missing = kNanoPerCall - bucket.level_nano;
  return Duration((missing + bucket.rate_micro - 1) / bucket.rate_micro);
}

// Of the years that have a text. Differences between two of them do not overflow.
bool is_sane(Instant instant) {
  constexpr std::int64_t kFarthest = 253'402'300'800'000;
  const auto count = instant.time_since_epoch().count();
  return count > -kFarthest && count < kFarthest;
}

bool is_sane(const RateBucket& bucket) {
  return bucket.rate_micro > 0 && bucket.rate_micro <= 1'000'000'000'000 && bucket.burst > 0 &&
         bucket.burst <= 1'000'000 && bucket.level_nano >= 0 &&
         bucket.level_nano <= bucket.burst * kNanoPerCall && bucket.refusals >= 0 &&
         bucket.refusals < std::numeric_limits<std::int32_t>::max() && is_sane(bucket.as_of) &&
         is_sane(bucket.blocked_until) && is_sane(bucket.refused_since);
}

// A saved text that cannot be read is no reason to stop: Amazon corrects us by 429.
RateBucket bucket_of(const RateKey& key, const std::optional<std::string>& saved, Instant now) {
  if (const auto bucket = saved ? parse_bucket(*saved) : std::nullopt) return *bucket;
  const UsagePlan& plan = *row_of(key.operation).plan;
  return RateBucket{plan.rate_micro, plan.burst, plan.burst * kNanoPerCall, now, {}, 0, {}};
}

class InMemory final : public RateBucketStore {
 public:
  Result<std::optional<std::string>> load(const std::string& key) override {
    const std::lock_guard lock(mutex_);
    const auto found = values_.find(key);
    if (found == values_.end()) return std::nullopt;
    return found->second;
  }
  Status change(const std::string& key, const Change& change) override {
    const std::lock_guard lock(mutex_);
    const auto found = values_.find(key);
    MLC_TRY(auto changed,
            change(found == values_.end() ? std::nullopt : std::optional(found->second)));
    if (changed) values_[key] = std::move(*changed);
    return {};
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> values_;
};

}  // namespace

std::string format_bucket(const RateBucket& bucket) {
  std::string out;
  for (const std::int64_t number :
       {bucket.rate_micro, bucket.burst, bucket.level_nano,
        std::int64_t{bucket.as_of.time_since_epoch().count()},
        std::int64_t{bucket.blocked_until.time_since_epoch().count()}, bucket.refusals,
        std::int64_t{bucket.refused_since.time_since_epoch().count()}}) {
    if (!out.empty()) out += ' ';
    out += std::to_string(number);
  }
  return out;
}

std::optional<RateBucket> parse_bucket(std::string_view text) {
  std::array<std::int64_t, 7> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), numbers.at(i));
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const bool last = i + 1 == numbers.size();
    if (last != text.empty() || (!last && text.front() != ' ')) return std::nullopt;
    if (!last) text.remove_prefix(1);
  }
  const RateBucket bucket{numbers[0],
                          numbers[1],
                          numbers[2],
                          Instant(Duration(numbers[3])),
                          Instant(Duration(numbers[4])),
                          numbers[5],
                          Instant(Duration(numbers[6]))};
  return is_sane(bucket) ? std::optional(bucket) : std::nullopt;
}

std::optional<std::int64_t> parse_rate(std::string_view text) {
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view decimals = point == std::string_view::npos ? "" : text.substr(point + 1);
  const auto digits = [](std::string_view part) {
    return std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (whole.empty() || whole.size() > 6 || !digits(whole) || !digits(decimals)) return std::nullopt;
  if (point != std::string_view::npos && decimals.empty()) return std::nullopt;
  std::string micro(whole);
  micro += decimals.substr(0, 6);
  micro.append(6 - std::min<std::size_t>(6, decimals.size()), '0');
  std::int64_t out = 0;
  std::from_chars(micro.data(), micro.data() + micro.size(), out);
  return out > 0 ? std::optional(out) : std::nullopt;
}

std::int64_t calls_left(const RateBucket& bucket) {
  return bucket.blocked_until > bucket.as_of ? 0 : bucket.level_nano / kNanoPerCall;
}

Instant made_at(const RateBucket& bucket, std::int64_t calls) {
  const Instant from = std::max(bucket.as_of, bucket.blocked_until);
  // What flows in while the operation is blocked is there afterwards.
  RateBucket then = bucket;
  refill(then, from);
  const std::int64_t lacking = calls - then.level_nano / kNanoPerCall;
  if (lacking <= 0) return from;
  const std::int64_t rest = then.level_nano % kNanoPerCall;
  const std::int64_t missing = lacking * kNanoPerCall - rest;
  return from + Duration((missing + then.rate_micro - 1) / then.rate_micro);
}

std::unique_ptr<RateBucketStore> rate_buckets_in_memory() { return std::make_unique<InMemory>(); }

RateLimiter::RateLimiter(const runtime::Clock& clock, RateBucketStore& store,
                         std::unique_ptr<runtime::Random> random)
    : clock_(clock), store_(store), random_(std::move(random)) {}

Status RateLimiter::take(const RateKey& key) {
  return change(key, [&](RateBucket& bucket) -> Result<bool> {
    const Instant now = clock_.now();
    const auto wait_for = [&](Duration wait) {
      const std::string name(row_of(key.operation).name);
      return failure(Error(kQuotaWait, {{"operation", name}}).with_wait(wait));
    };
    // A block longer than any we set stems from a clock that was set back since.
    const Duration blocked = bucket.blocked_until - now;
    if (blocked > Duration::zero() && blocked <= kLongestBlock * 2) return wait_for(blocked);
    refill(bucket, now);
    if (bucket.level_nano < kNanoPerCall) return wait_for(until_one_call(bucket));
    bucket.level_nano -= kNanoPerCall;
    return true;
  });
}

Result<RateBucket> RateLimiter::look(const RateKey& key) {
  MLC_TRY(const auto saved, store_.load(text_of(key)));
  RateBucket bucket = bucket_of(key, saved, clock_.now());
  refill(bucket, clock_.now());
  return bucket;
}

Status RateLimiter::answered(const RateKey& key, std::string_view limit) {
  return change(key, [&](RateBucket& bucket) -> Result<bool> {
    const auto rate = parse_rate(limit);
    if (bucket.refusals == 0 && (!rate || *rate == bucket.rate_micro)) return false;
    refill(bucket, clock_.now());
    if (rate) bucket.rate_micro = *rate;
    bucket.refusals = 0;
    return true;
  });
}

Result<Rest> RateLimiter::refused(const RateKey& key, bool throttled) {
  Rest rest;
  MLC_TRY_STATUS(change(key, [&](RateBucket& bucket) -> Result<bool> {
    const Instant now = clock_.now();
    refill(bucket, now);
    // Amazon's bucket is empty, whatever ours says: another program may share it.
    if (throttled) bucket.level_nano = 0;
    rest.wait = back_off(bucket, throttled);
    if (bucket.refusals == 0) bucket.refused_since = now;
    rest.lasting = std::max(Duration::zero(), now - bucket.refused_since);
    ++bucket.refusals;
    bucket.blocked_until = now + rest.wait;
    return true;
  }));
  return rest;
}

Duration RateLimiter::back_off(const RateBucket& bucket, bool throttled) {
  const Duration one_call((kNanoPerCall + bucket.rate_micro - 1) / bucket.rate_micro);
  const Duration first = throttled ? one_call : kFirstBlockAfterFault;
  const auto doublings = std::min<std::int64_t>(bucket.refusals, 10);
  const Duration wait = std::min(kLongestBlock, first * (std::int64_t{1} << doublings));
  // Up to half as long again, so that workers do not come back together.
  return wait + Duration(static_cast<std::int64_t>(
                    random_->below(static_cast<std::uint64_t>(wait.count() / 2 + 1))));
}

Status RateLimiter::change(const RateKey& key, const Change& change) {
  const std::lock_guard lock(mutex_);
  return store_.change(
      text_of(key),
      [&](const std::optional<std::string>& saved) -> Result<std::optional<std::string>> {
        RateBucket bucket = bucket_of(key, saved, clock_.now());
        MLC_TRY(const bool changed, change(bucket));
        if (!changed) return std::optional<std::string>{};
        return std::optional(format_bucket(bucket));
      });
}

}  // namespace mlc::amazon
