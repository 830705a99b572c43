// Any text as a bucket of the store and as the rate in an answer: it is read as written or not at
// all, and whatever the bucket says, calls are counted and waits are bounded.
#include <cstdint>
#include <string>
#include <string_view>

#include "amazon/errors.h"
#include "amazon/rate_limiter.h"
#include "base/expect.h"
#include "base/testing/fuzzing.h"

namespace mlc::amazon {
namespace {

constexpr Duration kLongestWait = std::chrono::hours(24 * 12);  // one call in a million seconds

class OneText final : public RateBucketStore {
 public:
  explicit OneText(std::string_view text) : text_(text) {}
  Result<std::optional<std::string>> load(const std::string& /*key*/) override {
    return std::optional(text_);
  }
  Status change(const std::string& /*key*/, const Change& change) override {
    MLC_TRY(const auto changed, change(text_));
    if (!changed) return {};
    MLC_EXPECT(parse_bucket(*changed).has_value());
    text_ = *changed;
    return {};
  }

 private:
  std::string text_;
};

void check_text(std::string_view text) {
  const auto bucket = parse_bucket(text);
  if (!bucket) return;
  MLC_EXPECT(parse_bucket(format_bucket(*bucket)) == bucket);
  MLC_EXPECT(calls_left(*bucket) >= 0 && calls_left(*bucket) <= bucket->burst);
  MLC_EXPECT(made_at(*bucket, 3) >= bucket->as_of);
}

void check_use(fuzzing::FuzzInput wishes, std::string_view limit, std::string_view text) {
  runtime::ManualClock clock(parse_instant("2026-11-20T12:00:00Z").value());
  OneText store(text);
  RateLimiter limiter(clock, store, runtime::seeded_random(1));
  const RateKey key{"client", "seller.na", Operation::kGetReports};
  for (int i = 0; i < 40 && !wishes.empty(); ++i) {
    const auto wish = wishes.byte();
    if (wish == 't') {
      const auto taken = limiter.take(key);
      if (!taken) {
        MLC_EXPECT(taken.error().is(kQuotaWait) && taken.error().wait().has_value());
        MLC_EXPECT(*taken.error().wait() > Duration::zero());
        MLC_EXPECT(*taken.error().wait() <= kLongestWait);
      }
    } else if (wish == 'a') {
      MLC_EXPECT(limiter.answered(key, limit).has_value());
    } else if (wish == '4' || wish == '5') {
      const auto rest = limiter.refused(key, wish == '4');
      MLC_EXPECT(rest.has_value() && rest->wait > Duration::zero() && rest->wait <= kLongestWait);
      MLC_EXPECT(rest->lasting >= Duration::zero());
    } else {
      clock.advance(Duration(std::int64_t{wish} * 60'000));
    }
    const auto bucket = limiter.look(key);
    MLC_EXPECT(bucket.has_value());
    check_text(format_bucket(*bucket));
  }
}

}  // namespace
}  // namespace mlc::amazon

// Lines: what happens (t take, a answered, 4 and 5 refused, else time passes), the rate of the
// answers, the bucket.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlc::fuzzing::FuzzInput input(data, size);
  const mlc::fuzzing::FuzzInput wishes(input.line());
  const auto limit = input.line();
  if (const auto rate = mlc::amazon::parse_rate(limit)) MLC_EXPECT(*rate > 0);
  mlc::amazon::check_text(input.rest());
  mlc::amazon::check_use(wishes, limit, input.rest());
  return 0;
}
