// Amazon's quota outlives the process: buckets in a real store, opened again and again.
#include "daemon/bucket_store.h"

#include <future>
#include <gtest/gtest.h>

#include "amazon/errors.h"
#include "store/state_directory.h"
#include "store/temporary_folder_test.h"

namespace mlc::daemon {
namespace {

using amazon::Operation;
using amazon::RateKey;

const RateKey kDocuments{"client-1", "A1SELLER.na", Operation::kGetReportDocument};

// One life of a hub, as far as quota goes.
struct Life {
  Life(const std::filesystem::path& folder, const runtime::Clock& clock) {
    store::StateDirectorySettings settings;
    settings.directory = folder;
    settings.create = true;
    settings.now = clock.now();
    settings.chance = [](std::size_t count) { return random_bytes(count); };
    state = store::StateDirectory::open(settings).value();
    buckets = std::make_unique<BucketStore>(state->store());
    limiter = std::make_unique<amazon::RateLimiter>(clock, *buckets, runtime::seeded_random(1));
  }
  std::unique_ptr<store::StateDirectory> state;
  std::unique_ptr<BucketStore> buckets;
  std::unique_ptr<amazon::RateLimiter> limiter;
};

class BucketsInStore : public ::testing::Test {
 protected:
  void restart() {
    life_.reset();
    life_ = std::make_unique<Life>(folder_.path(), clock_);
  }
  int calls(const RateKey& key = kDocuments) {
    int made = 0;
    while (made < 100 && life_->limiter->take(key)) ++made;
    return made;
  }
  store::TemporaryFolder folder_;
  runtime::ManualClock clock_{parse_instant("2026-11-23T08:00:00Z").value()};
  std::unique_ptr<Life> life_ = std::make_unique<Life>(folder_.path(), clock_);
};

TEST_F(BucketsInStore, RestartInTheMiddleOfABurst_ItGoesOnWhereItWas) {
  for (int i = 0; i < 15; ++i) {
    restart();
    EXPECT_TRUE(life_->limiter->take(kDocuments)) << i;
  }
  restart();
  const auto refused = life_->limiter->take(kDocuments);
  EXPECT_TRUE(refused.error().is(amazon::kQuotaWait));
  EXPECT_EQ(refused.error().wait(), Duration(59'881));  // one call at 0.0167 per second
  clock_.advance(Duration(59'881));
  restart();
  EXPECT_EQ(calls(), 1);
}

TEST_F(BucketsInStore, LearnedRateAndRest_OutliveTheProcess) {
  EXPECT_EQ(calls(), 15);
  ASSERT_TRUE(life_->limiter->answered(kDocuments, "0.5"));
  restart();
  EXPECT_EQ(life_->limiter->take(kDocuments).error().wait(), Duration(2'000));
  const auto rest = life_->limiter->refused(kDocuments, true).value();
  restart();
  EXPECT_EQ(life_->limiter->take(kDocuments).error().wait(), rest.wait);
  clock_.advance(std::chrono::hours(2));
  restart();
  EXPECT_EQ(life_->limiter->refused(kDocuments, true)->lasting, std::chrono::hours(2));
}

TEST_F(BucketsInStore, ApplicationAccountAndOperation_HaveBucketsOfTheirOwn) {
  EXPECT_EQ(calls(), 15);
  restart();
  EXPECT_EQ(calls(), 0);
  EXPECT_EQ(calls({"client-2", "A1SELLER.na", Operation::kGetReportDocument}), 15);
  EXPECT_EQ(calls({"client-1", "A1SELLER.eu", Operation::kGetReportDocument}), 15);
  EXPECT_EQ(calls({"client-1", "A1SELLER.na", Operation::kGetReports}), 10);
}

TEST_F(BucketsInStore, TwoProcessesAtOnce_ShareTheirBuckets) {
  Life other(folder_.path(), clock_);
  int made = 0;
  while (made < 100 && life_->limiter->take(kDocuments) && other.limiter->take(kDocuments)) {
    made += 2;
  }
  EXPECT_EQ(made, 14);  // and the fifteenth by the first
  EXPECT_FALSE(other.limiter->take(kDocuments));
}

// Each call counts, however close together they are made.
TEST_F(BucketsInStore, TwoProcessesWithinTheSameMoments_NoCallIsLost) {
  Life other(folder_.path(), clock_);
  const auto take_all = [](Life& life) {
    int made = 0;
    while (made < 100 && life.limiter->take(kDocuments)) ++made;
    return made;
  };
  auto theirs = std::async(std::launch::async, [&] { return take_all(other); });
  const int ours = take_all(*life_);
  EXPECT_EQ(ours + theirs.get(), 15);
}

}  // namespace
}  // namespace mlc::daemon
