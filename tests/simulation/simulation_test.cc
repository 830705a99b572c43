#include "tests/simulation/simulation.h"

#include <gtest/gtest.h>

namespace mlc::simulation {
namespace {

constexpr std::uint64_t kSeeds = 200;

TEST(SimulationTest, EverySettlementIsInTheBooksOnceWhateverBreaks) {
  std::uint64_t crashes = 0;
  std::uint64_t adopted = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Verdict verdict = run_seed(seed);
    EXPECT_TRUE(verdict.good) << "seed " << seed << ": " << verdict.why
                              << "\nreplay: build/release/bin/simulation --seed " << seed;
    crashes += verdict.crashes;
    adopted += verdict.adopted;
  }
  EXPECT_GT(crashes, kSeeds / 4) << "the runs were too quiet to prove anything";
  EXPECT_GT(adopted, 0U) << "no restored hub met documents of its lost life under other rules";
}

// What a frozen process does under `none` shows that the runs are evil enough for the other two.
TEST(SimulationTest, FencesInsideSapHoldTheMishapsUnderWhichNonePostsTwice) {
  std::uint64_t seed = 1;
  Verdict unfenced = run_seed(seed, sap::FenceStrength::kNone);
  while (unfenced.posted_twice == 0 && seed < kSeeds) {
    EXPECT_TRUE(unfenced.good) << "seed " << seed << ": " << unfenced.why;
    unfenced = run_seed(++seed, sap::FenceStrength::kNone);
  }
  ASSERT_GT(unfenced.posted_twice, 0U) << "the runs were too quiet to prove anything";
  EXPECT_TRUE(unfenced.good) << "seed " << seed << ": " << unfenced.why;
  EXPECT_EQ(unfenced.told + unfenced.undone, unfenced.posted_twice);
  for (const auto fence : {sap::FenceStrength::kSessionLock, sap::FenceStrength::kZWrapper}) {
    const Verdict fenced = run_seed(seed, fence);
    EXPECT_TRUE(fenced.good) << "seed " << seed << ", " << fenced.fence << ": " << fenced.why;
    EXPECT_EQ(fenced.posted_twice, 0U) << fenced.fence;
  }
}

TEST(SimulationTest, SameSeedTellsTheSameStory) {
  const Verdict first = run_seed(3);
  const Verdict second = run_seed(3);
  EXPECT_EQ(first.diary, second.diary);
}

}  // namespace
}  // namespace mlc::simulation
