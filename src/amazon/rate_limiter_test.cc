#include "amazon/rate_limiter.h"

#include <gtest/gtest.h>

#include "amazon/errors.h"

namespace mlc::amazon {
namespace {

const RateKey kList{"client-1", "seller-1.na", Operation::kGetReports};

class Limiter : public ::testing::Test {
 protected:
  // Calls that can be made now.
  int calls(const RateKey& key = kList) {
    int made = 0;
    while (made < 100 && limiter_->take(key)) ++made;
    return made;
  }
  Duration wait(const RateKey& key = kList) { return limiter_->take(key).error().wait().value(); }
  void restart() {
    limiter_ = std::make_unique<RateLimiter>(clock_, *store_, runtime::seeded_random(2));
  }

  runtime::ManualClock clock_{parse_instant("2026-11-23T08:00:00Z").value()};
  std::unique_ptr<RateBucketStore> store_ = rate_buckets_in_memory();
  std::unique_ptr<RateLimiter> limiter_ =
      std::make_unique<RateLimiter>(clock_, *store_, runtime::seeded_random(1));
};

TEST_F(Limiter, BurstOfAmazonsDefaultsThenTheExactWait) {
  EXPECT_EQ(calls(), 10);
  const auto refused = limiter_->take(kList);
  EXPECT_TRUE(refused.error().is(kQuotaWait));
  EXPECT_EQ(refused.error().again(), Again::kLater);
  EXPECT_EQ(refused.error().fact("operation"), "getReports");
  EXPECT_EQ(refused.error().wait(), Duration(45'046));  // 1 / 0.0222 s, rounded up
  clock_.advance(Duration(45'045));
  EXPECT_EQ(calls(), 0);
  clock_.advance(Duration(1));
  EXPECT_EQ(calls(), 1);
}

TEST_F(Limiter, LookingTakesNothing_AndTellsWhenSoManyCallsCouldBeMade) {
  const auto full = limiter_->look(kList);
  ASSERT_TRUE(full);
  EXPECT_EQ(calls_left(*full), 10);
  EXPECT_EQ(made_at(*full, 10), clock_.now());
  EXPECT_EQ(made_at(*full, 11), clock_.now() + Duration(45'046));
  EXPECT_EQ(calls(), 10);
  const auto empty = limiter_->look(kList);
  EXPECT_EQ(calls_left(*empty), 0);
  EXPECT_EQ(made_at(*empty, 0), clock_.now());
  EXPECT_EQ(made_at(*empty, 2), clock_.now() + Duration(90'091));
}

TEST_F(Limiter, LookingAtABlockedOperation_CountsWhatFlowsInMeanwhile) {
  ASSERT_TRUE(limiter_->take(kList));
  const auto rest = limiter_->refused(kList, true);
  ASSERT_TRUE(rest);
  const auto blocked = limiter_->look(kList);
  EXPECT_EQ(calls_left(*blocked), 0);
  EXPECT_EQ(made_at(*blocked, 1), clock_.now() + rest->wait);
}

TEST_F(Limiter, BucketNeverHoldsMoreThanItsBurst) {
  EXPECT_EQ(calls(), 10);
  clock_.advance(std::chrono::hours(24 * 365 * 100));
  EXPECT_EQ(calls(), 10);
}

TEST_F(Limiter, OperationsAccountsAndApplicationsHaveTheirOwnBuckets) {
  EXPECT_EQ(calls(), 10);
  EXPECT_EQ(calls({"client-1", "seller-1.na", Operation::kGetReportDocument}), 15);
  EXPECT_EQ(calls({"client-1", "seller-1.eu", Operation::kGetReports}), 10);
  EXPECT_EQ(calls({"client-2", "seller-1.na", Operation::kGetReports}), 10);
}

TEST_F(Limiter, RateIsLearnedFromAnswers) {
  EXPECT_EQ(calls(), 10);
  ASSERT_TRUE(limiter_->answered(kList, "0.5"));
  EXPECT_EQ(wait(), Duration(2'000));
  ASSERT_TRUE(limiter_->answered(kList, ""));
  ASSERT_TRUE(limiter_->answered(kList, "fast"));
  EXPECT_EQ(wait(), Duration(2'000));
}

TEST_F(Limiter, StateOutlivesTheProcess) {
  EXPECT_EQ(calls(), 10);
  ASSERT_TRUE(limiter_->answered(kList, "0.5"));
  restart();
  EXPECT_EQ(wait(), Duration(2'000));
  clock_.advance(Duration(4'000));
  EXPECT_EQ(calls(), 2);
}

TEST_F(Limiter, ProcessesShareABucketThroughTheStore) {
  RateLimiter other(clock_, *store_, runtime::seeded_random(3));
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(limiter_->take(kList));
    EXPECT_TRUE(other.take(kList));
  }
  EXPECT_FALSE(limiter_->take(kList));
  EXPECT_FALSE(other.take(kList));
  ASSERT_TRUE(other.answered(kList, "0.5"));
  EXPECT_EQ(wait(), Duration(2'000));
  const Duration blocked = other.refused(kList, true)->wait;
  EXPECT_EQ(wait(), blocked);
}

TEST_F(Limiter, RefusalsInARowSayHowLongTheyLast) {
  EXPECT_EQ(limiter_->refused(kList, true)->lasting, Duration::zero());
  clock_.advance(std::chrono::minutes(30));
  EXPECT_EQ(limiter_->refused(kList, true)->lasting, std::chrono::minutes(30));
  restart();
  clock_.advance(std::chrono::minutes(60));
  EXPECT_EQ(limiter_->refused(kList, true)->lasting, std::chrono::minutes(90));
  ASSERT_TRUE(limiter_->answered(kList, ""));
  EXPECT_EQ(limiter_->refused(kList, true)->lasting, Duration::zero());
}

TEST_F(Limiter, DamagedStateStartsWithTheDefaults) {
  const auto damage = [](const auto&) -> Result<std::optional<std::string>> {
    return std::optional<std::string>("1 2 x");
  };
  ASSERT_TRUE(store_->change("client-1/seller-1.na/getReports", damage));
  EXPECT_EQ(calls(), 10);
}

TEST_F(Limiter, RefusalBlocksTheOperationTwiceAsLongEachTime) {
  Duration before{};
  for (int i = 0; i < 4; ++i) {
    const Duration blocked = limiter_->refused(kList, true)->wait;
    const Duration base(45'046LL << i);
    EXPECT_GE(blocked, base);
    EXPECT_LE(blocked, base * 3 / 2);
    EXPECT_GT(blocked, before);
    EXPECT_EQ(wait(), blocked);
    before = blocked;
  }
  const Duration blocked = limiter_->refused(kList, true)->wait;
  EXPECT_GE(blocked, Duration(720'736));
  for (int i = 0; i < 50; ++i) {
    EXPECT_LE(limiter_->refused(kList, true)->wait, std::chrono::minutes(23));
  }
  restart();
  EXPECT_GE(wait(), std::chrono::minutes(15));
}

TEST_F(Limiter, RefusalEmptiesTheBucketAndAGoodAnswerEndsTheSeries) {
  const Duration blocked = limiter_->refused(kList, true)->wait;
  clock_.advance(blocked);
  EXPECT_EQ(calls(), 1);
  ASSERT_TRUE(limiter_->answered(kList, ""));
  EXPECT_LE(limiter_->refused(kList, true)->wait, Duration(45'046 * 3 / 2));
}

TEST_F(Limiter, FaultOfAmazonsBlocksShortlyAndKeepsTheBucket) {
  const Duration blocked = limiter_->refused(kList, false)->wait;
  EXPECT_GE(blocked, Duration(2'000));
  EXPECT_LE(blocked, Duration(3'000));
  clock_.advance(blocked);
  EXPECT_EQ(calls(), 10);
}

TEST_F(Limiter, ClockThatWasSetBackDrainsNothing) {
  ASSERT_TRUE(limiter_->take(kList));
  clock_.set(parse_instant("2020-01-01T00:00:00Z").value());
  EXPECT_EQ(calls(), 9);
  ASSERT_TRUE(limiter_->refused(kList, false));
  clock_.set(parse_instant("2019-01-01T00:00:00Z").value());
  EXPECT_TRUE(limiter_->take(kList).error().wait().value() < std::chrono::minutes(1));
}

TEST(ParseRate, ReadsDecimalNumbersExactly) {
  EXPECT_EQ(parse_rate("0.0222"), 22'200);
  EXPECT_EQ(parse_rate("2"), 2'000'000);
  EXPECT_EQ(parse_rate("2.0"), 2'000'000);
  EXPECT_EQ(parse_rate("0.01666666"), 16'666);
  EXPECT_EQ(parse_rate("999999"), 999'999'000'000);
  for (const char* text : {"", ".5", "5.", "-1", "0", "0.0", "1e3", "1,5", " 1", "1000000", "x"}) {
    EXPECT_EQ(parse_rate(text), std::nullopt) << text;
  }
}

TEST(ParseBucket, IsTheInverseOfFormatAndRefusesAnythingElse) {
  const RateBucket bucket{22'200,
                          10,
                          1'500'000'000,
                          Instant(Duration(1'000)),
                          Instant(Duration(2'000)),
                          3,
                          Instant(Duration(5))};
  const std::string text = format_bucket(bucket);
  EXPECT_EQ(text, "22200 10 1500000000 1000 2000 3 5");
  EXPECT_EQ(parse_bucket(text), bucket);
  for (std::size_t cut = 0; cut + 1 < text.size(); ++cut) {
    EXPECT_EQ(parse_bucket(text.substr(0, cut)), std::nullopt) << cut;
  }
  for (const char* bad :
       {"0 10 0 0 0 0 0", "1 0 0 0 0 0 0", "1 1 2000000000 0 0 0 0", "1 1 -1 0 0 0 0",
        "1 1 0 0 0 -1 0", "1 1 0 0 0 0 0 ", "1  1 0 0 0 0 0", "1 1 0 0 0 0",
        "1 1 0 -9223372036854775808 0 0 0", "1 1 0 0 9223372036854775807 0 0",
        "1 1 0 0 0 9223372036854775807 0", "1 1 0 0 0 0 -9223372036854775808"}) {
    EXPECT_EQ(parse_bucket(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace mlc::amazon
